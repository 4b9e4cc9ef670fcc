import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { startWitness } from "../../test-kit/witness-server.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { extendLedger } from "../journal/extend-ledger.ts";
import { askWitnesses } from "../journal/witness-round.ts";
import { checkWitnesses } from "./check-witnesses.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-witnesses-"));
});
after(() => rm(folder, { recursive: true }));

const findings = ({ ctx }: TestContext) => checkWitnesses(ctx.db, ctx.config.witnesses, ctx.now());
const levels = async (kit: TestContext) => (await findings(kit)).map(({ level }) => level);

test("no witness is a note, not a fault", async () => {
  await using kit = await createTestContext();
  assert.deepEqual(await levels(kit), ["warning"]);
});

test("a witness that cosigns is good, one that has failed for an hour is bad, and so is one that has seen another history", async () => {
  await using honest = await startWitness("honest.example", () => Temporal.Instant.from("2026-11-23T03:00:00Z"));
  await using late = await startWitness("late.example", () => Temporal.Instant.from("2026-11-23T03:00:00Z"));
  await using forked = await startWitness("forked.example", () => Temporal.Instant.from("2026-11-23T03:00:00Z"));
  const setting = [honest, late, forked].map((witness) => witness.setting).join(" ");
  await using kit = await createTestContext({ environment: { UBADA_DATA: folder, WITNESSES: setting } });
  assert.deepEqual(await levels(kit), ["warning", "warning", "warning"]);
  honest.know(kit.ctx.signer.verifier);
  forked.remember(kit.ctx.signer.verifier, { size: 1, root: Buffer.alloc(32) });
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000101", email: "aibek.testov@example.kg" };
  await submitEnquiry(kit.ctx, { form: "enrol", language: "ru", fields, ticked: [], declared: true });
  await extendLedger(kit.ctx);
  await askWitnesses(kit.ctx, new AbortController().signal);
  assert.deepEqual(await levels(kit), ["good", "warning", "bad"]);
  kit.advance({ minutes: 61 });
  assert.deepEqual(await levels(kit), ["good", "bad", "bad"]);
  const [good, bad, alarm] = await findings(kit);
  assert.match(good?.sentence ?? "", /honest\.example has cosigned 1 entries/);
  assert.match(bad?.sentence ?? "", /late\.example does not know this ledger; .* It has cosigned nothing yet/);
  assert.match(alarm?.sentence ?? "", /forked\.example has seen other entries than the first 1, .* another history/);
});
