import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeKeyFile } from "../server/config/key-file.ts";
import { openLookupKeys } from "../server/config/lookup-keys.ts";
import { storeFindable } from "../server/keys/lookup-scene.ts";
import { rotateLookup } from "../server/keys/rotate-lookup.ts";
import { BlindIndex } from "../server/vault/blind-index.ts";
import { startOwnPostgres } from "./own-postgres.ts";

const people = 100_000;
const rounds = 3;

/**
 * How many entries per second a whole rotation of the look-up key puts under the new version, from making the key to the
 * database's count that nothing is left under the old one: an address and a phone each for 100,000 people, on a durable
 * PostgreSQL of its own, a rotation for each round. Takes about 40 s.
 */
export async function measureLookupRate() {
  await using postgres = await startOwnPostgres(3);
  const { db: owner, secretsDirectory } = postgres;
  makeKeyFile(join(secretsDirectory, "lookup.key"), randomBytes);
  const lookupKeys = openLookupKeys(secretsDirectory);
  const index = new BlindIndex(lookupKeys.read());
  for (let made = 0; made < people; made += 10_000) await storeFindable(owner, index, 10_000);
  const entriesPerSecond: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const { renewed } = await rotateLookup({ owner, lookupKeys, now: () => Temporal.Now.instant(), randomBytes }, () => {});
    entriesPerSecond.push((renewed * 1000) / (performance.now() - began));
  }
  return { entriesPerSecond, people };
}
