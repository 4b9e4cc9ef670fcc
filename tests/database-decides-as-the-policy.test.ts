import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Kysely } from "kysely";
import { type ConsentEventKind, consentEventKinds } from "../policy/rules/consent-state.ts";
import { decideUse, type SubjectState, type UseFacts, type UseRequest } from "../policy/rules/decide-use.ts";
import type { Context } from "../server/context.ts";
import { connect } from "../server/database/connect.ts";
import type { Database } from "../server/database/schema-types.ts";
import { appendConsentEvents } from "../server/journal/consent-events.ts";
import { newSubject } from "../server/vault/new-subject.ts";
import { storeSubject } from "../server/vault/store-subject.ts";
import { createTestContext, type TestContext } from "../test-kit/context.ts";
import { askVault } from "../test-kit/ask-vault.ts";

// `vault.open_subjects` repeats in SQL what `decideUse` says in TypeScript: this holds the two together.

let kit: TestContext;
let ctx: Context;
before(async () => {
  kit = await createTestContext();
  ctx = kit.ctx;
});
after(() => kit[Symbol.asyncDispose]());

/** What the company owes the person, if anything: an answer, a destruction, the letter with a code they asked for. */
const debts = ["nothing", "request", "erasure", "code", "spent code"] as const;
type Debt = (typeof debts)[number];

test("in every case the database decides as the rules of the policy do, before it gives a key away", async () => {
  await using owner = connect(kit.database.ownerAddress, { name: "cases", max: 1 });
  const subjects = new Map<string, UseFacts & { readonly debt: Debt }>();
  for (const consent of [...consentEventKinds, "never-asked"] as const) {
    for (const subject of ["active", "stopped", "erased"] as const satisfies SubjectState[]) {
      for (const debt of debts) {
        const id = await makeSubject(owner.db, { consent, subject, debt });
        subjects.set(id, { consent, subject, owed: debt !== "nothing" && debt !== "spent code", debt });
      }
    }
  }
  subjects.set(ctx.newId(), { consent: "never-asked", subject: "unknown", owed: false, debt: "nothing" });

  const grounds = [...Object.keys(ctx.policy.purposes), ...Object.keys(ctx.policy.duties), "8.11"];
  const cases = [...subjects].flatMap(([subject, facts]) =>
    grounds.flatMap((purpose) =>
      (["subject", "system"] as const).flatMap((actor) =>
        ["use", "destruction"].flatMap((operation) =>
          [["email"], ["email", "letter"]].map((categories) => ({
            subject,
            facts,
            purpose,
            actor,
            operation,
            categories,
          })),
        ),
      ),
    ),
  );
  const decided = await decideAll(
    owner.db,
    cases.map((one) => ({ ...one, entry: ctx.newId() })),
  );
  let allowed = 0;
  for (const [index, { facts, actor, ...request }] of cases.entries()) {
    const rule = decideUse(ctx.policy, request, { ...facts, owed: facts.owed || actor === "subject" });
    const expected =
      rule.kind === "allowed"
        ? { outcome: "done", reason: null, clause: rule.clause, opened: true }
        : { outcome: "refused", reason: rule.reason, clause: rule.clause, opened: false };
    assert.deepEqual(decided[index], expected, JSON.stringify({ facts, actor, ...request }));
    if (rule.kind === "allowed") allowed += 1;
  }
  assert.ok(cases.length > 10_000 && allowed > 100, `${cases.length} cases, ${allowed} of them allowed`);
});

/** Somebody in this state, whose every consent has come to this, and to whom this is owed. */
async function makeSubject(
  db: Kysely<Database>,
  facts: {
    readonly consent: ConsentEventKind | "never-asked";
    readonly subject: SubjectState;
    readonly debt: Debt;
  },
): Promise<string> {
  const made = newSubject(ctx);
  const subject = made.subjectId;
  await storeSubject(db, made, ctx.now());
  await db
    .updateTable("vault.subject")
    .set({ state: facts.subject })
    .where("subject_id", "=", subject)
    .execute();
  // A series: what came before the last event must not matter.
  const before = facts.consent === "given" ? "withdrawn" : "given";
  if (facts.consent !== "never-asked") {
    await appendConsentEvents(db, ctx, { subject, kind: before, purposes: Object.keys(ctx.policy.purposes) });
    await appendConsentEvents(db, ctx, { subject, kind: facts.consent, purposes: Object.keys(ctx.policy.purposes) });
  }
  const day = Temporal.PlainDate.from("2026-12-23");
  if (facts.debt === "request") {
    const request: Omit<Database["requests.request"], "number"> = {
      subject_id: subject,
      request_id: ctx.newId(),
      kind: "question",
      clause: "21",
      channel: "letter",
      language: "ru",
      received_at: ctx.now(),
      due_on: day,
      state: "staff",
      outcome: null,
      confirmed_at: null,
      closed_at: null,
      closed_by: null,
    };
    await db.insertInto("requests.request").values(request).execute();
  }
  if (facts.debt === "erasure") {
    const plan = {
      subject_id: subject,
      erasure_id: ctx.newId(),
      request_id: null,
      event: "17.2",
      finished_at: null,
    } as const;
    await db
      .insertInto("erasure.plan")
      .values({ ...plan, accepted_at: ctx.now(), due_on: day, cap_on: day })
      .execute();
  }
  if (facts.debt === "code" || facts.debt === "spent code") {
    const code = {
      code_id: ctx.newId(),
      subject_id: subject,
      digest: ctx.randomBytes(32),
      key_version: 1,
      created_at: ctx.now(),
    };
    const used = facts.debt === "code" ? null : ctx.now();
    await db
      .insertInto("sign_in.code")
      .values({ ...code, expires_at: ctx.now().add({ minutes: 10 }), used_at: used })
      .execute();
  }
  return subject;
}

/** The database's answers, in the order of the questions, in one statement. */
async function decideAll(
  db: Kysely<Database>,
  cases: readonly (UseRequest & {
    readonly entry: string;
    readonly subject: string;
    readonly actor: string;
  })[],
) {
  return askVault(db, ctx.now(), cases);
}
