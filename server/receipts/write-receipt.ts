import { signReceipt } from "../../ledger/receipt.ts";
import type { Context } from "../context.ts";
import { sequenceAll } from "../journal/sequence-entries.ts";
import type { Language } from "../language/language.ts";
import { type ListedReceipt, listReceipts } from "./list-receipts.ts";
import { type PreparedReceipt, prepareReceipt } from "./prepare-receipt.ts";

/** A receipt as a person keeps it: signed, to be read and checked without us and after us. */
export interface ReceiptFile {
  /** In Latin letters, such as `receipt-consent-2026-11-24-1f9d60.html`; names nobody. */
  readonly name: string;
  readonly html: string;
}

export type WrittenReceipt =
  | { readonly kind: "ready"; readonly file: ReceiptFile }
  /** The person has no receipt of this number. */
  | { readonly kind: "unknown" };

type Means = Pick<Context, "db" | "keys" | "signer" | "policy" | "config" | "drawReceipt" | "now" | "randomBytes">;

/** Whose receipt it is, and who reads it. */
export interface Holder {
  readonly subject: string;
  readonly language: Language;
}

/**
 * Writes one receipt of a person; its entry is taken into the ledger now, if it still waits. `number`: as it stands in an address, so it may be anything.
 * @throws ReceiptContradicted
 */
export async function writeReceipt(ctx: Means, holder: Holder, number: string): Promise<WrittenReceipt> {
  const listed = (await listReceipts(ctx, holder.subject)).find((receipt) => receipt.number === number);
  if (!listed) return { kind: "unknown" };
  await sequenceAll(ctx);
  return { kind: "ready", file: await writeListed(ctx, holder, listed) };
}

/** Of an entry that is in the ledger. @throws ReceiptContradicted */
export async function writeListed(ctx: Means, holder: Holder, listed: ListedReceipt): Promise<ReceiptFile> {
  const receipt = await prepareReceipt(ctx, listed);
  return { name: nameOf(receipt), html: signReceipt(await draw(ctx, receipt, holder), ctx.signer) };
}

/** The vocabularies are loaded with the first receipt, like the words of its document. */
async function draw(
  { policy, config, signer, drawReceipt }: Means,
  receipt: PreparedReceipt,
  { subject, language }: Holder,
): Promise<string> {
  const [{ describeRecord }, { kantaraReceipt }] = await Promise.all([import("./dpv-record.ts"), import("./kantara-receipt.ts")]);
  const { content, number, evidence, proof, shown: shownText } = receipt;
  const { origin } = config;
  const { verifierKey } = signer;
  const facts = { number, subject, policy, origin, language };
  const record = describeRecord({ ...facts, content });
  const kantara =
    content.kind === "consent" ? kantaraReceipt({ ...facts, content, publicKey: verifierKey }) : undefined;
  return drawReceipt({ content, shownText, number, record, kantara, evidence, proof, verifierKey, origin, policy, language });
}

/** The day and the end of the number tell the files of one person apart. */
function nameOf({ content, number }: ListedReceipt): string {
  return `receipt-${content.kind}-${content.at.slice(0, "2026-11-24".length)}-${number.slice(-6)}.html`;
}
