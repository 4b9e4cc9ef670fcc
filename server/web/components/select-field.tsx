import { shellTexts } from "../texts/shell.ts";
import { Field, type FieldProps, describedBy, fieldId } from "./field.tsx";

export type Option = { readonly value: string; readonly label: string };

/** A drop-down. Without a `value` it starts at «Выберите», which sends an empty string. */
export function SelectField(props: FieldProps & { options: readonly Option[]; value?: string | undefined }) {
  const nothingChosen = props.value === undefined || props.value === "";
  return (
    <Field {...props}>
      <select
        class="input input--select"
        id={fieldId(props.name)}
        name={props.name}
        aria-required={props.optional ? undefined : "true"}
        aria-invalid={props.error === undefined ? undefined : "true"}
        aria-describedby={describedBy(props)}
      >
        {nothingChosen || props.optional ? (
          <option value="">{shellTexts[props.language].choose}</option>
        ) : null}
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
