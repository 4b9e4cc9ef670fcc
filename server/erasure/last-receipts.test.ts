import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { verifyReceipt } from "../../ledger/receipt.ts";
import { type CabinetPeople, createCabinetPeople } from "../../test-kit/cabinet-people.ts";
import type { Context } from "../context.ts";
import { openFromCabinet } from "../requests/open-from-cabinet.ts";

let people: CabinetPeople;
let ctx: Context;
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
});
after(() => people[Symbol.asyncDispose]());

test("the last letter brings the person a receipt of everything they agreed to and demanded, and each can be checked", async () => {
  const person = await people.enrol({ ticked: ["8.4"], language: "ky" });
  await people.sendAgain(person, "consultation");
  await openFromCabinet(ctx, { subject: person.subject, kind: "stop", language: "ky" });
  await people.kit.runJobs();
  const letter = people.mail.letters.findLast(({ to }) => to === person.email) ?? assert.fail("no letter came");
  assert.match(letter.text, /квитанциялар тиркелди/);
  const kinds = letter.attachments.map(({ content }) => verifyReceipt(content, ctx.signer.verifier).detail["kind"]);
  assert.deepEqual(kinds, ["withdrawal", "withdrawal", "request", "consent", "consent"]);
  assert.equal(new Set(letter.attachments.map(({ name }) => name)).size, 5, "each file has a name of its own");
  const { state } = await ctx.db
    .selectFrom("vault.subject")
    .select("state")
    .where("subject_id", "=", person.subject)
    .executeTakeFirstOrThrow();
  assert.equal(state, "erased");
});

test("a receipt that the database contradicts keeps nobody's erasure waiting; it is told of and left out", async () => {
  const person = await people.enrol({ ticked: ["8.4"] });
  const act = await ctx.db.selectFrom("consent.act").selectAll().where("subject_id", "=", person.subject).executeTakeFirstOrThrow();
  await ctx.db.deleteFrom("consent.act").where("subject_id", "=", person.subject).execute();
  await ctx.db.insertInto("consent.act").values({ ...act, button_label: "Другая кнопка" }).execute();
  await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  await people.kit.runJobs();
  const letter = people.mail.letters.findLast(({ to }) => to === person.email) ?? assert.fail("no letter came");
  assert.deepEqual(letter.attachments.map(({ content }) => verifyReceipt(content, ctx.signer.verifier).detail["kind"]), ["withdrawal", "withdrawal", "request"]);
  assert.ok(people.kit.log.some((line) => line.includes("receipt-contradicted")));
});
