import assert from "node:assert/strict";
import { test } from "node:test";
import { CheckboxField } from "./checkbox-field.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import type { FieldProps } from "./field.tsx";
import { RadioGroup } from "./radio-group.tsx";
import { rendered } from "./rendered.ts";
import { SelectField } from "./select-field.tsx";
import { TextAreaField } from "./text-area-field.tsx";
import { TextField } from "./text-field.tsx";

const field: FieldProps = { language: "ru", name: "phone", label: "Телефон" };
const wrong = { ...field, hint: "С кодом страны", error: "Напишите номер целиком" };
const choices = [
  { value: "call", label: "Позвонить" },
  { value: "write", label: "Написать" },
];

const fields: Readonly<Record<string, (props: FieldProps) => string>> = {
  TextField: (props) => rendered(TextField(props)),
  TextAreaField: (props) => rendered(TextAreaField(props)),
  SelectField: (props) => rendered(SelectField({ ...props, options: choices })),
  CheckboxField: (props) => rendered(CheckboxField(props)),
  RadioGroup: (props) => rendered(RadioGroup({ ...props, choices })),
};

for (const [name, render] of Object.entries(fields)) {
  test(`${name}: hint and error are tied to the control, which says it is wrong`, () => {
    const html = render(wrong);
    assert.match(html, /aria-describedby="field-phone-hint field-phone-error"/);
    assert.match(html, /id="field-phone-hint"[^>]*>С кодом страны</);
    assert.match(html, /id="field-phone-error".*Ошибка: .*Напишите номер целиком/);
    assert.match(html, /aria-invalid="true"/);
  });

  test(`${name}: the label belongs to the control that an error summary links to`, () => {
    const html = render(wrong);
    assert.equal(html.match(/<(?:input|select|textarea)[^>]*\bid="field-phone"/g)?.length, 1);
    assert.match(html, /<label[^>]*for="field-phone"/);
    const summary = ErrorSummary({ language: "ru", errors: [{ field: "phone", message: wrong.error }] });
    assert.match(rendered(summary), /role="alert".*<a href="#field-phone">Напишите номер целиком<\/a>/);
  });

  test(`${name}: what a person typed cannot become markup`, () => {
    const html = render({ ...wrong, error: `"><script>alert(1)</script>`, hint: "<b>" });
    assert.doesNotMatch(html, /<script|<b>/);
  });

  test(`${name}: without hint or error nothing is promised to a screen reader`, () => {
    const html = render(field);
    assert.doesNotMatch(html, /aria-describedby|aria-invalid|undefined/);
  });
}

test("a value that was typed is there when the form comes back", () => {
  const typed = `O'Нур "Айы" <х>`;
  const escaped = "O&#39;Нур &quot;Айы&quot; &lt;х&gt;";
  assert.ok(rendered(TextField({ ...field, value: typed })).includes(`value="${escaped}"`));
  assert.ok(rendered(TextAreaField({ ...field, value: typed })).includes(`>${escaped}</textarea>`));
  const select = rendered(SelectField({ ...field, options: choices, value: "write" }));
  assert.match(select, /<option value="write" selected="">/);
  assert.match(rendered(RadioGroup({ ...field, choices, value: "write" })), /value="write" checked=""/);
});

test("no box is ticked and nothing is chosen before the person did so", () => {
  assert.doesNotMatch(rendered(CheckboxField(field)), /checked/);
  assert.doesNotMatch(rendered(RadioGroup({ ...field, choices })), /checked/);
  assert.doesNotMatch(rendered(SelectField({ ...field, options: choices })), /selected/);
});

test("a field that may stay empty says so and is not announced as required", () => {
  const html = rendered(TextField({ ...field, optional: true }));
  assert.match(html, /\(необязательно\)/);
  assert.doesNotMatch(html, /aria-required/);
  assert.match(rendered(TextField(field)), /aria-required="true"/);
});

test("each choice has its own label and hint", () => {
  const withHint = [...choices, { value: "visit", label: "Зайти", hint: "В офис" }];
  const html = rendered(RadioGroup({ ...field, choices: withHint }));
  assert.match(html, /id="field-phone-visit"[^>]*aria-describedby="field-phone-visit-choice-hint"/);
  assert.match(html, /for="field-phone-visit">Зайти<\/label><p[^>]*id="field-phone-visit-choice-hint">/);
});

test("no errors, no summary", () => {
  assert.equal(rendered(ErrorSummary({ language: "ky", errors: [] })), "");
});
