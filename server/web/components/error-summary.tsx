import type { Language } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";
import { fieldId } from "./field.tsx";

/** `field` is the name of the field the message is about; undefined for a message about the whole form. */
export type FormError = { readonly field?: string | undefined; readonly message: string };

/** The first thing in `<main>` of a form that came back. Takes the focus, so it is read at once. */
export function ErrorSummary(props: {
  language: Language;
  errors: readonly FormError[];
  heading?: string | undefined;
}) {
  if (props.errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus aria-labelledby="error-summary-heading">
      <h2 id="error-summary-heading">{props.heading ?? shellTexts[props.language].checkThese}</h2>
      <ul>
        {props.errors.map((error) => (
          <li>
            {error.field === undefined ? (
              error.message
            ) : (
              <a href={`#${fieldId(error.field)}`}>{error.message}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
