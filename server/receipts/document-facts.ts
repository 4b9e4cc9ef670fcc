import type { AppPolicy } from "../config/policy.ts";
import type { ReceiptContent } from "../journal/receipt-content.ts";
import type { Language } from "../language/language.ts";

/** All that the file of a receipt is drawn from. */
export interface DocumentFacts {
  readonly content: ReceiptContent;
  /** The exact text behind a consent's hash. */
  readonly shownText?: { readonly language: string; readonly text: string } | undefined;
  /** The number of the receipt: a UUID. */
  readonly number: string;
  /** ISO/IEC TS 27560, from `describeRecord`. */
  readonly record: object;
  /** Kantara 1.1, from `kantaraReceipt`. */
  readonly kantara: object | undefined;
  readonly evidence: object;
  /** `index` is counted from 0; `hour` in UTC, such as `2026-11-24T17Z`. */
  readonly proof: { readonly ledger: string; readonly index: number; readonly size: number; readonly hour: string };
  readonly verifierKey: string;
  /** Where people reach the site, without a trailing slash. */
  readonly origin: string;
  readonly policy: AppPolicy;
  readonly language: Language;
}

/**
 * Draws the file: HTML with the record, the Kantara receipt and the evidence in data blocks, up to where its body ends. The
 * pages' side of the house makes it, so it is handed in.
 */
export type DrawReceipt = (facts: DocumentFacts) => Promise<string>;
