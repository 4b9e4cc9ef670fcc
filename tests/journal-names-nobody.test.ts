import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { type CabinetPeople, createCabinetPeople, type Person } from "../test-kit/cabinet-people.ts";
import { readMyData } from "../server/access/my-data.ts";
import type { Context } from "../server/context.ts";
import { readEntryLinks } from "../server/journal/entry-links.ts";
import { sequenceEntries } from "../server/journal/sequence-entries.ts";
import { openFromCabinet } from "../server/requests/open-from-cabinet.ts";
import { openLink } from "../server/vault/entry-link.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";

// Nothing in the journal and the ledger links the entries of somebody erased, and what did is sealed in backups: here, what the
// tables held before the erasure. (By the moment of a consent or a request some can still be matched: decision 011.)

let people: CabinetPeople;
let ctx: Context;
let person: Person;
let entries: readonly string[];
let backup: readonly { readonly table: string; readonly row: string }[];
before(async () => {
  people = await createCabinetPeople();
  ctx = people.kit.ctx;
  person = await people.enrol({ ticked: ["8.4"] });
  await people.enrol();
  for (let look = 0; look < 3; look += 1) await readMyData(ctx, person.subject);
  await sequenceEntries(ctx);
  entries = (await readEntryLinks(ctx, person.subject)).map(({ entryId }) => entryId);
  backup = await readEverything();
  await openFromCabinet(ctx, { subject: person.subject, kind: "destruction", language: "ru" });
  await people.kit.runJobs();
});
after(() => people[Symbol.asyncDispose]());

/** Every row of every table, bytes in hexadecimal. */
async function readEverything() {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')`.execute(ctx.db);
  const all = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(ctx.db);
      return rows.map(({ row }) => ({ table: name, row }));
    }),
  );
  return all.flat();
}

const namesEntry = (row: string, entry: string) => row.includes(entry) || row.includes(entry.replaceAll("-", ""));

test("a backup from before an erasure names the person's entries nowhere but in the journal and its ledger", () => {
  assert.ok(entries.length >= 5, "there is something to find");
  for (const entry of entries) {
    const tables = backup.filter(({ row }) => namesEntry(row, entry)).map(({ table }) => table);
    assert.deepEqual(tables.toSorted(), ["journal.entry", "ledger.leaf"]);
  }
});

test("no entry in a backup says whom it is about", () => {
  const own = backup.filter(({ table, row }) => table.startsWith("journal.entry") && entries.some((id) => row.includes(id)));
  assert.equal(own.length, entries.length);
  for (const { row } of own) assert.ok(!row.includes(person.subject));
});

test("with the epoch's key destroyed the links of a backup open to nobody", async () => {
  const links = backup.filter(({ table, row }) => table === "journal.about" && row.includes(person.subject));
  assert.ok(links.length >= entries.length);
  const stranger = new KeyEncryptionKeys([{ epoch: 1, bytes: Buffer.alloc(32, 9) }]);
  for (const { row } of links) {
    const [, hex = ""] = /\\\\x([0-9a-f]+)/.exec(row) ?? [];
    const link = { kek_epoch: 1, sealed: Buffer.from(hex, "hex") };
    assert.ok(entries.includes(openLink(ctx.keys, person.subject, link).entryId), "the key was there");
    assert.throws(() => openLink(stranger, person.subject, link), { code: "seal-broken" });
  }
});

test("after the erasure nothing is left of the links at all", async () => {
  const rows = await readEverything();
  assert.deepEqual(rows.filter(({ table, row }) => table === "journal.about" && row.includes(person.subject)), []);
});
