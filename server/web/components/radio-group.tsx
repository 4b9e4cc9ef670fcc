import type { Child } from "hono/jsx";
import { FieldError, type FieldProps, Hint, LabelText, describedBy, fieldId } from "./field.tsx";

export type Choice = { readonly value: string; readonly label: string; readonly hint?: Child };

/** One of several. An error summary's link lands on the first choice. */
export function RadioGroup(props: FieldProps & { choices: readonly Choice[]; value?: string | undefined }) {
  return (
    <fieldset
      class={props.error === undefined ? "choices" : "choices field--wrong"}
      role="radiogroup"
      aria-required={props.optional ? undefined : "true"}
      aria-invalid={props.error === undefined ? undefined : "true"}
      aria-describedby={describedBy(props)}
    >
      <legend class="field__label">
        <LabelText {...props} />
      </legend>
      <Hint {...props} />
      <FieldError {...props} />
      {props.choices.map((choice, index) => {
        const id = index === 0 ? fieldId(props.name) : `${fieldId(props.name)}-${choice.value}`;
        return (
          <div class="choice">
            <input
              type="radio"
              id={id}
              name={props.name}
              value={choice.value}
              checked={choice.value === props.value}
              aria-describedby={choice.hint === undefined ? undefined : `${id}-choice-hint`}
            />
            <label for={id}>{choice.label}</label>
            {choice.hint === undefined ? null : (
              <p class="field__hint" id={`${id}-choice-hint`}>
                {choice.hint}
              </p>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
