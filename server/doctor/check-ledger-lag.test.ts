import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestContext } from "../../test-kit/context.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { sequenceEntries } from "../journal/sequence-entries.ts";
import { checkLedgerLag } from "./check-ledger-lag.ts";

test("entries that wait for the ledger longer than five minutes are told", async () => {
  await using kit = await createTestContext();
  const { ctx } = kit;
  assert.equal((await checkLedgerLag(ctx.db, ctx.now())).level, "good");
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000101", email: "aibek.testov@example.kg" };
  await submitEnquiry(ctx, { form: "enrol", language: "ru", fields, ticked: [], declared: true });
  assert.equal((await checkLedgerLag(ctx.db, ctx.now())).level, "good", "a moment is no delay");
  kit.advance({ minutes: 6 });
  const late = await checkLedgerLag(ctx.db, ctx.now());
  assert.equal(late.level, "bad");
  assert.match(late.sentence, /^Journal entries since 2026-11-23T03:00:00Z are not in the ledger/);
  await sequenceEntries(ctx);
  assert.deepEqual(await checkLedgerLag(ctx.db, ctx.now()), {
    level: "good",
    sentence: "The ledger holds 1 entries, and none waits.",
  });
});
