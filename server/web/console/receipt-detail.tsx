import type { EntryDetail } from "../../../ledger/entry-detail.ts";
import type { Context } from "../../context.ts";
import { formatDate, formatDateTime } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { findForm } from "../../receipts/policy-parts.ts";
import { termOf } from "../../receipts/term-of.ts";
import type { SummaryItem } from "../components/summary-list.tsx";
import { consoleReceiptTexts } from "../texts/console-receipt.ts";
import { receiptTexts } from "../texts/receipt-document.ts";
import { groundTitle } from "./policy-words.tsx";
import { requestTitle } from "../request-title.ts";

/** What a receipt commits to, in the reader's words; a field that only a later version knows stands as it is. */
export function detailItems(ctx: Context, language: Language, detail: EntryDetail): readonly SummaryItem[] {
  const { fields } = consoleReceiptTexts[language];
  const known = Object.keys(fields).filter((name) => Object.hasOwn(detail, name));
  // The act's own id means nothing to anybody: the receipt has a number.
  const others = Object.keys(detail).filter((name) => name !== "id" && !Object.hasOwn(fields, name));
  return [...known, ...others].flatMap((name) => {
    const said = detail[name] ?? "";
    if (said.length === 0) return [];
    if (name === "shown") return [{ term: fields.shown, value: <code>{said}</code> }];
    const value = typeof said === "string" ? words(ctx, language, name, said) : purposes(ctx, language, said);
    return [{ term: termOf<string>(fields, name) ?? name, value }];
  });
}

function purposes({ policy }: Context, language: Language, ids: readonly string[]) {
  return (
    <ul>
      {ids.map((id) => (
        <li>{groundTitle(policy, language, id)}</li>
      ))}
    </ul>
  );
}

function words(ctx: Context, language: Language, name: string, said: string): string {
  switch (name) {
    case "kind":
      return termOf<{ title: string }>(receiptTexts[language].kinds, said)?.title ?? said;
    case "at":
      return formatDateTime(Temporal.Instant.from(said), language);
    case "form":
      return findForm(ctx.policy, said)?.title[language] ?? said;
    case "purpose":
      return groundTitle(ctx.policy, language, said);
    case "request":
      return requestTitle(ctx.policy, language, said);
    case "channel":
      return termOf<string>(consoleReceiptTexts[language].channels, said) ?? said;
    case "due":
      return formatDate(Temporal.PlainDate.from(said), language);
    default:
      return said;
  }
}
