import { signReceipt } from "../../ledger/receipt.ts";
import type { Context } from "../context.ts";
import type { Language } from "../language/language.ts";
import { describeRecord } from "./dpv-record.ts";
import { kantaraReceipt } from "./kantara-receipt.ts";
import type { ListedReceipt } from "./list-receipts.ts";
import { type PreparedReceipt, prepareReceipt } from "./prepare-receipt.ts";

export type WrittenReceipt =
  /** `name`: for the file, in Latin letters. */
  | { readonly kind: "ready"; readonly name: string; readonly html: string }
  | { readonly kind: "not-yet" }
  | { readonly kind: "unknown" };

type Means = Pick<Context, "db" | "keys" | "signer" | "policy" | "config" | "drawReceipt">;

/**
 * The signed file of a receipt, to be read and checked without us and after us. `number`: it may be anything.
 * @throws ReceiptContradicted
 */
export async function writeReceipt(
  ctx: Means,
  asked: { readonly subject: string; readonly number: string; readonly language: Language },
): Promise<WrittenReceipt> {
  const prepared = await prepareReceipt(ctx, asked);
  if (prepared.kind !== "ready") return prepared;
  const { receipt } = prepared;
  return { kind: "ready", name: receiptName(receipt), html: signReceipt(draw(ctx, receipt, asked), ctx.signer) };
}

function draw(
  { policy, config, signer, drawReceipt }: Means,
  receipt: PreparedReceipt,
  { subject, language }: { readonly subject: string; readonly language: Language },
): string {
  const { content, number, evidence, proof, shown: shownText } = receipt;
  const { origin } = config;
  const { verifierKey } = signer;
  const facts = { number, subject, policy, origin, language };
  const record = describeRecord({ ...facts, content });
  const kantara =
    content.kind === "consent" ? kantaraReceipt({ ...facts, content, publicKey: verifierKey }) : undefined;
  return drawReceipt({ content, shownText, number, record, kantara, evidence, proof, verifierKey, origin, policy, language });
}

/** Such as `receipt-consent-2026-11-24-1f9d60.html`: tells its holder's files apart and names nobody. */
export function receiptName({ content, number }: Pick<ListedReceipt, "content" | "number">): string {
  return `receipt-${content.kind}-${content.at.slice(0, "2026-11-24".length)}-${number.slice(-6)}.html`;
}
