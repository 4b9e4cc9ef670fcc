import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { Context } from "../../server/context.ts";
import { receiveLetter } from "../../server/requests/receive-letter.ts";
import { newAddress, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { createScene, formIds, journalOf, type Scene } from "./scene.ts";

let scene: Scene;
let ctx: Context;
before(async () => {
  scene = await createScene();
  ctx = scene.ctx;
  for (const form of formIds) await scene.enrol({ form });
  const person = await scene.enrol();
  await receiveLetter(ctx, { raw: writeLetter({ from: person.email, line: subjectLines.rectifyRu }) });
  await scene.stranger(newAddress());
  await receiveLetter(ctx, { raw: Buffer.from("no letter at all") });
});
after(() => scene[Symbol.asyncDispose]());

test("3: everything received belongs to a person under the policy: none of it lies apart from somebody's key", async () => {
  const tables = [
    "vault.attribute",
    "letters.incoming",
    "letters.outgoing",
    "enquiries.enquiry",
    "consent.act",
  ] as const;
  for (const table of tables) {
    const { rows } = await sql<{ rows: number; orphans: number }>`
      select count(*)::int as rows, count(*) filter (where subject.subject_id is null)::int as orphans
      from ${sql.table(table)} held left join vault.subject subject on subject.subject_id = held.subject_id`.execute(
      ctx.db,
    );
    assert.ok((rows[0]?.rows ?? 0) > 0, table);
    assert.equal(rows[0]?.orphans, 0, table);
  }
});

test("3: every value is kept with what it came with: a form that was agreed to, or a letter", async () => {
  const { rows } = await sql<{ category: string; enquiries: number; letters: number }>`
    select attribute.category,
      (select count(*)::int from enquiries.enquiry enquiry
        join consent.act act on act.act_id = enquiry.consent_act_id and act.subject_id = enquiry.subject_id
        where enquiry.subject_id = attribute.subject_id and enquiry.enquiry_id = attribute.record_id) as enquiries,
      (select count(*)::int from letters.incoming letter
        where letter.subject_id = attribute.subject_id and letter.letter_id = attribute.record_id) as letters
    from vault.attribute attribute`.execute(ctx.db);
  assert.ok(rows.some(({ enquiries }) => enquiries === 1) && rows.some(({ letters }) => letters === 1));
  for (const { category, enquiries, letters } of rows) assert.equal(enquiries + letters, 1, category);
});

test("3: every taking in is journaled with the ground it stands on, by form and by letter alike", async () => {
  const subjects = await ctx.db.selectFrom("vault.subject").select("subject_id").execute();
  for (const { subject_id: subject } of subjects) {
    const taken = (await journalOf(ctx, subject)).filter(({ operation }) => operation === "collection");
    const count = async (table: "enquiries.enquiry" | "letters.incoming") =>
      (await ctx.db.selectFrom(table).select("subject_id").where("subject_id", "=", subject).execute())
        .length;
    assert.equal(taken.length, (await count("enquiries.enquiry")) + (await count("letters.incoming")));
    for (const { purpose, basis, outcome } of taken) {
      assert.deepEqual(
        [purpose, basis, outcome],
        purpose === "8.2" ? ["8.2", "contract", "done"] : ["7", "duty", "done"],
      );
    }
  }
});

test("3: even what nobody can read lies sealed under a key of its own, with a request that says what it is", async () => {
  const { rows } = await sql<{ kind: string; sealed: Buffer }>`
    select request.kind, letter.sealed from letters.incoming letter
    join requests.request request on request.request_id = letter.request_id
    where not exists (select from vault.attribute held where held.subject_id = letter.subject_id)`.execute(
    ctx.db,
  );
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ["question"],
  );
  assert.ok(!rows[0]?.sealed.includes("no letter at all"));
});
