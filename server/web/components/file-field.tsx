import { Field, type FieldProps, describedBy, fieldId } from "./field.tsx";

/** A file to be sent. `accept`: what the browser offers to choose from; the server looks for itself. */
export function FileField(props: FieldProps & { accept: string }) {
  return (
    <Field {...props}>
      <input
        class="input input--full"
        id={fieldId(props.name)}
        name={props.name}
        type="file"
        accept={props.accept}
        aria-required={props.optional ? undefined : "true"}
        aria-invalid={props.error === undefined ? undefined : "true"}
        aria-describedby={describedBy(props)}
      />
    </Field>
  );
}
