import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { type LookupKeys, openLookupKeys } from "../config/lookup-keys.ts";
import type { Context } from "../context.ts";
import { columnOf } from "../database/columns.ts";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/schema-types.ts";
import { BlindIndex } from "../vault/blind-index.ts";
import { learnVersions, requireLookupKeys } from "../vault/lookup-versions.ts";

/** Servers that share a database and files of the look-up key, and whoever owns the database. */
export interface LookupScene extends AsyncDisposable {
  readonly kit: TestContext;
  readonly owner: Kysely<Database>;
  readonly lookupKeys: LookupKeys;
  /** One that has just been started: of later versions it knows only what it finds out by itself. */
  startServer(): Promise<Context>;
}

export async function openLookupScene(): Promise<LookupScene> {
  await using resources = new AsyncDisposableStack();
  const kit = resources.use(await createTestContext());
  const directory = mkdtempSync(join(tmpdir(), "ubada-look-up-"));
  resources.defer(() => rmSync(directory, { recursive: true }));
  const text = Buffer.from(kit.reopen.lookupKey, "hex").toString("base64");
  writeFileSync(join(directory, "lookup.key"), text, { mode: 0o600 });
  const lookupKeys = openLookupKeys(directory);
  const { db: owner } = resources.use(connect(kit.database.ownerAddress, { name: "owner", max: 6 }));
  await requireLookupKeys(owner, lookupKeys);
  const kept = resources.move();
  return {
    kit,
    owner,
    lookupKeys,
    async startServer() {
      const index = new BlindIndex(lookupKeys.read(), lookupKeys);
      await learnVersions({ db: kit.ctx.db, index });
      return { ...kit.ctx, index };
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Invented people, each found by an address and a phone of the newest version. Returns each address with its subject. */
export async function storeFindable(
  owner: Kysely<Database>,
  index: BlindIndex,
  count: number,
): Promise<ReadonlyMap<string, string>> {
  const people = Array.from({ length: count }, () => {
    const subject = crypto.randomUUID();
    return { subject, email: `${subject}@example.kg`, phone: `+996${subject}` };
  });
  const rows = people.flatMap(({ subject, email, phone }) => [
    { subject, digest: index.digest("email", email), category: "email", identifies: true },
    { subject, digest: index.digest("phone", phone), category: "phone", identifies: false },
  ]);
  await sql`
    insert into vault.lookup (digest, subject_id, key_version, category, identifies)
    select digest, subject_id, ${index.version}, category, identifies from unnest(
      ${columnOf("bytea", rows.map(({ digest }) => digest))}::bytea[],
      ${columnOf("uuid", rows.map(({ subject }) => subject))}::uuid[],
      ${columnOf("text", rows.map(({ category }) => category))}::text[],
      ${columnOf("boolean", rows.map(({ identifies }) => identifies))}::boolean[])
      as row (digest, subject_id, category, identifies)`.execute(owner);
  return new Map(people.map(({ subject, email }) => [email, subject]));
}
