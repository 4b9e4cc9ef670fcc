import { Field, type FieldProps, describedBy, fieldId } from "./field.tsx";

export type TextFieldProps = FieldProps & {
  value?: string | undefined;
  type?: "text" | "email" | "tel" | "password" | "date" | "search" | undefined;
  autocomplete?: string | undefined;
  inputmode?: "text" | "email" | "tel" | "numeric" | "search" | undefined;
  maxlength?: number | undefined;
  /** How long an answer is expected: a one-time code, a phone or a date, or anything. */
  width?: "code" | "short" | "full" | undefined;
  /** The language of what is typed, where it differs from the page's. */
  lang?: string | undefined;
};

export function TextField(props: TextFieldProps) {
  return (
    <Field {...props}>
      <input
        class={`input input--${props.width ?? "full"}`}
        id={fieldId(props.name)}
        name={props.name}
        type={props.type ?? "text"}
        value={props.value}
        autocomplete={props.autocomplete ?? "off"}
        inputmode={props.inputmode}
        maxlength={props.maxlength}
        lang={props.lang}
        spellcheck={false}
        aria-required={props.optional ? undefined : "true"}
        aria-invalid={props.error === undefined ? undefined : "true"}
        aria-describedby={describedBy(props)}
      />
    </Field>
  );
}
