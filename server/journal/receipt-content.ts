import type { Selectable } from "kysely";
import { commitToDetail } from "../../ledger/entry-detail.ts";
import type { Database } from "../database/schema-types.ts";
import type { ReceiptKey } from "../vault/entry-link.ts";
import type { RandomBytes } from "../vault/seal.ts";

/** What the person did, as the ledger commits to it: strings and lists of strings only, no personal data. */
export type ReceiptContent =
  | {
      readonly kind: "consent";
      /** Id of the act. */
      readonly id: string;
      /** RFC 3339, UTC. */
      readonly at: string;
      readonly language: string;
      /** Version of the policy. */
      readonly policy: string;
      readonly form: string;
      /** The label of the button that was pressed. */
      readonly button: string;
      /** SHA-256 of the text shown, in hex. */
      readonly shown: string;
      readonly offered: readonly string[];
      readonly given: readonly string[];
      readonly refused: readonly string[];
    }
  | {
      readonly kind: "withdrawal";
      /** Id of the event. */
      readonly id: string;
      readonly at: string;
      readonly policy: string;
      readonly purpose: string;
    }
  | {
      readonly kind: "request";
      readonly id: string;
      readonly at: string;
      readonly policy: string;
      readonly language: string;
      /** Its kind in the policy. */
      readonly request: string;
      readonly clause: string;
      readonly channel: string;
      readonly number: string;
      /** The last day of its time limit. */
      readonly due: string;
    };

export type ContentOf<Kind extends ReceiptContent["kind"]> = Extract<ReceiptContent, { readonly kind: Kind }>;

/** Of an act of consent, as `consent.act` keeps it. */
export function consentReceipt(
  act: Readonly<Omit<Selectable<Database["consent.act"]>, "subject_id" | "offered" | "given" | "refused">> & {
    readonly offered: readonly string[];
    readonly given: readonly string[];
    readonly refused: readonly string[];
  },
): ReceiptContent {
  return {
    kind: "consent",
    id: act.act_id,
    at: act.at.toString(),
    language: act.language,
    policy: act.policy_version,
    form: act.form,
    button: act.button_label,
    shown: act.shown_hash.toString("hex"),
    offered: act.offered,
    given: act.given,
    refused: act.refused,
  };
}

/** Of the withdrawal of one consent, as `consent.event` keeps it. */
export function withdrawalReceipt(
  event: { readonly event_id: string; readonly at: Temporal.Instant; readonly purpose: string },
  policyVersion: string,
): ReceiptContent {
  const { event_id: id, at, purpose } = event;
  return { kind: "withdrawal", id, at: at.toString(), policy: policyVersion, purpose };
}

/** Of a request, as the register keeps it. */
export function requestReceipt(
  row: Pick<
    Selectable<Database["requests.request"]>,
    "request_id" | "received_at" | "language" | "kind" | "clause" | "channel" | "number" | "due_on"
  >,
  policyVersion: string,
): ReceiptContent {
  return {
    kind: "request",
    id: row.request_id,
    at: row.received_at.toString(),
    policy: policyVersion,
    language: row.language,
    request: row.kind,
    clause: row.clause,
    channel: row.channel,
    number: row.number,
    due: row.due_on.toString(),
  };
}

/** What a journal entry keeps of a receipt, and what opens it; the latter goes into the person's link to the entry. */
export interface ReceiptCommitment {
  readonly detail: Buffer;
  readonly receipt: ReceiptKey;
}

/** Commits to what the person did under a key of its own, so that no two entries can be told to be of one person. */
export function commitToReceipt(content: ReceiptContent, randomBytes: RandomBytes): ReceiptCommitment {
  const key = randomBytes(32);
  return { detail: commitToDetail(key, content), receipt: { recordId: content.id, key } };
}
