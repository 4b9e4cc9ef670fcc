import type { Child } from "hono/jsx";

export type SummaryItem = {
  readonly term: string;
  readonly value: Child;
  /** A link or a small form beside the value. */
  readonly action?: Child;
};

/** Names and values: my data, a request, the company. */
export function SummaryList(props: { items: readonly SummaryItem[] }) {
  return (
    <dl class="summary-list">
      {props.items.map((item) => (
        <div class="summary-list__row">
          <dt>{item.term}</dt>
          <dd class="summary-list__value">{item.value}</dd>
          {item.action === undefined ? null : <dd class="summary-list__action">{item.action}</dd>}
        </div>
      ))}
    </dl>
  );
}
