import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { enrol, newAddress, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { openFromCabinet } from "../requests/open-from-cabinet.ts";
import { receiveLetter } from "../requests/receive-letter.ts";
import { checkPromises } from "./check-promises.ts";

async function examine({ ctx }: TestContext): Promise<readonly string[]> {
  const today = ctx.now().toZonedDateTimeISO("Asia/Bishkek").toPlainDate();
  return (await checkPromises(ctx.db, today)).map(({ level, sentence }) => `${level}: ${sentence}`);
}

test("where nothing is owed, nothing is late and no letter waits", async () => {
  await using kit = await createTestContext();
  assert.deepEqual(await examine(kit), [
    "good: 0 requests are past their due date.",
    "good: 0 erasures are past their due date.",
    "good: No letter waits.",
  ]);
});

test("a request is late from the day after its last one, and is no longer once it is closed", async () => {
  await using kit = await createTestContext();
  await receiveLetter(kit.ctx, { raw: writeLetter({ from: newAddress(), line: subjectLines.rectifyRu }) });
  kit.advance({ days: 9 });
  assert.equal(
    (await examine(kit))[0],
    "good: 0 requests are past their due date.",
    "2 December is the last day",
  );
  kit.advance({ days: 1 });
  assert.equal(
    (await examine(kit))[0],
    "bad: 1 requests are past their due date; see Requests in the console.",
  );
  await kit.ctx.db
    .updateTable("requests.request")
    .set({ state: "closed", outcome: "answered", closed_at: kit.ctx.now() })
    .execute();
  assert.equal((await examine(kit))[0], "good: 0 requests are past their due date.");
});

test("a destruction that has not ended by its day is bad; so is its request; letters that wait are named", async () => {
  await using kit = await createTestContext();
  const subject = await enrol(kit.ctx, newAddress());
  await openFromCabinet(kit.ctx, { subject, kind: "destruction", language: "ru" });
  await kit.runJobs();
  const sentences = await examine(kit);
  assert.deepEqual(sentences.slice(0, 2), [
    "good: 0 requests are past their due date.",
    "good: 0 erasures are past their due date.",
  ]);
  assert.match(sentences[2] ?? "", /^warning: 2 letters wait to leave; see Letters in the console\.$/);
  kit.advance({ days: 31 });
  assert.deepEqual((await examine(kit)).slice(0, 2), [
    "bad: 1 requests are past their due date; see Requests in the console.",
    "bad: 1 erasures are past their due date; see Requests in the console.",
  ]);
  // The sweep that a stopped server did not run is what was missing.
  await kit.runJobs();
});

test("no finding says who is waiting", async () => {
  await using kit = await createTestContext();
  const address = newAddress();
  const subject = await enrol(kit.ctx, address);
  await openFromCabinet(kit.ctx, { subject, kind: "stop", language: "ru" });
  kit.advance({ days: 40 });
  const text = (await examine(kit)).join("\n");
  for (const mark of [address, subject, "Тестов"]) assert.ok(!text.includes(mark));
});
