import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import type { AppPolicy } from "../config/policy.ts";
import type { Context } from "../context.ts";
import type { Gate } from "./gate.ts";
import { aCountingGate, aPersonWithPhone, usesOf, staff, untilWaiting } from "./gate-scene.ts";
import { stopSubject } from "./stop-subject.ts";

let scene: TestContext;
let ctx: Context;
before(async () => {
  scene = await createTestContext();
  ctx = scene.ctx;
});
after(() => scene[Symbol.asyncDispose]());

function readPhone(subject: string, gate: Gate<AppPolicy> = ctx.gate) {
  return gate.use(
    { subject, purpose: "8.2", operation: "extraction", categories: ["phone"], actor: staff },
    ({ latest }) => latest.phone,
  );
}

const refused = (reason: string, clause: string) => ({ kind: "refused", reason, clause });

test("uses that come together share round trips, and each gets its own person, purpose and journal row", async () => {
  const { gate, statements } = aCountingGate(ctx);
  const subjects = await Promise.all(
    Array.from({ length: 20 }, (_, n) => aPersonWithPhone(ctx, n % 2 === 0 ? ["8.2"] : ["8.8"], `+9965550001${n + 10}`)),
  );
  const reads = await Promise.all(subjects.map((subject) => readPhone(subject, gate)));
  const other = { purpose: "16-1", operation: "access", categories: [], actor: { kind: "subject" } } as const;
  const [own, again] = await Promise.all([
    gate.use({ ...other, subject: subjects[1] ?? "" }, () => "shown"),
    readPhone(subjects[0] ?? "", gate),
  ]);
  assert.deepEqual(
    reads,
    subjects.map((_, n) => (n % 2 === 0 ? { kind: "done", value: `+9965550001${n + 10}` } : refused("no-consent", "6"))),
  );
  assert.deepEqual([own, again], [{ kind: "done", value: "shown" }, { kind: "done", value: "+996555000110" }]);
  assert.ok(statements() <= 8, `${statements()} statements for 22 uses`);
  const entries = await Promise.all(subjects.map((subject) => usesOf(ctx, subject)));
  assert.deepEqual(entries.map(({ length }) => length), [2, 2, ...Array.from({ length: 18 }, () => 1)]);
  assert.deepEqual(entries[1]?.map(({ purpose, actor }) => [purpose, actor]), [["8.2", "staff"], ["16-1", "subject"]]);
});

test("a use that the database cannot make sense of fails alone", async () => {
  const [one, other] = [await aPersonWithPhone(ctx, ["8.2"]), await aPersonWithPhone(ctx, ["8.2"])];
  const wrong = ["not an id", "nor this"];
  const reads = await Promise.allSettled([...wrong, one, ...wrong, other].map((subject) => readPhone(subject)));
  assert.deepEqual(
    reads.map(({ status }) => status),
    ["rejected", "rejected", "fulfilled", "rejected", "rejected", "fulfilled"],
  );
  for (const subject of [one, other]) assert.equal((await usesOf(ctx, subject)).length, 1);
});

test("a person whose stop is under way waits for it, is refused, and keeps nobody else waiting", async () => {
  const [first, second, third] = [
    await aPersonWithPhone(ctx, ["8.2"]),
    await aPersonWithPhone(ctx, ["8.2"]),
    await aPersonWithPhone(ctx, ["8.2"]),
  ];
  let reads: Promise<unknown> | undefined;
  await ctx.db.transaction().execute(async (tx) => {
    await stopSubject(tx, first, ctx.now());
    await stopSubject(tx, second, ctx.now());
    reads = Promise.all([first, second, first, second].map((subject) => readPhone(subject)));
    await untilWaiting(ctx, 4);
    assert.deepEqual(await readPhone(third), { kind: "done", value: "+996555000111" });
    assert.deepEqual(await usesOf(ctx, first), []);
  });
  assert.deepEqual(await reads, Array.from({ length: 4 }, () => refused("stopped", "17")));
  assert.deepEqual((await usesOf(ctx, first)).map(({ outcome }) => outcome), ["refused", "refused"]);
});
