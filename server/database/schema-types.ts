import type { Generated } from "kysely";
import type { ConsentEventKind } from "../../policy/rules/consent-state.ts";
import type { SubjectState } from "../../policy/rules/decide-use.ts";

/** What a witness did with the last checkpoint it was shown; see `journal/ask-witness.ts`. */
export type WitnessAnswer =
  | "cosigned"
  | "unreachable"
  | "busy"
  | "unknown-log"
  | "key-refused"
  | "refused"
  | "unreadable"
  | "bad-signature"
  | "longer"
  | "other-history";

/** Kysely's view of `schema.sql`; the comments on tables and columns stand there. */
export interface Database {
  "vault.subject": {
    subject_id: string;
    state: SubjectState;
    created_at: Temporal.Instant;
    changed_at: Temporal.Instant;
  };
  "vault.subject_key": {
    subject_id: string;
    kek_epoch: number;
    wrapped_key: Buffer;
    created_at: Temporal.Instant;
  };
  "vault.key_fingerprint": { name: string; fingerprint: Buffer };
  "vault.key_epoch": {
    epoch: number;
    opened_at: Temporal.Instant;
    retired_at: Generated<Temporal.Instant | null>;
    emptied_at: Generated<Temporal.Instant | null>;
    destroyed_at: Generated<Temporal.Instant | null>;
  };
  "vault.lookup_key": { version: number; opened_at: Temporal.Instant; emptied_at: Generated<Temporal.Instant | null> };
  "vault.attribute": {
    subject_id: string;
    attribute_id: string;
    record_id: string;
    category: string;
    sealed: Buffer;
    recorded_at: Temporal.Instant;
  };
  "vault.lookup": { digest: Buffer; subject_id: string; key_version: number; category: string; identifies: boolean };
  "vault.ground": {
    ground: string;
    kind: "purpose" | "duty";
    clause: string;
    basis: "consent" | "contract" | "duty";
    categories: string[];
    operations: string[];
    policy_version: string;
  };
  "journal.entry": {
    entry_id: string;
    at: Temporal.Instant;
    operation: string;
    purpose: string;
    basis: "consent" | "contract" | "duty" | "none";
    clause: string;
    categories: string[];
    actor: "subject" | "staff" | "system";
    staff_id: string | null;
    outcome: "done" | "refused";
    reason: string | null;
    policy_version: string;
    written_by: Generated<string>;
    detail: Generated<Buffer | null>;
  };
  "journal.about": { subject_id: string; kek_epoch: number; sealed: Buffer };
  "journal.retention": { only_one: Generated<boolean>; months: number };
  "journal.pruned": {
    before: string;
    entries: string;
    retention_months: number;
    pruned_at: Temporal.Instant;
    entry_id: string;
  };
  "ledger.leaf": { position: string; entry_id: string; opening: Buffer };
  "ledger.tile": { level: number; position: string; hashes: Buffer };
  "ledger.bundle": { position: string; entries: Buffer };
  "ledger.checkpoint": {
    only_one: Generated<boolean>;
    size: string;
    note: string;
    signed_at: Temporal.Instant;
    read_up_to: string;
    read_up_to_entry: string;
  };
  "ledger.shown": { size: string; note: string; shown_at: Temporal.Instant };
  "ledger.cosignature": {
    size: string;
    witness: string;
    line: string;
    cosigned_at: Temporal.Instant;
    seen_at: Temporal.Instant;
  };
  "ledger.witness": {
    witness: string;
    known_size: Generated<string>;
    asked_at: Generated<Temporal.Instant | null>;
    answer: Generated<WitnessAnswer | null>;
    failing_since: Generated<Temporal.Instant | null>;
    claimed_size: Generated<string | null>;
    cosigned_size: Generated<string | null>;
    cosigned_at: Generated<Temporal.Instant | null>;
  };
  "ledger.published": { only_one: Generated<boolean>; size: string; note: string };
  "consent.act": {
    subject_id: string;
    act_id: string;
    at: Temporal.Instant;
    policy_version: string;
    shown_hash: Buffer;
    language: string;
    form: string;
    button_label: string;
    offered: string[];
    given: string[];
    refused: string[];
  };
  "consent.event": {
    subject_id: string;
    event_id: string;
    at: Temporal.Instant;
    purpose: string;
    kind: ConsentEventKind;
    act_id: string | null;
  };
  "consent.shown_text": { shown_hash: Buffer; language: string; text: string; first_shown_at: Temporal.Instant };
  "requests.request": {
    subject_id: string;
    request_id: string;
    number: Generated<string>;
    kind: string;
    clause: string;
    channel: "cabinet" | "letter";
    language: string;
    received_at: Temporal.Instant;
    due_on: Temporal.PlainDate;
    state: "unconfirmed" | "staff" | "erasing" | "closed";
    outcome: "destroyed" | "answered" | "superseded" | null;
    confirmed_at: Temporal.Instant | null;
    closed_at: Temporal.Instant | null;
    closed_by: string | null;
  };
  "requests.confirmation": {
    token_digest: Buffer;
    subject_id: string;
    request_id: string;
    expires_at: Temporal.Instant;
    used_at: Temporal.Instant | null;
  };
  "erasure.plan": {
    subject_id: string;
    erasure_id: string;
    request_id: string | null;
    event: "17.1" | "17.2" | "17.3" | "17.4";
    accepted_at: Temporal.Instant;
    due_on: Temporal.PlainDate;
    cap_on: Temporal.PlainDate;
    finished_at: Temporal.Instant | null;
  };
  "erasure.step": {
    subject_id: string;
    erasure_id: string;
    position: number;
    target: string;
    destroyed: number | null;
    remaining: number | null;
    finished_at: Temporal.Instant | null;
  };
  "enquiries.enquiry": {
    subject_id: string;
    enquiry_id: string;
    number: Generated<string>;
    form: string;
    purpose: string;
    language: string;
    submitted_at: Temporal.Instant;
    declared_adult_and_capable: boolean;
    consent_act_id: string;
    fulfilled_at: Temporal.Instant | null;
    fulfilled_by: string | null;
  };
  "letters.outgoing": {
    subject_id: string;
    letter_id: string;
    purpose: string;
    kind: string;
    number: string | null;
    language: string;
    sealed: Buffer;
    state: "waiting" | "sent" | "handed-over" | "failed";
    created_at: Temporal.Instant;
    attempts: Generated<number>;
    settled_at: Temporal.Instant | null;
  };
  "letters.incoming": {
    subject_id: string;
    letter_id: string;
    request_id: string;
    digest: Buffer;
    key_version: number;
    sealed: Buffer;
    received_at: Temporal.Instant;
  };
  "sign_in.code": {
    code_id: string;
    subject_id: string | null;
    digest: Buffer;
    key_version: number;
    created_at: Temporal.Instant;
    expires_at: Temporal.Instant;
    attempts: Generated<number>;
    used_at: Temporal.Instant | null;
  };
  "sign_in.cabinet_session": {
    subject_id: string;
    token_digest: Buffer;
    created_at: Temporal.Instant;
    expires_at: Temporal.Instant;
  };
  "staff.member": {
    staff_id: string;
    login: string;
    name: string;
    role: "administrator" | "staff";
    password_hash: string;
    created_at: Temporal.Instant;
  };
  "staff.invitation": {
    token_digest: Buffer;
    role: "administrator" | "staff";
    created_at: Temporal.Instant;
    expires_at: Temporal.Instant;
    used_at: Temporal.Instant | null;
  };
  "staff.console_session": {
    token_digest: Buffer;
    staff_id: string;
    created_at: Temporal.Instant;
    expires_at: Temporal.Instant;
  };
  "publishing.policy_text": {
    policy_version: string;
    language: string;
    text_hash: Buffer;
    text: string;
    effective_from: Temporal.PlainDate;
    published_at: Temporal.Instant;
  };
  "publishing.installation": { only_row: Generated<boolean>; kind: "production" | "demo"; created_at: Temporal.Instant };
}
