import type { FormId } from "../../config/policy.ts";
import type { FieldFault, FormCategory } from "../../enquiries/read-fields.ts";
import type { ShownForm } from "../../enquiries/shown-text.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { CheckboxField } from "../components/checkbox-field.tsx";
import { Fieldset, Form } from "../components/form.tsx";
import { TextField, type TextFieldProps } from "../components/text-field.tsx";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { formTexts } from "../texts/public-form.ts";

/** What was typed and ticked, to be shown again when the form comes back. */
export interface Filled {
  readonly fields: Readonly<Record<string, string>>;
  readonly ticked: readonly string[];
  readonly declared: boolean;
}

export const nothingFilled: Filled = { fields: {}, ticked: [], declared: false };

export const declaredField = "declared";

/** The name of the box of an offered purpose. */
export function offerField(purpose: string): string {
  return `purpose-${purpose}`;
}

/** How a browser helps to fill each field in. */
const kinds: Readonly<Record<FormCategory, Pick<TextFieldProps, "type" | "autocomplete" | "inputmode" | "width">>> = {
  surname: { autocomplete: "family-name" },
  firstName: { autocomplete: "given-name" },
  phone: { type: "tel", autocomplete: "tel", inputmode: "tel", width: "short" },
  email: { type: "email", autocomplete: "email", inputmode: "email" },
};

/** More than this is not typed again by us: it was a slip of the clipboard, and the person still has it. */
const longestEcho = 2_000;

/** The form, in the order of the text whose hash is kept with the consent (`shownText`). */
export function EnquiryForm(props: {
  language: Language;
  form: FormId;
  shown: ShownForm;
  filled: Filled;
  faults: readonly FieldFault[];
}) {
  const { language, form, shown, filled, faults } = props;
  const policyPath = pathInLanguage(language, "/policy");
  const errorOf = (field: FieldFault["field"]) => {
    const fault = faults.find((one) => one.field === field);
    return fault === undefined ? undefined : faultMessage(language, shown, fault);
  };
  return (
    <Form action={pathInLanguage(language, `/forms/${form}`)}>
      {shown.fields.map(({ category, label, required }) => (
        <TextField
          {...kinds[category]}
          language={language}
          name={category}
          label={label}
          hint={hintOf(language, category, required)}
          optional={!required}
          value={echo(filled.fields[category])}
          error={errorOf(category)}
        />
      ))}
      <p>
        {shown.purpose.before}
        <a href={`${policyPath}#${shown.purpose.clause}`}>{shown.purpose.link}</a>
        {shown.purpose.after}
      </p>
      <Fieldset legend={shown.offersHeading} hint={shown.offersHint}>
        {shown.offers.map(({ purpose, ask, clause, clauseWords }) => (
          <CheckboxField
            language={language}
            name={offerField(purpose)}
            label={ask}
            hint={<a href={`${policyPath}#${clause}`}>{clauseWords}</a>}
            checked={filled.ticked.includes(purpose)}
          />
        ))}
      </Fieldset>
      <CheckboxField
        language={language}
        name={declaredField}
        label={shown.declaration}
        checked={filled.declared}
        error={errorOf(declaredField)}
      />
      <p>
        {shown.agreement.before}
        <a href={policyPath}>{shown.agreement.link}</a>
        {shown.agreement.after} <small>{shown.edition}</small>
      </p>
      <ButtonRow>
        <Button>{shown.button}</Button>
      </ButtonRow>
    </Form>
  );
}

/** A whole sentence about one field, the same in the summary and beside the field. */
export function faultMessage(language: Language, shown: ShownForm, { field, reason }: FieldFault): string {
  const t = formTexts[language].faults;
  if (field === "declared") return t.declared;
  if (reason === "too-long") return t["too-long"](shown.fields.find(({ category }) => category === field)?.label ?? field);
  const texts: Readonly<Record<string, string>> = t[field];
  return texts[reason] ?? texts["missing"] ?? "";
}

function hintOf(language: Language, category: FormCategory, required: boolean): string | undefined {
  const { hints } = formTexts[language];
  if (category === "phone") return hints.phone;
  if (category === "email") return required ? hints.email.required : hints.email.optional;
  return undefined;
}

function echo(typed: string | undefined): string | undefined {
  return typed === undefined || typed.length > longestEcho ? undefined : typed;
}
