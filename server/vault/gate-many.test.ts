import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import type { Context } from "../context.ts";
import { appendConsentEvents } from "../journal/consent-events.ts";
import { aCountingGate, aPersonWithPhone, usesOf, staff, untilWaiting } from "./gate-scene.ts";
import type { OpenSubject } from "./open-subject.ts";
import { stopSubject } from "./stop-subject.ts";

let scene: TestContext;
let ctx: Context;
before(async () => {
  scene = await createTestContext();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

const phones = { purpose: "8.2", operation: "extraction", categories: ["phone"], actor: staff } as const;
const phoneOf = (opened: OpenSubject<"phone">) => opened.latest.phone;

/** So many people, each with a phone number of their own. */
function people(count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => aPersonWithPhone(ctx, ["8.2"], `+99655500010${n}`)));
}

test("many people's data is opened in the order asked, with one journal row for each", async () => {
  const subjects = (await people(5)).toReversed();
  const read = await ctx.gate.useMany({ ...phones, subjects }, (opened, subject) => [subject, opened.latest.phone]);
  assert.deepEqual(
    read,
    subjects.map((subject, index) => ({ kind: "done", value: [subject, `+99655500010${4 - index}`] })),
  );
  for (const subject of subjects) {
    assert.deepEqual((await usesOf(ctx, subject)).map(({ outcome }) => outcome), ["done"]);
  }
});

test("the number of statements does not grow with the number of people", async () => {
  const { gate, statements } = aCountingGate(ctx);
  const statementsFor = async (subjects: readonly string[]) => {
    const before = statements();
    const outcomes = await gate.useMany({ ...phones, subjects }, phoneOf);
    assert.equal(outcomes.length, subjects.length);
    return statements() - before;
  };
  const subjects = await people(10);
  assert.equal(await statementsFor([]), 0);
  assert.equal(await statementsFor(subjects.slice(0, 1)), 1);
  assert.equal(await statementsFor(subjects), 1);
  const nobody = (count: number) => Array.from({ length: count }, () => ctx.newId());
  assert.equal(await statementsFor([...subjects, ...nobody(490)]), 1);
  assert.equal(await statementsFor([...subjects, ...nobody(491)]), 2);
});

test("a stop or a withdrawal refuses that person alone, and the refusal is journaled", async () => {
  const [stopped = "", withdrawn = "", willing = ""] = await people(3);
  await stopSubject(ctx.db, stopped, ctx.now());
  await appendConsentEvents(ctx.db, ctx, { subject: withdrawn, kind: "withdrawn", purposes: ["8.2"] });
  const unknown = ctx.newId();
  const seen: string[] = [];
  const subjects = [unknown, stopped, withdrawn, willing];
  const read = await ctx.gate.useMany({ ...phones, subjects }, (opened, subject) => {
    seen.push(subject);
    return phoneOf(opened);
  });
  assert.deepEqual(read, [
    { kind: "refused", reason: "unknown-subject", clause: "3" },
    { kind: "refused", reason: "stopped", clause: "17" },
    { kind: "refused", reason: "no-consent", clause: "6" },
    { kind: "done", value: "+996555000102" },
  ]);
  assert.deepEqual(seen, [willing]);
  const reasons = await Promise.all([stopped, withdrawn, willing].map((subject) => usesOf(ctx, subject)));
  assert.deepEqual(reasons.map((entries) => entries.map(({ reason }) => reason)), [["stopped"], ["no-consent"], [null]]);
});

test("whoever is named twice is not opened, nor is anybody else", async () => {
  const [one = "", other = ""] = await people(2);
  const twice = ctx.gate.useMany({ ...phones, subjects: [one, other, one] }, phoneOf);
  await assert.rejects(twice, { code: "subject-asked-twice" });
  assert.deepEqual(await usesOf(ctx, one), []);
});

test("each person's key is wiped before the next is opened", async () => {
  const subjects = await people(3);
  let last: (() => Buffer) | undefined;
  await ctx.gate.useMany({ ...phones, subjects }, (opened) => {
    if (last) assert.throws(last, { code: "seal-broken" });
    const sealed = opened.seal(Buffer.from("a note"), "a row");
    last = () => opened.unseal(sealed, "a row");
    assert.equal(last().toString(), "a note");
  });
  assert.ok(last);
  assert.throws(last, { code: "seal-broken" });
});

test("every journal row is there for good before the first person's data is seen", async () => {
  const subjects = await people(3);
  const fails = ctx.gate.useMany({ ...phones, subjects }, async () => {
    const entries = await Promise.all(subjects.map((subject) => usesOf(ctx, subject)));
    throw new Error(`${entries.flat().length} entries`);
  });
  await assert.rejects(fails, /^Error: 3 entries$/);
});

test("a batch waits for its first person with no hold on the others, whatever order it was asked in", async () => {
  const subjects = (await people(2)).toSorted();
  const [first = "", second = ""] = subjects;
  let batch: Promise<unknown> | undefined;
  await ctx.db.transaction().execute(async (tx) => {
    await stopSubject(tx, first, ctx.now());
    batch = ctx.gate.useMany({ ...phones, subjects: subjects.toReversed() }, phoneOf);
    await untilWaiting(ctx, 1);
    // With locks in the order asked, the batch would hold this row, and this would wait for it for ever.
    await stopSubject(tx, second, ctx.now());
  });
  const stopped = { kind: "refused", reason: "stopped", clause: "17" };
  assert.deepEqual(await batch, [stopped, stopped]);
});
