import type { Child } from "hono/jsx";

type Kind = "primary" | "secondary" | "danger" | "quiet";

/** Sends its form. `name` and `value` tell the server which button it was. */
export function Button(props: {
  kind?: Kind | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** Sends to another address than the form's. */
  formaction?: string | undefined;
  /** What it acts on, for those who hear the button without the row it stands in. */
  about?: string | undefined;
  children: Child;
}) {
  return (
    <button
      type="submit"
      class={`button button--${props.kind ?? "primary"}`}
      name={props.name}
      value={props.value}
      formaction={props.formaction}
    >
      {props.children}
      {props.about === undefined ? null : <span class="visually-hidden">{` ${props.about}`}</span>}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink(props: { href: string; kind?: Kind | undefined; children: Child }) {
  return (
    <a class={`button button--${props.kind ?? "primary"}`} href={props.href}>
      {props.children}
    </a>
  );
}

/** Buttons side by side; one under another where there is no room. The main one comes first. */
export function ButtonRow(props: { children: Child }) {
  return <div class="button-row">{props.children}</div>;
}
