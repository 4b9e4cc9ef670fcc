import assert from "node:assert/strict";
import { sql } from "kysely";
import type { ConsentEventKind } from "../../policy/rules/consent-state.ts";
import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import { type FormId, policy, type PurposeId } from "../../server/config/policy.ts";
import type { Context } from "../../server/context.ts";
import { connect } from "../../server/database/connect.ts";
import { acceptInvitation } from "../../server/staff/accept-invitation.ts";
import { inviteMember } from "../../server/staff/invitation.ts";
import { createApp } from "../../server/web/app.ts";
import type { Language } from "../../server/language/language.ts";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../test-kit/cabinet-people.ts";
import { subjectOf, writeLetter } from "../../test-kit/correspondence.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { WebVisitor } from "../../test-kit/web-visitor.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";
import { askVault, type VaultAnswer } from "../../test-kit/ask-vault.ts";

export type { Person } from "../../test-kit/cabinet-people.ts";

/** The lists of the policy in its own order. */
export const purposeIds = Object.keys(policy.purposes) as readonly PurposeId[];
export const formIds = Object.keys(policy.forms) as readonly FormId[];

/** A whole installation with a mail server beside it, and everybody who may come by. */
export interface Scene extends CabinetPeople {
  readonly ctx: Context;
  /** A browser that is signed in nowhere. */
  visit(): WebVisitor;
  /** A person in their cabinet, by the code in their letter. */
  signIn(person: Person, language?: Language): Promise<WebVisitor>;
  /** Somebody who has only ever written a letter, and agreed to nothing. Returns their subject. */
  stranger(email: string): Promise<string>;
  /** Somebody who works in the console. */
  staffId(): Promise<string>;
  /** Sets the clock, also back. */
  moveTo(instant: string): void;
  /** Every row of every table as text, the queue's included, as the database's owner sees them. */
  photograph(): Promise<ReadonlyMap<string, readonly string[]>>;
}

export async function createScene(): Promise<Scene> {
  const people = await createCabinetPeople();
  const { kit } = people;
  const { ctx } = kit;
  let staff: Promise<string> | undefined;
  // Every visit is a server of its own: what limits one person must not limit the tests.
  const visit = () => new WebVisitor(createApp(ctx), ctx.config.origin);
  return {
    ...people,
    [Symbol.asyncDispose]: () => people[Symbol.asyncDispose](),
    ctx,
    visit,
    async signIn(person, language = "ru") {
      const visitor = visit();
      await visitor.post(`/${language}/cabinet/sign-in`, { email: person.email });
      await kit.runJobs();
      const answer = await visitor.post(`/${language}/cabinet/code`, { code: people.lastCode(person.email) });
      assert.equal(answer.headers.get("location"), `/${language}/cabinet`);
      return visitor;
    },
    async stranger(email) {
      await receiveLetter(ctx, { raw: writeLetter({ from: email, line: "Вопрос" }) });
      return subjectOf(ctx, email);
    },
    staffId: () => (staff ??= employ(ctx)),
    moveTo(instant) {
      kit.advance(ctx.now().until(Temporal.Instant.from(instant)));
    },
    photograph: () => photograph(kit.database.ownerAddress),
  };
}

async function employ(ctx: Context): Promise<string> {
  const link = await inviteMember(ctx, "staff");
  const member = { login: "bermet", name: "Бермет Кадрова", password: "зимой снег тёплый" };
  const accepted = await acceptInvitation(ctx, link.slice(-43), member);
  assert.ok(accepted.kind === "accepted", accepted.kind);
  return accepted.staffId;
}

async function photograph(
  owner: Parameters<typeof connect>[0],
): Promise<ReadonlyMap<string, readonly string[]>> {
  await using connection = connect(owner, { name: "photograph", max: 1 });
  // The queue notes there when it last looked after itself, at any moment.
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      and (table_schema, table_name) <> ('pgboss', 'version')`.execute(
    connection.db,
  );
  const picture = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const { rows } = await sql<{
      row: string;
    }>`select t::text as row from ${sql.raw(name)} t order by 1`.execute(connection.db);
    picture.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return picture;
}

/** Tries to use the data for a purpose, for nothing in particular. Says how the gate answers. */
export async function tryUse(
  ctx: Context,
  subject: string,
  purpose: PurposeId,
): Promise<"done" | UseRefusal> {
  const outcome = await ctx.gate.use(
    { subject, purpose, operation: "use", categories: [], actor: { kind: "system" } },
    () => "opened",
  );
  return outcome.kind === "done" ? "done" : outcome.reason;
}

/** What is asked of the database itself, past every type: whatever the caller names. */
export interface Asked {
  readonly subject: string;
  readonly purpose: string;
  readonly operation: string;
  readonly categories: readonly string[];
  readonly actor?: "subject" | "system";
}

/** What the database itself says, whatever the server would. */
export async function askDatabase(ctx: Context, asked: Asked): Promise<VaultAnswer> {
  const [answer] = await askVault(ctx.db, ctx.now(), [{ actor: "system", entry: ctx.newId(), ...asked }]);
  return answer ?? assert.fail("the database gave no answer");
}

/**
 * What the journal says about a person, the oldest first. Times come as text here and below: to Node's `deepEqual` any
 * two Temporal values are equal.
 */
export async function journalOf(ctx: Context, subject: string) {
  const what = ["at", "operation", "purpose", "basis", "clause", "categories"] as const;
  const entries = await entriesAbout(ctx, subject, [...what, "actor", "outcome", "reason", "staff_id"]);
  return entries.map(({ at, ...entry }) => ({ ...entry, at: at.toString() }));
}

/** What has happened to one of the person's consents, in order. */
export async function seriesOf(
  ctx: Context,
  subject: string,
  purpose: PurposeId,
): Promise<readonly ConsentEventKind[]> {
  const events = await ctx.db
    .selectFrom("consent.event")
    .select("kind")
    .where("subject_id", "=", subject)
    .where("purpose", "=", purpose)
    .orderBy("event_id")
    .execute();
  return events.map(({ kind }) => kind);
}

export async function stateOf(ctx: Context, subject: string): Promise<string> {
  const row = await ctx.db
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", subject)
    .executeTakeFirst();
  return row?.state ?? "unknown";
}

/** The destruction of the person's data: which event led to it and its days. */
export async function erasuresOf(ctx: Context, subject: string) {
  const plans = await ctx.db
    .selectFrom("erasure.plan")
    .selectAll()
    .where("subject_id", "=", subject)
    .execute();
  return plans.map((plan) => ({
    event: plan.event,
    due: plan.due_on.toString(),
    cap: plan.cap_on.toString(),
    finished: plan.finished_at?.toString(),
  }));
}

/** What a person reads on a page: its words, one space between any two. */
export async function wordsOf(answer: Response | Promise<Response>): Promise<string> {
  const html = await (await answer).text();
  const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return html
    .replaceAll(/<(script|style)\b[^]*?<\/\1>/g, " ")
    .replaceAll(/<\/?(a|small)\b[^>]*>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/&([a-z]+|#\d+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s+/g, " ");
}
