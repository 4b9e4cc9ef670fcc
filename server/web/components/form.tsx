import type { Child } from "hono/jsx";

/**
 * A form that posts. Checks are the server's, in the reader's language, so the browser's own are off.
 * `hidden`: values that travel with it (never personal data: they would outlive the page in its source).
 */
export function Form(props: {
  action: string;
  hidden?: Readonly<Record<string, string>> | undefined;
  children: Child;
}) {
  return (
    <form method="post" action={props.action} class="form" novalidate>
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {props.children}
    </form>
  );
}

/** Fields that belong together, under one legend. */
export function Fieldset(props: { legend: string; hint?: Child; children: Child }) {
  return (
    <fieldset class="fieldset">
      <legend>{props.legend}</legend>
      {props.hint === undefined ? null : <p class="fieldset__hint">{props.hint}</p>}
      {props.children}
    </fieldset>
  );
}
