import { randomBytes as systemRandomBytes } from "node:crypto";
import { join } from "node:path";
import { createNewId } from "../server/config/new-id.ts";
import type { AppPolicy } from "../server/config/policy.ts";
import { createRandomBytes } from "../server/config/random-bytes.ts";
import { readSecrets } from "../server/config/secrets.ts";
import { connect } from "../server/database/connect.ts";
import { readConnectionNote } from "../server/database/connection-note.ts";
import { appendConsentEvents } from "../server/journal/consent-events.ts";
import { Gate, type GateMeans } from "../server/vault/gate.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { newSubject } from "../server/vault/new-subject.ts";
import { attributeIdentity } from "../server/vault/open-subject.ts";
import { storeSubject } from "../server/vault/store-subject.ts";
import { rate } from "./rate.ts";
import type { Measured } from "./start-measured.ts";
import { openSuperuser } from "./superuser.ts";

const connections = 16;
const seconds = 4;
const rounds = 5;
const people = 3000;
const fields = { surname: "Тестова", firstName: "Айгүл", phone: "+996555000111", email: "bench@example.org" } as const;

/**
 * Gated readings of four fields, each with its durable journal row, and bare durable INSERTs of a row as big as that
 * one, in turn, so that a drifting machine slows both alike. Measures the gate and PostgreSQL from this process, through
 * the same driver; the server only stands by.
 */
export async function measureGateRate(running: Measured) {
  await using resources = new AsyncDisposableStack();
  const means = await openMeans(running, resources);
  const gate = new Gate<AppPolicy>(means);
  const subjects: string[] = [];
  for (let person = 0; person < people; person++) subjects.push(await storePerson(means));
  let next = 0;
  const readFour = async () => {
    const subject = subjects[next++ % people] ?? "";
    const use = { subject, purpose: "8.2", operation: "extraction", actor: { kind: "system" } } as const;
    const read = await gate.use(
      { ...use, categories: ["surname", "firstName", "phone", "email"] },
      ({ values }) => values.length,
    );
    if (read.kind === "refused" || read.value !== 4) throw new Error("the gate did not open four fields");
  };
  await rate(onAll(readFour), 1);
  const floor = resources.use(await openFloor(running));
  const insertsPerSecond: number[] = [];
  const readsPerSecond: number[] = [];
  for (let round = 0; round < rounds; round++) {
    insertsPerSecond.push(await rate(onAll(floor.insert), seconds));
    readsPerSecond.push(await rate(onAll(readFour), seconds));
  }
  return { insertsPerSecond, readsPerSecond, connections, rowBytes: floor.rowBytes };
}

/** The same work on every connection. */
function onAll(work: () => Promise<void>): readonly (() => Promise<void>)[] {
  return Array.from({ length: connections }, () => work);
}

/** What a gate leans on, opened on the server's own data. */
async function openMeans({ dataDirectory }: Measured, resources: AsyncDisposableStack): Promise<GateMeans> {
  const note = readConnectionNote(dataDirectory);
  if (!note) throw new Error("the server left no note of where its database listens");
  const { keyProvider, appPassword } = await readSecrets(join(dataDirectory, "secrets"), systemRandomBytes);
  const address = { ...note, user: "ubada_app", password: appPassword };
  const randomBytes = createRandomBytes(systemRandomBytes);
  return {
    db: resources.use(connect(address, { name: "bench-gate", max: connections })).db,
    keys: new KeyEncryptionKeys(await keyProvider.read(), keyProvider),
    now: () => Temporal.Now.instant(),
    newId: createNewId(() => Date.now(), randomBytes),
    randomBytes,
  };
}

/** Somebody who gave four fields and agreed to 8.2. */
async function storePerson(means: GateMeans): Promise<string> {
  const subject = newSubject(means);
  const record = means.newId();
  const attributes = Object.entries(fields).map(([category, value]) => {
    const attribute = means.newId();
    return {
      subject_id: subject.subjectId,
      attribute_id: attribute,
      record_id: record,
      category,
      sealed: subject.seal(Buffer.from(value), attributeIdentity(subject.subjectId, attribute, category)),
      recorded_at: means.now(),
    };
  });
  await means.db.transaction().execute(async (tx) => {
    await storeSubject(tx, subject, means.now());
    await tx.insertInto("vault.attribute").values(attributes).execute();
    await appendConsentEvents(tx, means, { subject: subject.subjectId, kind: "given", purposes: ["8.2"] });
  });
  return subject.subjectId;
}

/** A table whose rows are as big, header and all, as the journal rows of the readings done so far. */
async function openFloor(running: Measured) {
  const superuser = await openSuperuser(running, connections);
  const { pool } = superuser;
  await pool.query("create table public.bench_gate_floor (id uuid primary key, payload bytea not null)");
  const journal = "select avg(pg_column_size(entry))::integer as bytes from journal.entry where operation = 'extraction'";
  const { rows } = await pool.query<{ bytes: number }>(journal);
  const rowBytes = rows[0]?.bytes ?? 0;
  const besidesPayload = 24 + 16 + 4; // The header of a row, the id, the length of the payload.
  const insert = async () => {
    const values = [crypto.randomUUID(), systemRandomBytes(rowBytes - besidesPayload)];
    await pool.query("insert into public.bench_gate_floor (id, payload) values ($1, $2)", values);
  };
  return {
    rowBytes,
    insert,
    async [Symbol.asyncDispose]() {
      await pool.query("drop table public.bench_gate_floor");
      await superuser[Symbol.asyncDispose]();
    },
  };
}
