import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { sql } from "kysely";
import { newAddress, subjectLines, writeLetter } from "../../test-kit/correspondence.ts";
import type { Context } from "../context.ts";
import { submitEnquiry } from "../enquiries/submit-enquiry.ts";
import { targets } from "../erasure/targets.ts";
import { receiveLetter } from "../requests/receive-letter.ts";
import { askCode } from "../sign-in/ask-code.ts";
import { checkCode } from "../sign-in/check-code.ts";
import { codeDigest } from "../sign-in/one-time-code.ts";
import { SignInLimits } from "../sign-in/sign-in-limits.ts";
import { BlindIndex } from "../vault/blind-index.ts";
import { findSubject } from "../vault/find-subject.ts";
import { learnVersions, listVersions, openVersion, requireLookupKeys } from "../vault/lookup-versions.ts";
import { type LookupScene, openLookupScene, storeFindable } from "./lookup-scene.ts";
import { readLookupStatus } from "./lookup-status.ts";
import type { Progress } from "./rotate-keys.ts";
import { rotateLookup } from "./rotate-lookup.ts";

function rotate({ owner, lookupKeys, kit }: LookupScene, tell: (progress: Progress) => void = () => {}) {
  return rotateLookup({ owner, lookupKeys, now: kit.ctx.now, randomBytes }, tell);
}

/** A rotation that has come no further than its new key. */
async function begin({ owner, lookupKeys, kit }: LookupScene): Promise<void> {
  const next = (await listVersions(owner)).length + 1;
  lookupKeys.make(next, randomBytes);
  await openVersion(owner, lookupKeys, next, kit.ctx.now());
}

async function statesOf({ owner, lookupKeys }: LookupScene): Promise<readonly string[]> {
  const status = await readLookupStatus(owner, lookupKeys);
  return status.map(({ version, entries, state, held }) => `${version}: ${entries} ${state}${held ? "" : ", not held"}`);
}

async function submit(ctx: Context, email: string, phone = "0555000111"): Promise<void> {
  const fields = { surname: "Тестов", firstName: "Айбек", phone, email };
  const outcome = await submitEnquiry(ctx, { form: "enrol", language: "ru", fields, ticked: [], declared: true });
  assert.equal(outcome.kind, "accepted");
}

async function countSubjects({ owner }: LookupScene): Promise<number> {
  const subjects = owner.selectFrom("vault.subject").select(({ fn }) => fn.countAll<string>().as("count"));
  return Number((await subjects.executeTakeFirstOrThrow()).count);
}

test("after a rotation everybody is found under the new version, and nobody by the old key alone", async () => {
  await using scene = await openLookupScene();
  const server = await scene.startServer();
  const old = new BlindIndex(scene.lookupKeys.read());
  const people = await storeFindable(scene.owner, server.index, 6_000);
  const seen: Progress[] = [];
  const rotation = await rotate(scene, (progress) => seen.push(progress));
  assert.deepEqual(rotation, { version: 2, resumed: false, renewed: 12_000 });
  assert.deepEqual(seen.map(({ done, total }) => `${done}/${total}`), ["0/12000", "5000/12000", "10000/12000", "12000/12000"]);
  assert.deepEqual(await statesOf(scene), ["1: 0 kept", "2: 12000 current"]);
  for (const [email, subject] of [...people].slice(0, 50)) {
    assert.equal(await findSubject(server, "email", email), subject);
    const byOld = scene.owner.selectFrom("vault.lookup").select("subject_id").where("digest", "=", old.digest("email", email));
    assert.equal(await byOld.executeTakeFirst(), undefined);
  }
  assert.deepEqual(await rotate(scene), { version: 3, resumed: false, renewed: 12_000 });
  for (const [email, subject] of [...people].slice(0, 50)) assert.equal(await findSubject(server, "email", email), subject);
});

test("under any mixture of versions every server finds whoever is known, and takes nobody for somebody new", async () => {
  await using scene = await openLookupScene();
  const unaware = await scene.startServer();
  const people = Array.from({ length: 12 }, newAddress);
  for (const email of people) await submit(unaware, email);
  await begin(scene);
  const server = await scene.startServer();
  assert.deepEqual(await countSubjects(scene), people.length);
  const found = new Map<string, string>();
  for (const email of people) found.set(email, (await findSubject(server, "email", email)) ?? assert.fail());

  const mixture = fc.array(fc.boolean(), { minLength: people.length, maxLength: people.length });
  const asked = fc.array(fc.record({ at: fc.nat(people.length - 1), how: fc.constantFrom("form", "letter", "look") }), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(mixture, asked, async (renewed, questions) => {
      for (const [at, email] of people.entries()) await setVersion(scene, server, email, renewed[at] ? 2 : 1);
      const [informed, late] = [await scene.startServer(), { ...unaware, index: new BlindIndex(scene.lookupKeys.read(), scene.lookupKeys) }];
      assert.equal(late.index.version, 1);
      for (const { at, how } of questions) {
        const email = people[at] ?? "";
        for (const one of [late, informed]) {
          if (how === "form") await submit(one, email, "0555900900");
          if (how === "letter") await receiveLetter(one, { raw: writeLetter({ from: email, line: subjectLines.rectifyRu }) });
          assert.equal(await findSubject(one, "email", email), found.get(email));
        }
      }
      assert.equal(await countSubjects(scene), people.length);
    }),
    { numRuns: 25 },
  );
  assert.equal((await rotate(scene)).resumed, true);
  for (const [email, subject] of found) {
    assert.equal(await findSubject(server, "email", email), subject);
    const kept = await scene.owner.selectFrom("vault.lookup").selectAll().where("subject_id", "=", subject).execute();
    assert.equal(new Set(kept.map(({ digest }) => digest.toString("hex"))).size, kept.length);
    assert.ok(kept.length <= 3, "an address and two phones, each once");
  }
});

/** Puts what somebody is found by under this version, as a rotation that has come so far would have left it. */
async function setVersion({ owner }: LookupScene, { index }: Context, email: string, version: 1 | 2): Promise<void> {
  const [earlier, newest] = [index.digest("email", email, 1), index.digest("email", email, 2)];
  const [from, to] = version === 2 ? [earlier, newest] : [newest, earlier];
  // Only a superuser can bring back a row that the constraint refuses.
  await sql`alter table vault.lookup drop constraint lookup_live_version`.execute(owner);
  await sql`update vault.lookup set digest = ${to}, key_version = ${version} where digest = ${from}`.execute(owner);
  await sql`alter table vault.lookup add constraint lookup_live_version check (key_version >= 2) not valid`.execute(owner);
}

test("one new person who comes by two servers at once, as the key turns over, becomes one subject", async () => {
  await using scene = await openLookupScene();
  const servers = [await scene.startServer(), await scene.startServer()] as const;
  const addresses = new Set<string>();
  let rotations = 0;
  let ended = false;
  const rotating = (async () => {
    for (; rotations < 6; rotations += 1) {
      await pause(60);
      await rotate(scene);
      // One of the two learns it by its sweep; the other one when it is refused.
      await learnVersions(servers[rotations % 2] ?? servers[0]);
    }
  })().finally(() => (ended = true));
  const comeByTwoDoors = async (email: string) => {
    addresses.add(email);
    const letter = writeLetter({ from: email, line: subjectLines.rectifyRu });
    const [first, second] = addresses.size % 2 === 0 ? servers : servers.toReversed();
    if (!first || !second) return;
    const other = addresses.size % 3 === 0 ? receiveLetter(second, { raw: letter }) : submit(second, email);
    await Promise.all([submit(first, email), other]);
  };
  while (!ended) await Promise.all(Array.from({ length: 6 }, () => comeByTwoDoors(newAddress())));
  await rotating;
  assert.equal(rotations, 6);
  assert.equal(await countSubjects(scene), addresses.size);
  for (const one of servers) {
    for (const email of [...addresses].slice(-20)) assert.ok(await findSubject(one, "email", email));
  }
  const identifying = scene.owner.selectFrom("vault.lookup").select("digest").where("identifies", "=", true);
  assert.equal((await identifying.execute()).length, addresses.size);
});

test("a new version waits for every transaction that has claimed an address under the old one", async () => {
  await using scene = await openLookupScene();
  const server = await scene.startServer();
  const email = newAddress();
  let rotating: Promise<unknown> | undefined;
  await scene.kit.ctx.db.transaction().execute(async (tx) => {
    const claim = { ...server.index.newest("email", email), subject_id: crypto.randomUUID(), category: "email", identifies: true };
    await tx.insertInto("vault.lookup").values(claim).execute();
    rotating = rotate(scene);
    await pause(700);
    assert.deepEqual((await listVersions(scene.owner)).map(({ version }) => version), [1]);
    await submit(server, newAddress());
  });
  await rotating;
  assert.ok(await findSubject(server, "email", email), "by a server that learned it just now");
});

test("the database refuses a digest of an earlier version, whoever sends it", async () => {
  await using scene = await openLookupScene();
  const server = await scene.startServer();
  await begin(scene);
  await assert.rejects(storeFindable(scene.owner, server.index, 1), { code: "23514", constraint: "lookup_live_version" });
});

test("a server that cannot find the new key says so, and takes nobody in who could not be found", async () => {
  await using scene = await openLookupScene();
  const server = await scene.startServer();
  await rotate(scene);
  const file = scene.lookupKeys.nameOf(2);
  renameSync(file, `${file}.elsewhere`);
  await assert.rejects(submit(server, newAddress()), { code: "lookup-key-missing" });
  await assert.rejects(findSubject(server, "email", newAddress()), { code: "lookup-key-missing" });
  assert.equal(await countSubjects(scene), 0);
  renameSync(`${file}.elsewhere`, file);
  await submit(server, newAddress());
});

test("a letter that comes again, byte for byte, is known as the same one across a rotation", async () => {
  await using scene = await openLookupScene();
  const [server, unaware] = [await scene.startServer(), await scene.startServer()];
  const raw = writeLetter({ from: newAddress(), line: subjectLines.rectifyRu });
  assert.equal((await receiveLetter(server, { raw })).kind, "opened");
  await begin(scene);
  assert.equal((await receiveLetter(await scene.startServer(), { raw })).kind, "duplicate", "while it is still under the old version");
  await rotate(scene);
  assert.equal((await receiveLetter(server, { raw })).kind, "duplicate");
  assert.equal((await receiveLetter(unaware, { raw })).kind, "duplicate");
});

test("a sign-in code that was asked for before a rotation is good after it, at any server", async () => {
  await using scene = await openLookupScene();
  const [first, second] = [await scene.startServer(), await scene.startServer()];
  const email = newAddress();
  await submit(first, email);
  await begin(scene);
  // The first learns of the new version by looking for the address; the second has not heard of it.
  const asked = await askCode(first, new SignInLimits(), { email, language: "ru" });
  assert.equal(asked.kind, "asked");
  assert.deepEqual([first.index.version, second.index.version], [2, 1]);
  const digest = codeDigest(first.index, asked.codeId, "000000", 2);
  const set = scene.owner.updateTable("sign_in.code").set({ digest }).where("code_id", "=", asked.codeId);
  await set.where("key_version", "=", 2).where("subject_id", "is not", null).executeTakeFirstOrThrow();
  assert.equal((await checkCode(second, { codeId: asked.codeId, code: "999999" })).kind, "wrong");
  assert.equal((await checkCode(second, { codeId: asked.codeId, code: "000000" })).kind, "signed-in");
});

test("an erasure reaches what somebody is found by under either version", async () => {
  await using scene = await openLookupScene();
  const email = newAddress();
  await submit(await scene.startServer(), email);
  await begin(scene);
  const server = await scene.startServer();
  await submit(server, email, "0555900900");
  const subject = (await findSubject(server, "email", email)) ?? assert.fail();
  const kept = () => scene.owner.selectFrom("vault.lookup").select("key_version").where("subject_id", "=", subject);
  const versions = (await kept().orderBy("key_version").execute()).map((row) => row.key_version);
  assert.deepEqual(versions, [1, 1, 2], "address and phone of the first form, phone of the second");
  const target = targets.find(({ name }) => name === "look-up") ?? assert.fail();
  assert.deepEqual(await target.destroy(server.db, subject), { destroyed: 3, remaining: 0 });
  assert.equal(await findSubject(server, "email", email), undefined);
  assert.deepEqual(await rotate(scene), { version: 2, resumed: true, renewed: 0 });
});

// Whichever row the rotation takes first, one of the two orders is the other one.
for (const order of [["email", "phone"], ["phone", "email"]]) {
  test(`an erasure that takes the ${order[0]} first and a rotation that wait for each other both end`, async () => {
    await using scene = await openLookupScene();
    await storeFindable(scene.owner, (await scene.startServer()).index, 1);
    await begin(scene);
    const erasing = scene.owner.transaction().execute(async (tx) => {
      for (const category of order) {
        await tx.deleteFrom("vault.lookup").where("category", "=", category).execute();
        await pause(300);
      }
    });
    await pause(100);
    assert.deepEqual(await rotate(scene), { version: 2, resumed: true, renewed: 0 });
    await erasing;
  });
}

test("a rotation that failed half-way is finished by the next one, which makes no other key", async () => {
  await using scene = await openLookupScene();
  const server = await scene.startServer();
  await storeFindable(scene.owner, server.index, 3_000);
  const failing = rotate(scene, ({ done }) => {
    if (done === 5_000) throw new Error("the disk went away");
  });
  await assert.rejects(failing, /the disk went away/);
  assert.deepEqual(await statesOf(scene), ["1: 1000 unfinished", "2: 5000 current"]);
  assert.deepEqual(await rotate(scene), { version: 2, resumed: true, renewed: 1_000 });
});

test("a key that was made but not used before a crash is the one that the next rotation uses; until then no server does", async () => {
  await using scene = await openLookupScene();
  scene.lookupKeys.make(2, randomBytes);
  const server = await scene.startServer();
  assert.equal(server.index.version, 1);
  await submit(server, newAddress());
  assert.deepEqual(await rotate(scene), { version: 2, resumed: true, renewed: 2 });
});

test("two rotations at once come one after the other", async () => {
  await using scene = await openLookupScene();
  const people = await storeFindable(scene.owner, (await scene.startServer()).index, 500);
  const both = await Promise.all([rotate(scene), rotate(scene)]);
  assert.deepEqual(both.map(({ version }) => version).toSorted(), [2, 3]);
  const server = await scene.startServer();
  for (const [email, subject] of [...people].slice(0, 20)) assert.equal(await findSubject(server, "email", email), subject);
});

test("a look-up key that is missing, another's, or in another's place is refused by name, and no rotation begins", async () => {
  await using scene = await openLookupScene();
  await rotate(scene);
  const [first, second] = [scene.lookupKeys.nameOf(1), scene.lookupKeys.nameOf(2)];
  const refused = async (refusal: { readonly code: string; readonly message: RegExp }) => {
    for (const act of [() => requireLookupKeys(scene.owner, scene.lookupKeys), () => rotate(scene)]) {
      await assert.rejects(act, refusal);
    }
  };
  renameSync(second, `${second}.lost`);
  await refused({ code: "lookup-key-missing", message: /lookup-2\.key is missing/ });
  copyFileSync(first, second);
  await refused({ code: "foreign-keys", message: /lookup-2\.key is really that of «lookup»/ });
  writeFileSync(second, randomBytes(32).toString("base64"), { mode: 0o600 });
  await refused({ code: "foreign-keys", message: /«lookup-2» does not belong to this database/ });
  renameSync(`${second}.lost`, second);
  renameSync(first, `${first}.lost`);
  await refused({ code: "secret-missing", message: /lookup\.key is missing/ });
  renameSync(`${first}.lost`, first);
  copyFileSync(first, scene.lookupKeys.nameOf(3));
  await assert.rejects(rotate(scene), { code: "foreign-keys", message: /lookup-3\.key is really that of «lookup»/ });
  assert.deepEqual((await listVersions(scene.owner)).map(({ version }) => version), [1, 2]);
});

test("the server's own role can neither change a digest nor open a version", async () => {
  await using scene = await openLookupScene();
  const { db } = scene.kit.ctx;
  await assert.rejects(db.updateTable("vault.lookup").set({ key_version: 2 }).execute(), { code: "42501" });
  await assert.rejects(db.insertInto("vault.lookup_key").values({ version: 2, opened_at: scene.kit.ctx.now() }).execute(), { code: "42501" });
});
