import type { Kysely, Selectable } from "kysely";
import { type ConsentEvent, type ConsentEventKind, consentStates, livePurposes } from "../../policy/rules/consent-state.ts";
import type { Database } from "../database/schema-types.ts";

/** The events of all consents of a subject, oldest first. */
export async function readConsentEvents(db: Kysely<Database>, subject: string): Promise<readonly ConsentEvent[]> {
  return db
    .selectFrom("consent.event")
    .select(["purpose", "kind"])
    .where("subject_id", "=", subject)
    .orderBy("event_id")
    .execute();
}

/** Appends one event for each purpose, in the caller's transaction, and returns them. `act`: the act they came from. */
export async function appendConsentEvents(
  tx: Kysely<Database>,
  means: { readonly now: () => Temporal.Instant; readonly newId: () => string },
  events: {
    readonly subject: string;
    readonly kind: ConsentEventKind;
    readonly purposes: readonly string[];
    readonly act?: string;
  },
): Promise<readonly Selectable<Database["consent.event"]>[]> {
  if (events.purposes.length === 0) return [];
  const rows = events.purposes.map((purpose) => ({
    subject_id: events.subject,
    event_id: means.newId(),
    at: means.now(),
    purpose,
    kind: events.kind,
    act_id: events.act ?? null,
  }));
  await tx.insertInto("consent.event").values(rows).execute();
  return rows;
}

/** The purposes that live now. */
export async function readLivePurposes(db: Kysely<Database>, subject: string): Promise<readonly string[]> {
  return livePurposes(consentStates(await readConsentEvents(db, subject)));
}
