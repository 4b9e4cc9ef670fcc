import { randomBytes as systemRandomBytes } from "node:crypto";
import { sql } from "kysely";
import { createKeyFiles } from "../server/config/key-files.ts";
import { createNewId } from "../server/config/new-id.ts";
import { createRandomBytes } from "../server/config/random-bytes.ts";
import { columnOf } from "../server/database/columns.ts";
import { rotateKeys } from "../server/keys/rotate-keys.ts";
import type { KeyEncryptionKey } from "../server/config/key-provider.ts";
import { sealLink } from "../server/vault/entry-link.ts";
import { resealLinks } from "../server/vault/reseal-links.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { startEpochs } from "../server/vault/start-epochs.ts";
import { startOwnPostgres } from "./own-postgres.ts";

const people = 100_000;
const rounds = 3;
const randomBytes = createRandomBytes(systemRandomBytes);
const newId = createNewId(Date.now, randomBytes);

/**
 * How many keys per second a whole rotation re-wraps, from opening the epoch to the database's count that nothing is left
 * under the old one: 100,000 keys on a durable PostgreSQL of its own, a rotation for each round. And how many links between
 * people and journal entries it seals anew, of as many. Takes about 30 s.
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
  return { keysPerSecond, linksPerSecond: await measureLinks(owner, await provider.read()), people };
}

async function measureLinks(owner: Owner, held: readonly KeyEncryptionKey[]): Promise<readonly number[]> {
  await fillLinks(owner, new KeyEncryptionKeys(held));
  const linksPerSecond: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const next = { epoch: (held.at(-1)?.epoch ?? 0) + round, bytes: Buffer.alloc(32, round) };
    const before = { ...next, epoch: next.epoch - 1, bytes: Buffer.alloc(32, round - 1) };
    const keys = new KeyEncryptionKeys(round === 1 ? [...held, next] : [before, next]);
    const began = performance.now();
    const { resealed } = await resealLinks(owner, keys, randomBytes);
    linksPerSecond.push((resealed * 1000) / (performance.now() - began));
  }
  return linksPerSecond;
}

async function fillLinks(owner: Owner, keys: KeyEncryptionKeys): Promise<void> {
  const atOnce = 10_000;
  for (let made = 0; made < people; made += atOnce) {
    const subjects = Array.from({ length: atOnce }, newId);
    const sealed = subjects.map((subject) => sealLink(keys, subject, { entryId: newId() }, randomBytes).sealed);
    await sql`
      insert into journal.about (subject_id, kek_epoch, sealed)
      select subject_id, ${keys.current}, sealed
      from unnest(${columnOf("uuid", subjects)}::uuid[], ${columnOf("bytea", sealed)}::bytea[])
        as row (subject_id, sealed)`.execute(owner);
  }
}

type Owner = Parameters<typeof startEpochs>[0];

async function fill(owner: Owner, keys: KeyEncryptionKeys): Promise<void> {
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
