import { Field, type FieldProps, describedBy, fieldId } from "./field.tsx";

export type TextAreaFieldProps = FieldProps & {
  value?: string | undefined;
  rows?: number | undefined;
  maxlength?: number | undefined;
};

export function TextAreaField(props: TextAreaFieldProps) {
  return (
    <Field {...props}>
      <textarea
        class="input input--full"
        id={fieldId(props.name)}
        name={props.name}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        aria-required={props.optional ? undefined : "true"}
        aria-invalid={props.error === undefined ? undefined : "true"}
        aria-describedby={describedBy(props)}
      >
        {props.value ?? ""}
      </textarea>
    </Field>
  );
}
