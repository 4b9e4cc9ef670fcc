import { policy } from "../../config/policy.ts";
import type { Language } from "../../language/language.ts";
import { describeRecord } from "../../receipts/dpv-record.ts";
import { kantaraReceipt } from "../../receipts/kantara-receipt.ts";
import type { ReceiptContent } from "../../journal/receipt-content.ts";
import { ledgerKey, number, origin, shownText, subject } from "../../receipts/receipts-scene.ts";
import type { DocumentFacts } from "../../receipts/document-facts.ts";

/** All that a receipt of this content is drawn from; only the proof's hashes are left out. */
export function receiptOf(content: ReceiptContent, language: Language): DocumentFacts {
  const facts = { content, number, subject, policy, origin, language };
  const hour = "2026-11-24T17Z";
  const shared = {
    ...{ content, number, origin, policy, language, verifierKey: ledgerKey, record: describeRecord(facts) },
    evidence: { index: 1204, size: 1310, hour },
    proof: { ledger: "lerna.kg/ledger", index: 1204, size: 1310, hour },
  };
  if (content.kind !== "consent") return { ...shared, kantara: undefined };
  return {
    ...shared,
    kantara: kantaraReceipt({ ...facts, content, publicKey: ledgerKey }),
    shownText: { language, text: shownText("enrol", language) },
  };
}
