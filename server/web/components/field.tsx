import type { Child } from "hono/jsx";
import type { Language } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";

/** What every field knows. `error` is a whole sentence that says what to do. */
export type FieldProps = {
  language: Language;
  name: string;
  label: string;
  /** Words that help to answer; may hold a link (to the clause that a consent rests on). */
  hint?: Child;
  error?: string | undefined;
  /** Marks the label «(необязательно)»; a field without it is required. */
  optional?: boolean | undefined;
};

/** The id a field is found by: an error summary links to `#field-<name>`. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** The ids that `aria-describedby` of the control must name, or undefined when there are none. */
export function describedBy(props: Pick<FieldProps, "name" | "hint" | "error">): string | undefined {
  const ids: string[] = [];
  if (props.hint !== undefined) ids.push(`${fieldId(props.name)}-hint`);
  if (props.error !== undefined) ids.push(`${fieldId(props.name)}-error`);
  return ids.length === 0 ? undefined : ids.join(" ");
}

/** Label, hint and error around one control. */
export function Field(props: FieldProps & { children: Child }) {
  return (
    <div class={props.error === undefined ? "field" : "field field--wrong"}>
      <label class="field__label" for={fieldId(props.name)}>
        <LabelText {...props} />
      </label>
      <Hint {...props} />
      <FieldError {...props} />
      {props.children}
    </div>
  );
}

export function LabelText(props: Pick<FieldProps, "language" | "label" | "optional">) {
  return (
    <>
      {props.label}
      {props.optional ? (
        <span class="field__optional">{` (${shellTexts[props.language].optional})`}</span>
      ) : null}
    </>
  );
}

export function Hint(props: Pick<FieldProps, "name" | "hint">) {
  if (props.hint === undefined) return null;
  return (
    <p class="field__hint" id={`${fieldId(props.name)}-hint`}>
      {props.hint}
    </p>
  );
}

export function FieldError(props: Pick<FieldProps, "language" | "name" | "error">) {
  if (props.error === undefined) return null;
  return (
    <p class="field__error" id={`${fieldId(props.name)}-error`}>
      <span class="visually-hidden">{`${shellTexts[props.language].error}: `}</span>
      {props.error}
    </p>
  );
}
