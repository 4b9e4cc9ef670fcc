import type { Child } from "hono/jsx";

/** A part of a page that stands by itself. With `href` its heading is a link and the card takes the click. */
export function Card(props: {
  heading: string;
  href?: string | undefined;
  /** 3 where the card stands under an `<h2>`. */
  level?: 2 | 3 | undefined;
  /** A state or a tag at the heading's side. */
  aside?: Child;
  /** What can be done with it: links or buttons at the foot. */
  foot?: Child;
  children?: Child;
}) {
  const heading = props.href === undefined ? props.heading : <a href={props.href}>{props.heading}</a>;
  return (
    <section class={props.href === undefined ? "card" : "card card--link"}>
      <div class="card__head">
        {props.level === 3 ? <h3>{heading}</h3> : <h2>{heading}</h2>}
        {props.aside === undefined ? null : <div class="card__aside">{props.aside}</div>}
      </div>
      {props.children === undefined ? null : <div class="card__body">{props.children}</div>}
      {props.foot === undefined ? null : <div class="card__foot">{props.foot}</div>}
    </section>
  );
}

/** Cards in as many columns as fit. */
export function Cards(props: { children: Child }) {
  return <div class="cards">{props.children}</div>;
}
