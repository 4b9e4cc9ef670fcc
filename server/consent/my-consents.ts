import { type ConsentState, livePurposes } from "../../policy/rules/consent-state.ts";
import type { Context } from "../context.ts";

/** What the person saw and did when a consent was asked. */
export interface ConsentAct {
  readonly at: Temporal.Instant;
  readonly policyVersion: string;
  /** SHA-256 of the exact text shown, in hex; `findShownText` gives the text. */
  readonly shownHash: string;
  readonly language: string;
  readonly form: string;
  readonly buttonLabel: string;
}

/** One consent of a person: where it stands, since when, and the last act it came from. */
export interface MyConsent {
  readonly purpose: string;
  readonly state: ConsentState;
  readonly since: Temporal.Instant;
  readonly act: ConsentAct | undefined;
}

/** The person's consents by the number of their clause; empty if none was ever asked. */
export async function readMyConsents(ctx: Context, subject: string): Promise<readonly MyConsent[]> {
  const events = await ctx.db
    .selectFrom("consent.event")
    .select(["purpose", "kind", "at", "act_id"])
    .where("subject_id", "=", subject)
    .orderBy("event_id")
    .execute();
  const acts = await readActs(ctx, subject);
  const consents = new Map<string, MyConsent>();
  for (const event of events) {
    const act = event.act_id === null ? undefined : acts.get(event.act_id);
    consents.set(event.purpose, {
      purpose: event.purpose,
      state: event.kind,
      since: event.at,
      act: act ?? consents.get(event.purpose)?.act,
    });
  }
  return [...consents.values()].sort((a, b) => byClause(a.purpose, b.purpose));
}

/** The purposes of a list of consents that still live. */
export function livingOf(consents: readonly MyConsent[]): readonly string[] {
  return livePurposes(new Map(consents.map(({ purpose, state }) => [purpose, state])));
}

async function readActs(ctx: Context, subject: string): Promise<ReadonlyMap<string, ConsentAct>> {
  const rows = await ctx.db.selectFrom("consent.act").selectAll().where("subject_id", "=", subject).execute();
  return new Map(
    rows.map((row) => [
      row.act_id,
      {
        at: row.at,
        policyVersion: row.policy_version,
        shownHash: row.shown_hash.toString("hex"),
        language: row.language,
        form: row.form,
        buttonLabel: row.button_label,
      },
    ]),
  );
}

/** 8.2 before 8.10. */
function byClause(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
