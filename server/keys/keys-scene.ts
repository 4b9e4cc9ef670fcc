import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { createKeyFiles } from "../config/key-files.ts";
import type { KeyProvider } from "../config/key-provider.ts";
import type { Context } from "../context.ts";
import { columnOf } from "../database/columns.ts";
import { connect } from "../database/connect.ts";
import type { Database } from "../database/schema-types.ts";
import { Gate } from "../vault/gate.ts";
import { KeyEncryptionKeys } from "../vault/key-encryption-keys.ts";
import { startEpochs } from "../vault/start-epochs.ts";

/** A server with key files, and whoever owns its database. */
export interface KeysScene extends AsyncDisposable {
  readonly kit: TestContext;
  /** The server: it knows of new keys only what it finds out by itself. */
  readonly ctx: Context;
  readonly owner: Kysely<Database>;
  readonly provider: KeyProvider;
  readonly directory: string;
}

export async function openKeysScene(): Promise<KeysScene> {
  await using resources = new AsyncDisposableStack();
  const kit = resources.use(await createTestContext());
  const directory = mkdtempSync(join(tmpdir(), "ubada-epochs-"));
  resources.defer(() => rmSync(directory, { recursive: true }));
  const text = Buffer.from(kit.reopen.kek, "hex").toString("base64");
  writeFileSync(join(directory, "kek-1.key"), text, { mode: 0o600 });
  const provider = createKeyFiles(directory);
  const { db: owner } = resources.use(connect(kit.database.ownerAddress, { name: "owner", max: 6 }));
  await startEpochs(owner, provider, kit.ctx.now());
  const kept = resources.move();
  const ctx = await asServer(kit.ctx, provider);
  return { kit, ctx, owner, provider, directory, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The context of a server that has just been started with these keys. */
async function asServer(ctx: Context, provider: KeyProvider): Promise<Context> {
  const keys = new KeyEncryptionKeys(await provider.read(), provider);
  return { ...ctx, keys, gate: new Gate({ ...ctx, keys }) };
}

/** Stores wrapped keys of invented subjects. Returns each subject with its key in the clear. */
export async function storeKeys(
  owner: Kysely<Database>,
  keys: KeyEncryptionKeys,
  count: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const made = new Map(Array.from({ length: count }, () => [crypto.randomUUID(), randomBytes(32)]));
  const wrapped = [...made].map(([subject, key]) => keys.wrap(subject, key, randomBytes).wrapped);
  await sql`
    insert into vault.subject_key (subject_id, kek_epoch, wrapped_key, created_at)
    select subject_id, ${keys.current}, wrapped_key, now()
    from unnest(${columnOf("uuid", [...made.keys()])}::uuid[], ${columnOf("bytea", wrapped)}::bytea[])
      as row (subject_id, wrapped_key)`.execute(owner);
  return made;
}

/** How many of these keys the database still holds and the provider's keys open, to what they were. */
export async function countOpening(
  owner: Kysely<Database>,
  provider: KeyProvider,
  made: ReadonlyMap<string, Buffer>,
): Promise<number> {
  const keys = new KeyEncryptionKeys(await provider.read(), provider);
  const rows = await owner.selectFrom("vault.subject_key").select(["subject_id", "kek_epoch", "wrapped_key"]).execute();
  return rows.filter(({ subject_id: subject, kek_epoch: epoch, wrapped_key: wrapped }) => {
    const expected = made.get(subject);
    return expected !== undefined && keys.unwrap(subject, { epoch, wrapped }).equals(expected);
  }).length;
}
