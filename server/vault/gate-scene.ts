import { setTimeout as pause } from "node:timers/promises";
import { type KyselyPlugin, sql } from "kysely";
import type { AppPolicy } from "../config/policy.ts";
import type { Context } from "../context.ts";
import { appendConsentEvents } from "../journal/consent-events.ts";
import { Gate } from "./gate.ts";
import { newSubject } from "./new-subject.ts";
import { attributeIdentity } from "./open-subject.ts";
import { storeSubject } from "./store-subject.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

export const staff = { kind: "staff", staffId: "01a20908-6d7c-79fb-b3e6-1285df86460c" } as const;

/** Somebody who gave a phone number and agreed to these purposes; their subject. */
export async function aPersonWithPhone(
  ctx: Context,
  consents: readonly string[],
  phone: string = "+996555000111",
): Promise<string> {
  const subject = newSubject(ctx);
  const attribute = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await storeSubject(tx, subject, ctx.now());
    await tx
      .insertInto("vault.attribute")
      .values({
        subject_id: subject.subjectId,
        attribute_id: attribute,
        record_id: ctx.newId(),
        category: "phone",
        sealed: subject.seal(Buffer.from(phone), attributeIdentity(subject.subjectId, attribute, "phone")),
        recorded_at: ctx.now(),
      })
      .execute();
    await appendConsentEvents(tx, ctx, { subject: subject.subjectId, kind: "given", purposes: consents });
  });
  return subject.subjectId;
}

/** What the journal says about somebody, the oldest first. */
export function usesOf(ctx: Context, subject: string) {
  const what = ["operation", "purpose", "clause", "categories", "actor", "outcome", "reason"] as const;
  return entriesAbout(ctx, subject, what);
}

/** A gate that counts the statements it sends. */
export function aCountingGate(ctx: Context): { readonly gate: Gate<AppPolicy>; readonly statements: () => number } {
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      statements += 1;
      return Promise.resolve(result);
    },
  };
  return { gate: new Gate<AppPolicy>({ ...ctx, db: ctx.db.withPlugin(counting) }), statements: () => statements };
}

/** Until so many statements in this database wait for a row that another transaction holds. */
export async function untilWaiting(ctx: Context, count: number): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    const waiting = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(ctx.db);
    if (waiting.rows.length >= count) return;
    await pause(10);
  }
  throw new Error(`there were never ${count} statements that wait for a lock`);
}
