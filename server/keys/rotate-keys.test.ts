import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sql } from "kysely";
import { newAddress, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import { createKeyEnvironment } from "../config/key-environment.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { receiveLetter } from "../requests/receive-letter.ts";
import { findSubject } from "../vault/find-subject.ts";
import { startEpochs } from "../vault/start-epochs.ts";
import { destroyDueEpochs } from "./destroy-due-epochs.ts";
import { readKeyStatus } from "./key-status.ts";
import { countOpening, type KeysScene, openKeysScene, storeKeys } from "./keys-scene.ts";
import { type Progress, rotateKeys } from "./rotate-keys.ts";
import { readEntryLinks } from "../journal/entry-links.ts";
import { sealLink } from "../vault/entry-link.ts";
import { resealLinks } from "../vault/reseal-links.ts";
import { KeyEncryptionKeys } from "../vault/key-encryption-keys.ts";

const backupWindowDays = 30;

function rotate({ owner, provider, ctx }: KeysScene, tell: (progress: Progress) => void = () => {}) {
  return rotateKeys({ owner, provider, config: { backupWindowDays }, now: ctx.now, randomBytes }, tell);
}

async function statesOf({ owner, provider, ctx }: KeysScene): Promise<readonly string[]> {
  const status = await readKeyStatus(owner, provider, { backupWindowDays, now: ctx.now() });
  return status.map(({ epoch, keys, state, held }) => `${epoch}: ${keys} ${state}${held ? "" : ", not held"}`);
}

async function sendForm({ ctx }: KeysScene, email: string): Promise<string> {
  const fields = { surname: "Тестов", firstName: "Айбек", phone: "0555000111", email };
  const outcome = await submitEnquiry(ctx, { form: "enrol", language: "ru", fields, ticked: ["8.4"], declared: true });
  assert.equal(outcome.kind, "accepted");
  const subject = await findSubject(ctx, "email", email);
  assert.ok(subject);
  return subject;
}

/** What the server reads through the gate. */
async function readEmail({ ctx }: KeysScene, subject: string): Promise<string | undefined> {
  const use = { subject, purpose: "8.4", operation: "use", categories: ["email"], actor: { kind: "system" } } as const;
  const outcome = await ctx.gate.use(use, ({ latest }) => latest.email);
  assert.equal(outcome.kind, "done");
  return outcome.value;
}

test("what ties journal entries to people turns over with the keys, and the old epoch waits for the last of it", async () => {
  await using scene = await openKeysScene();
  const { ctx, kit, owner, provider } = scene;
  const subject = await sendForm(scene, "links@example.kg");
  await readEmail(scene, subject);
  const before = await readEntryLinks(ctx, subject);
  const seen: Progress[] = [];
  const rotation = await rotate(scene, (progress) => seen.push(progress));
  assert.deepEqual(rotation, { epoch: 2, resumed: false, rewrapped: 1, resealed: 2, destroyed: [] });
  assert.deepEqual(seen.at(-1), { done: 3, total: 3 });
  const later = new KeyEncryptionKeys((await provider.read()).slice(-1));
  assert.deepEqual(await readEntryLinks({ db: owner, keys: later }, subject), before);

  // A server that has not heard of the new epoch still links under the old one.
  await owner.insertInto("journal.about").values({
    subject_id: subject,
    ...sealLink(new KeyEncryptionKeys((await provider.read()).slice(0, 1)), subject, { entryId: ctx.newId() }, randomBytes),
  }).execute();
  kit.advance({ hours: 24 * backupWindowDays });
  assert.deepEqual(await destroyDueEpochs(ctx), [], "something live hangs on it");
  assert.deepEqual(await resealLinks(ctx.db, ctx.keys, randomBytes), { resealed: 1, broken: 0 });
  assert.deepEqual(await destroyDueEpochs(ctx), [1]);
  assert.equal((await readEntryLinks({ db: owner, keys: later }, subject)).length, 3);
});

test("links that were altered are counted, and the old epoch is kept for them", async () => {
  await using scene = await openKeysScene();
  const subject = await sendForm(scene, "altered@example.kg");
  await sql`update journal.about set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)`.execute(scene.owner);
  await assert.rejects(rotate(scene), { code: "links-broken", message: /^1 links / });
  assert.deepEqual(await statesOf(scene), ["1: 0 unfinished", "2: 1 current"]);
  await scene.owner.deleteFrom("journal.about").where("subject_id", "=", subject).execute();
  assert.deepEqual(await rotate(scene), { epoch: 2, resumed: true, rewrapped: 0, resealed: 0, destroyed: [] });
});

test("after a rotation every key opens under the new epoch, and the old one is kept for backups until their time", async () => {
  await using scene = await openKeysScene();
  const made = await storeKeys(scene.owner, scene.ctx.keys, 12_000);
  const seen: Progress[] = [];
  const rotation = await rotate(scene, (progress) => seen.push(progress));
  assert.deepEqual(rotation, { epoch: 2, resumed: false, rewrapped: 12_000, resealed: 0, destroyed: [] });
  assert.deepEqual(seen.map(({ done }) => done), [0, 5_000, 10_000, 12_000]);
  assert.deepEqual(await statesOf(scene), ["1: 0 kept", "2: 12000 current"]);
  assert.equal(await countOpening(scene.owner, scene.provider, made), 12_000);

  scene.kit.advance({ hours: 24 * backupWindowDays - 1 });
  assert.deepEqual(await destroyDueEpochs(scene.ctx), []);
  scene.kit.advance({ hours: 1 });
  assert.deepEqual(await statesOf(scene), ["1: 0 due", "2: 12000 current"]);
  assert.deepEqual(await destroyDueEpochs(scene.ctx), [1], "the server's own role may do it");
  assert.ok(!existsSync(scene.provider.nameOf(1)));
  assert.deepEqual(await statesOf(scene), ["1: 0 destroyed, not held", "2: 12000 current"]);
  assert.deepEqual(await destroyDueEpochs(scene.ctx), [], "once");
  assert.equal(await countOpening(scene.owner, scene.provider, made), 12_000);
  await startEpochs(scene.owner, scene.provider, scene.ctx.now());
});

test("a server that runs during a rotation goes on: it reads, takes forms and letters, and wraps under the new epoch", async () => {
  await using scene = await openKeysScene();
  await storeKeys(scene.owner, scene.ctx.keys, 20_000);
  const before = newAddress();
  const known = await sendForm(scene, before);
  let ended = false;
  const rotating = rotate(scene).finally(() => (ended = true));
  const people: [string, string][] = [[known, before]];
  while (!ended) {
    const emails = [newAddress(), newAddress(), newAddress()];
    const subjects = await Promise.all(emails.map((email) => sendForm(scene, email)));
    people.push(...subjects.map((subject, at): [string, string] => [subject, emails[at] ?? ""]));
    assert.equal(await readEmail(scene, known), before);
  }
  await rotating;
  for (const [subject, email] of people) assert.equal(await readEmail(scene, subject), email);
  await sendForm(scene, newAddress());
  assert.equal(scene.ctx.keys.current, 2);
  assert.deepEqual(await statesOf(scene), ["1: 0 kept", `2: ${20_000 + people.length + 1} current`]);
});

test("the first letter that comes after a rotation is taken in at once", async () => {
  await using scene = await openKeysScene();
  await rotate(scene);
  assert.equal(scene.ctx.keys.current, 1);
  const raw = writeLetter({ from: newAddress(), line: subjectLines.rectifyRu });
  assert.equal((await receiveLetter(scene.ctx, { raw })).kind, "opened");
  assert.equal(scene.ctx.keys.current, 2);
  assert.deepEqual(await statesOf(scene), ["1: 0 kept", "2: 1 current"]);
});

test("the database refuses a key wrapped under a retired epoch, whoever sends it", async () => {
  await using scene = await openKeysScene();
  await rotate(scene);
  await assert.rejects(storeKeys(scene.owner, scene.ctx.keys, 1), { code: "23514", constraint: "subject_key_live_epoch" });
});

test("a server that cannot find the new key says so, and stores nothing that could not be read", async () => {
  await using scene = await openKeysScene();
  await rotate(scene);
  const hidden = join(scene.directory, "elsewhere");
  renameSync(scene.provider.nameOf(2), hidden);
  await assert.rejects(sendForm(scene, newAddress()), { code: "kek-retired" });
  renameSync(hidden, scene.provider.nameOf(2));
  await sendForm(scene, newAddress());
});

test("a key destroyed while the others are re-wrapped stays destroyed", async () => {
  await using scene = await openKeysScene();
  const made = await storeKeys(scene.owner, scene.ctx.keys, 6_000);
  const last = [...made.keys()].toSorted().at(-1);
  assert.ok(last);
  const erased: Promise<unknown>[] = [];
  await rotate(scene, ({ done }) => {
    if (done === 5_000) erased.push(scene.owner.deleteFrom("vault.subject_key").where("subject_id", "=", last).execute());
  });
  await Promise.all(erased);
  assert.deepEqual(await statesOf(scene), ["1: 0 kept", "2: 5999 current"]);
});

test("a rotation that failed half-way is finished by the next one, which opens no other epoch", async () => {
  await using scene = await openKeysScene();
  const made = await storeKeys(scene.owner, scene.ctx.keys, 6_000);
  const failing = rotate(scene, ({ done }) => {
    if (done === 5_000) throw new Error("the disk went away");
  });
  await assert.rejects(failing, /the disk went away/);
  assert.deepEqual(await statesOf(scene), ["1: 1000 unfinished", "2: 5000 current"]);
  await startEpochs(scene.owner, scene.provider, scene.ctx.now());
  scene.kit.advance({ hours: 24 * 400 });
  assert.deepEqual(await destroyDueEpochs(scene.ctx), [], "something live hangs on it");
  assert.deepEqual(await rotate(scene), { epoch: 2, resumed: true, rewrapped: 1_000, resealed: 0, destroyed: [] });
  assert.equal(await countOpening(scene.owner, scene.provider, made), 6_000);
});

test("a key that was made but not used before a crash is the one that the next rotation uses", async () => {
  await using scene = await openKeysScene();
  await scene.provider.make(2, randomBytes);
  assert.deepEqual(await rotate(scene), { epoch: 2, resumed: true, rewrapped: 0, resealed: 0, destroyed: [] });
  assert.equal((await rotate(scene)).epoch, 3);
});

test("damaged keys do not keep the others from the new epoch, and keep the old one from being given up", async () => {
  await using scene = await openKeysScene();
  await storeKeys(scene.owner, scene.ctx.keys, 20);
  await sql`update vault.subject_key set wrapped_key = set_byte(wrapped_key, 20, 255 - get_byte(wrapped_key, 20))
    where subject_id = (select min(subject_id::text)::uuid from vault.subject_key)`.execute(scene.owner);
  await assert.rejects(rotate(scene), { code: "keys-broken", message: /^1 keys do not open/ });
  assert.deepEqual(await statesOf(scene), ["1: 1 unfinished", "2: 19 current"]);
});

test("a key whose file was destroyed just before a crash is recorded as destroyed by the next sweep", async () => {
  await using scene = await openKeysScene();
  await rotate(scene);
  scene.kit.advance({ hours: 24 * backupWindowDays });
  await scene.provider.destroy(1, randomBytes);
  await startEpochs(scene.owner, scene.provider, scene.ctx.now());
  assert.deepEqual(await destroyDueEpochs(scene.ctx), [1]);
});

test("two rotations at once open one epoch after the other", async () => {
  await using scene = await openKeysScene();
  const made = await storeKeys(scene.owner, scene.ctx.keys, 3_000);
  const both = await Promise.all([rotate(scene), rotate(scene)]);
  assert.deepEqual(both.map(({ epoch }) => epoch).toSorted(), [2, 3]);
  assert.equal(await countOpening(scene.owner, scene.provider, made), 3_000);
});

test("a rotation waits for a transaction that holds keys, without holding up everybody else", async () => {
  await using scene = await openKeysScene();
  const email = newAddress();
  const subject = await sendForm(scene, email);
  let rotating: Promise<unknown> | undefined;
  await scene.ctx.db.transaction().execute(async (tx) => {
    const use = { subject, purpose: "8.4", operation: "use", categories: ["email"], actor: { kind: "system" } } as const;
    await scene.ctx.gate.useWithin(tx, use, () => undefined);
    rotating = rotate(scene);
    const began = performance.now();
    while (performance.now() - began < 1_000) assert.equal(await readEmail(scene, subject), email);
    assert.deepEqual((await statesOf(scene))[0], "1: 1 unfinished");
  });
  await rotating;
  assert.deepEqual(await statesOf(scene), ["1: 0 kept", "2: 1 current"]);
});

test("a key file that is lost is refused at start, by name, with how many people's data cannot be read", async () => {
  await using scene = await openKeysScene();
  await storeKeys(scene.owner, scene.ctx.keys, 3);
  await scene.provider.make(2, randomBytes);
  rmSync(scene.provider.nameOf(1));
  const refusal = { code: "kek-missing", message: /kek-1\.key is missing: .* 3 people cannot be read, by anyone/ };
  for (const act of [() => startEpochs(scene.owner, scene.provider, scene.ctx.now()), () => rotate(scene)]) {
    await assert.rejects(act, refusal);
  }
});

test("a backup from before a rotation cannot be started once its key is destroyed, and says that it is such a backup", async () => {
  await using scene = await openKeysScene();
  await storeKeys(scene.owner, scene.ctx.keys, 3);
  await scene.provider.make(2, randomBytes);
  await scene.provider.destroy(1, randomBytes);
  const refusal = { message: /old backup .*restore a later one/ };
  await assert.rejects(startEpochs(scene.owner, scene.provider, scene.ctx.now()), refusal);
});

test("key files that were swapped are refused, and told apart; so is a new epoch with an old key, or a foreign one", async () => {
  await using scene = await openKeysScene();
  const { owner, provider, directory, ctx } = scene;
  await rotate(scene);
  const spare = join(directory, "spare");
  const start = () => startEpochs(owner, provider, ctx.now());
  renameSync(provider.nameOf(1), spare);
  renameSync(provider.nameOf(2), provider.nameOf(1));
  renameSync(spare, provider.nameOf(2));
  await assert.rejects(start, { code: "foreign-keys", message: /kek-1\.key is really that of «kek-2»/ });
  copyFileSync(provider.nameOf(2), spare);
  renameSync(provider.nameOf(1), provider.nameOf(2));
  renameSync(spare, provider.nameOf(1));
  await start();
  copyFileSync(provider.nameOf(1), provider.nameOf(3));
  await assert.rejects(start, { code: "foreign-keys", message: /kek-3\.key is really that of «kek-1»/ });
  await assert.rejects(rotate(scene), { code: "foreign-keys" });
  rmSync(provider.nameOf(3));
  writeFileSync(provider.nameOf(2), randomBytes(32).toString("base64"));
  await assert.rejects(start, { code: "foreign-keys", message: /«kek-2» does not belong/ });
});

test("with keys in the environment the operator sets the next one, starts the server with it, and rotates", async () => {
  await using scene = await openKeysScene();
  const first = (await scene.provider.read())[0]?.bytes.toString("base64") ?? "";
  const made = await storeKeys(scene.owner, scene.ctx.keys, 10);
  const one = { ...scene, provider: createKeyEnvironment({ UBADA_KEK: first }) };
  await assert.rejects(rotate(one), { code: "next-kek-wanted", message: /^Set UBADA_KEK_2 to a new key/ });
  const second = randomBytes(32).toString("base64");
  const two = { ...scene, provider: createKeyEnvironment({ UBADA_KEK: first, UBADA_KEK_2: second }) };
  await assert.rejects(rotate(two), { code: "server-without-kek", message: /restart the server/ });
  await startEpochs(two.owner, two.provider, two.ctx.now());
  assert.deepEqual(await rotate(two), { epoch: 2, resumed: true, rewrapped: 10, resealed: 0, destroyed: [] });
  assert.equal(await countOpening(two.owner, createKeyEnvironment({ UBADA_KEK_2: second }), made), 10);
});

test("the server's role can read no key on its own, and change nothing of an epoch but that it was destroyed", async () => {
  await using scene = await openKeysScene();
  const { db } = scene.ctx;
  await assert.rejects(db.selectFrom("vault.subject_key").select("wrapped_key").execute(), { code: "42501" });
  const set = (column: "emptied_at" | "destroyed_at") =>
    db.updateTable("vault.key_epoch").set({ [column]: scene.ctx.now() }).execute();
  await assert.rejects(set("emptied_at"), { code: "42501" });
  await assert.rejects(set("destroyed_at"), { code: "23514" }, "an epoch that was never emptied");
});
