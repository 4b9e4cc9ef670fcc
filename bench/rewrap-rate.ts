import { randomBytes as systemRandomBytes } from "node:crypto";
import { sql } from "kysely";
import { createKeyFiles } from "../server/config/key-files.ts";
import { createNewId } from "../server/config/new-id.ts";
import { createRandomBytes } from "../server/config/random-bytes.ts";
import { columnOf } from "../server/database/columns.ts";
import { rotateKeys } from "../server/keys/rotate-keys.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { startEpochs } from "../server/vault/start-epochs.ts";
import { startOwnPostgres } from "./own-postgres.ts";

const people = 100_000;
const rounds = 3;
const randomBytes = createRandomBytes(systemRandomBytes);
const newId = createNewId(Date.now, randomBytes);

/**
 * How many keys per second a whole rotation re-wraps, from opening the epoch to the database's count that nothing is left
 * under the old one: 100,000 keys on a durable PostgreSQL of its own, a rotation for each round. Takes about 20 s.
 */
export async function measureRewrapRate() {
  await using postgres = await startOwnPostgres(3);
  const { db: owner, secretsDirectory } = postgres;
  const provider = createKeyFiles(secretsDirectory);
  await provider.make(1, randomBytes);
  const now = () => Temporal.Now.instant();
  await startEpochs(owner, provider, now());
  await fill(owner, new KeyEncryptionKeys(await provider.read()));
  const keysPerSecond: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const means = { owner, provider, config: { backupWindowDays: 30 }, now, randomBytes };
    const { rewrapped } = await rotateKeys(means, () => {});
    keysPerSecond.push((rewrapped * 1000) / (performance.now() - began));
  }
  return { keysPerSecond, people };
}

async function fill(owner: Parameters<typeof startEpochs>[0], keys: KeyEncryptionKeys): Promise<void> {
  const atOnce = 10_000;
  for (let made = 0; made < people; made += atOnce) {
    const subjects = Array.from({ length: atOnce }, newId);
    const wrapped = subjects.map((subject) => keys.wrap(subject, randomBytes(32), randomBytes).wrapped);
    await sql`
      insert into vault.subject_key (subject_id, kek_epoch, wrapped_key, created_at)
      select subject_id, ${keys.current}, wrapped_key, now()
      from unnest(${columnOf("uuid", subjects)}::uuid[], ${columnOf("bytea", wrapped)}::bytea[])
        as row (subject_id, wrapped_key)`.execute(owner);
  }
}
