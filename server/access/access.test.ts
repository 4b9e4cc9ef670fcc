import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CabinetPeople, createCabinetPeople, type Person } from "../../test-kit/cabinet-people.ts";
import type { Context } from "../context.ts";
import { acceptStop } from "../vault/accept-stop.ts";
import { readMyData } from "./my-data.ts";
import { historyPageSize, readMyHistory } from "./my-history.ts";
import { findMyErasure, readMyRequests } from "./my-requests.ts";
import { entriesAbout } from "../../test-kit/entries-about.ts";

let people: CabinetPeople;
let ctx: Context;
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
});
after(() => people[Symbol.asyncDispose]());

async function dataOf({ subject }: Person) {
  const read = await readMyData(ctx, subject);
  return read.kind === "done" ? read.value : assert.fail(read.reason);
}

async function stop({ subject }: Person): Promise<void> {
  await ctx.db.transaction().execute((tx) =>
    acceptStop(ctx, tx, { subject, event: "17.2", request: null, actor: { kind: "subject" } }),
  );
}

test("a person sees every value they gave, with the enquiry it came with and when", async () => {
  const person = await people.enrol({ form: "order" });
  people.kit.advance({ hours: 1 });
  await people.sendAgain(person, "enrol");
  const { enquiries, values, letters } = await dataOf(person);
  assert.deepEqual(enquiries.map(({ form, state }) => [form, state]), [["enrol", "open"], ["order", "open"]]);
  for (const enquiry of enquiries) {
    const came = values.filter(({ record }) => record === enquiry.enquiryId);
    assert.deepEqual(Object.fromEntries(came.map(({ category, value }) => [category, value])), {
      surname: "Тестов",
      firstName: "Айбек",
      phone: person.phone,
      email: person.email,
    });
    for (const { recordedAt } of came) assert.equal(String(recordedAt), String(enquiry.submittedAt));
  }
  assert.deepEqual(letters.map((letter) => letter.way === "to-me" && [letter.kind, letter.state]), [
    ["enquiry-received", "sent"],
    ["enquiry-received", "sent"],
  ]);
});

test("looking at one's data is journaled like any other use, and shows in the history", async () => {
  const person = await people.enrol();
  await dataOf(person);
  const { entries } = await readMyHistory(ctx, { subject: person.subject });
  const { operation, purpose, actor, clause, refusal } = entries[0] ?? assert.fail("the history is empty");
  assert.deepEqual({ operation, purpose, actor, clause, refusal }, {
    operation: "extraction",
    purpose: "16-1",
    actor: "subject",
    clause: "16",
    refusal: undefined,
  });
});

test("a person who was stopped still sees their data, and that the enquiry was stopped", async () => {
  const person = await people.enrol();
  await stop(person);
  const { enquiries, values } = await dataOf(person);
  assert.deepEqual(enquiries.map(({ state }) => state), ["stopped"]);
  assert.equal(values.length, 4);
});

test("the history shows a refused use with its reason, and who tried by class only", async () => {
  const person = await people.enrol({ ticked: [] });
  const use = {
    subject: person.subject,
    purpose: "8.4",
    operation: "use",
    categories: ["email"],
    actor: { kind: "staff", staffId: ctx.newId() },
  } as const;
  assert.equal((await ctx.gate.use(use, () => "")).kind, "refused");
  const { entries } = await readMyHistory(ctx, { subject: person.subject });
  const { entryId: _, at: __, ...entry } = entries[0] ?? assert.fail("the history is empty");
  assert.deepEqual(entry, {
    operation: "use",
    purpose: "8.4",
    clause: "6",
    categories: ["email"],
    actor: "staff",
    refusal: "no-consent",
  });
});

test("a long history comes in pages, the newest first, each line once and nobody else's", async () => {
  const [person, other] = [await people.enrol(), await people.enrol()];
  for (let look = 0; look < historyPageSize + 3; look += 1) await dataOf(person);
  await dataOf(other);
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await readMyHistory(ctx, { subject: person.subject, before });
    seen.push(...page.entries.map(({ entryId }) => entryId));
    before = page.older;
  } while (before !== undefined);
  assert.deepEqual(seen, [...new Set(seen)].sort().reverse());
  const own = await entriesAbout(ctx, person.subject, ["entry_id"]);
  assert.deepEqual(seen.toReversed(), own.map(({ entry_id }) => entry_id));
});

test("a destruction is followed to its end by the register alone, when nothing else is left", async () => {
  const person = await people.enrol();
  assert.equal(await findMyErasure(ctx, person.subject), undefined);
  await stop(person);
  const begun = await findMyErasure(ctx, person.subject);
  assert.deepEqual([begun?.event, begun?.requestId, begun?.finishedAt, begun?.steps], ["17.2", undefined, undefined, []]);
  await people.kit.runJobs();
  const ended = await findMyErasure(ctx, person.subject);
  assert.equal(String(ended?.finishedAt), String(ctx.now()));
  assert.deepEqual([ended?.steps.at(0)?.target, ended?.steps.at(-1)?.target], ["tell", "key"]);
  assert.deepEqual(await readMyRequests(ctx, person.subject), []);
  const read = await readMyData(ctx, person.subject);
  assert.equal(read.kind === "refused" && read.reason, "erased");
});
