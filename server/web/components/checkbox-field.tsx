import { FieldError, type FieldProps, Hint, LabelText, describedBy, fieldId } from "./field.tsx";

/**
 * One box. It is never ticked unless the person ticked it: `checked` is what they sent, not a suggestion
 * (a box ticked beforehand is no consent).
 */
export function CheckboxField(
  props: FieldProps & { checked?: boolean | undefined; value?: string | undefined },
) {
  return (
    <div class={props.error === undefined ? "choice-field" : "choice-field field--wrong"}>
      <FieldError {...props} />
      <div class="choice">
        <input
          type="checkbox"
          id={fieldId(props.name)}
          name={props.name}
          value={props.value ?? "yes"}
          checked={props.checked === true}
          aria-invalid={props.error === undefined ? undefined : "true"}
          aria-describedby={describedBy(props)}
        />
        <label for={fieldId(props.name)}>
          <LabelText {...props} />
        </label>
        <Hint {...props} />
      </div>
    </div>
  );
}
