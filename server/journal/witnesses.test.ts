import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { findCosignature, parseWitnessKey } from "../../ledger/cosignature.ts";
import { folderReader } from "../../ledger/folder-reader.ts";
import { openCheckpoint } from "../../ledger/open-checkpoint.ts";
import { verifyTlogProof } from "../../ledger/tlog-proof.ts";
import { verifyLog } from "../../ledger/verify-log.ts";
import { createTestContext, type TestContext } from "../../test-kit/context.ts";
import { type Misbehaviour, startWitness, type WitnessServer } from "../../test-kit/witness-server.ts";
import { connect } from "../database/connect.ts";
import type { WitnessAnswer } from "../database/schema-types.ts";
import { appendEntry } from "./append-entry.ts";
import { extendLedger, ledgerFolder } from "./extend-ledger.ts";
import { ledgerReader, publishedReader } from "./ledger-reader.ts";
import { proveEntry } from "./prove-entry.ts";
import { requireLedger } from "./require-ledger.ts";
import { askWitnesses } from "./witness-round.ts";
import { readWitnessStates } from "./witness-states.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "witnesses-"));
});
after(() => rm(folder, { recursive: true }));

const never = new AbortController().signal;
const witnessTime = Temporal.Instant.from("2026-11-23T03:00:05Z");

interface Scene extends AsyncDisposable {
  readonly kit: TestContext;
  readonly witness: WitnessServer;
  readonly other: WitnessServer;
  /** Appends entries, ten seconds later, and takes them into the ledger. */
  grow(count: number): Promise<void>;
  /** Asks the witnesses, and publishes what came of it. */
  ask(): Promise<void>;
  /** What everybody is shown. */
  published(): Promise<{ readonly size: number; readonly witnesses: readonly string[] }>;
  answer(): Promise<WitnessAnswer | undefined>;
}

/** A ledger with two witnesses that know it, or one. */
async function createScene(name: string, witnesses: 1 | 2 = 1): Promise<Scene> {
  await using resources = new AsyncDisposableStack();
  const witness = resources.use(await startWitness("witness.example/one", () => witnessTime));
  const other = resources.use(await startWitness("witness.example/two", () => witnessTime));
  const setting = [witness, other].slice(0, witnesses).map((one) => one.setting).join(" ");
  const environment = { UBADA_DATA: join(folder, name), WITNESSES: setting };
  const kit = resources.use(await createTestContext({ environment }));
  const { ctx } = kit;
  for (const one of [witness, other]) one.know(ctx.signer.verifier);
  const kept = resources.move();
  return {
    kit,
    witness,
    other,
    async grow(count) {
      kit.advance({ seconds: 10 });
      for (let at = 0; at < count; at++) await journal(kit);
      await extendLedger(ctx);
    },
    async ask() {
      await askWitnesses(ctx, never);
      await extendLedger(ctx);
    },
    async published() {
      const note = String(await publishedReader(ctx.db).read("checkpoint"));
      const signed = [witness, other].filter(({ key }) => findCosignature(note, parseWitnessKey(key)) !== undefined);
      return { size: openCheckpoint(note, ctx.signer.verifier).size, witnesses: signed.map((one) => one.name) };
    },
    async answer() {
      return (await readWitnessStates(ctx.db, ctx.config.witnesses))[0]?.answer;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function journal({ ctx }: TestContext): Promise<string> {
  const entryId = ctx.newId();
  await appendEntry(ctx, ctx.db, null, {
    entryId,
    at: ctx.now(),
    operation: "storage",
    purpose: "17",
    basis: "duty",
    clause: "17",
    categories: ["phone"],
    actor: { kind: "system" },
    policyVersion: ctx.policy.version,
  });
  return entryId;
}

/** As somebody who has the whole database in their hands. */
async function tamper(kit: TestContext, statement: ReturnType<typeof sql>): Promise<void> {
  await using owner = connect(kit.database.ownerAddress, { name: "tamper", max: 1 });
  await statement.execute(owner.db);
}

test("a witness is shown each checkpoint with the proof from the last, and everybody gets its cosignature with it", async () => {
  await using scene = await createScene("cosigned");
  const { kit, witness } = scene;
  let total = 0;
  for (const count of [1, 3, 300, 1, 256]) {
    await scene.grow(count);
    await scene.ask();
    total += count;
    assert.deepEqual(await scene.published(), { size: total, witnesses: [witness.name] });
    assert.equal(witness.sizeOf(kit.ctx.signer.verifier), total);
  }
  assert.deepEqual(witness.asked.map(({ status, oldSize }) => [status, oldSize]), [
    [200, "0"],
    [200, "1"],
    [200, "4"],
    [200, "304"],
    [200, "305"],
  ]);
  const [state] = await readWitnessStates(kit.ctx.db, kit.ctx.config.witnesses);
  assert.deepEqual([state?.answer, state?.cosigned, state?.failingSince], ["cosigned", { size: total, at: witnessTime }, undefined]);
  assert.equal(kit.log.filter((line) => line.includes("witness-cosigns")).length, 1, "said once, not each time");

  const rule = { witnesses: [parseWitnessKey(witness.key)], quorum: 1 };
  const files = folderReader(ledgerFolder(kit.ctx.config.dataDirectory));
  const { cosignatures } = await verifyLog(files, kit.ctx.signer.verifier, { witnesses: rule });
  assert.deepEqual(cosignatures, [{ witness: witness.name, time: witnessTime }]);
});

test("a witness is asked at most every ten seconds, and not at all when there is nothing new", async () => {
  await using scene = await createScene("paced");
  await scene.grow(1);
  await scene.ask();
  for (let second = 0; second < 9; second++) {
    await journal(scene.kit);
    scene.kit.advance({ seconds: 1 });
    await extendLedger(scene.kit.ctx);
    await scene.ask();
  }
  assert.equal(scene.witness.asked.length, 1);
  assert.deepEqual(await scene.published(), { size: 1, witnesses: [scene.witness.name] });
  scene.kit.advance({ seconds: 1 });
  await scene.ask();
  assert.deepEqual(await scene.published(), { size: 10, witnesses: [scene.witness.name] });
  scene.kit.advance({ hours: 3 });
  await scene.ask();
  assert.equal(scene.witness.asked.length, 2);
});

test("a witness that lost its memory, and one that remembers more than we do, are asked again from where they say", async () => {
  await using scene = await createScene("conflict");
  const { ctx } = scene.kit;
  await scene.grow(5);
  await scene.ask();
  scene.witness.remember(ctx.signer.verifier, undefined);
  await scene.grow(5);
  await scene.ask();
  await ctx.db.updateTable("ledger.witness").set({ known_size: "3" }).execute();
  await scene.grow(5);
  await scene.ask();
  assert.deepEqual(await scene.published(), { size: 15, witnesses: [scene.witness.name] });
  const asked = scene.witness.asked.map(({ status, oldSize }) => [status, oldSize]);
  assert.deepEqual(asked.slice(1), [
    [409, "5"],
    [200, "0"],
    [409, "3"],
    [200, "10"],
  ]);
});

const failures: readonly (readonly [string, Misbehaviour, WitnessAnswer])[] = [
  ["breaks off", { kind: "down" }, "unreachable"],
  ["is overloaded", { kind: "answers", status: 429 }, "busy"],
  ["is out of order", { kind: "answers", status: 503 }, "busy"],
  ["does not know the log", { kind: "answers", status: 404 }, "unknown-log"],
  ["does not know the key", { kind: "answers", status: 403 }, "key-refused"],
  ["takes the request for malformed", { kind: "answers", status: 400 }, "refused"],
  ["sends us elsewhere", { kind: "answers", status: 302 }, "refused"],
  ["never stops answering", { kind: "endless" }, "unreadable"],
  ["names a size that is none", { kind: "answers", status: 409, body: "-1\n", type: "text/x.tlog.size" }, "unreadable"],
  ["names no size", { kind: "answers", status: 409, body: "4\n" }, "unreadable"],
  ["says that it holds what we said it holds", { kind: "answers", status: 409, body: "0\n", type: "text/x.tlog.size" }, "unreadable"],
  ["answers with nothing", { kind: "answers", status: 200 }, "bad-signature"],
  ["answers with what is no signature", { kind: "answers", status: 200, body: "<html>\n\n— a b\n" }, "bad-signature"],
  ["signs something else", { kind: "forged" }, "bad-signature"],
];

test("whatever a witness answers wrongly is told for what it is, believed in nothing, and forgotten once it cosigns", async () => {
  for (const [what, how, answer] of failures) {
    await using scene = await createScene(answer);
    await scene.grow(4);
    scene.witness.misbehave(how);
    await scene.ask();
    assert.equal(await scene.answer(), answer, what);
    assert.deepEqual(await scene.published(), { size: 4, witnesses: [] }, what);
    assert.deepEqual(await scene.kit.ctx.db.selectFrom("ledger.cosignature").select("line").execute(), [], what);
    assert.match(scene.kit.log.at(-1) ?? "", new RegExp(`"witness-fails","witness":"witness.example/one","how":"${answer}"`));
    scene.witness.misbehave(undefined);
    await scene.grow(1);
    await scene.ask();
    assert.equal(await scene.answer(), "cosigned", what);
    assert.deepEqual(await scene.published(), { size: 5, witnesses: [scene.witness.name] }, what);
  }
});

test("a witness that fails is asked ever more rarely, though at least every five minutes", async () => {
  await using scene = await createScene("rarely");
  scene.witness.misbehave({ kind: "answers", status: 404 });
  for (let tens = 0; tens < 6 * 60; tens++) {
    await scene.grow(tens === 0 ? 1 : 0);
    await askWitnesses(scene.kit.ctx, never);
  }
  const { length } = scene.witness.asked;
  assert.ok(length > 12 && length < 24, `asked ${length} times in an hour`);
  assert.equal(scene.kit.log.filter((line) => line.includes("witness-fails")).length, 1);
});

test("a witness that has seen more entries under our signature than there are is an alarm", async () => {
  await using scene = await createScene("longer");
  const { ctx } = scene.kit;
  scene.witness.remember(ctx.signer.verifier, { size: 9, root: Buffer.alloc(32, 1) });
  await scene.grow(4);
  await scene.ask();
  assert.equal(await scene.answer(), "longer");
  const [state] = await readWitnessStates(ctx.db, ctx.config.witnesses);
  assert.equal(state?.claimedSize, 9);
  assert.match(scene.kit.log.at(-1) ?? "", /"event":"witness-disagrees","witness":"witness\.example\/one","how":"longer"/);

  const said = scene.kit.log.length;
  scene.witness.misbehave({ kind: "down" });
  await scene.grow(1);
  await scene.ask();
  assert.equal(await scene.answer(), "longer", "that it is gone now does not end the alarm");
  assert.equal(scene.kit.log.length, said);
  scene.witness.misbehave(undefined);
  scene.witness.remember(ctx.signer.verifier, undefined);
  await scene.grow(1);
  scene.kit.advance({ minutes: 5 });
  await scene.ask();
  assert.equal(await scene.answer(), "cosigned");
});

test("a witness that has seen other entries under our signature is an alarm, of whatever size they are", async () => {
  for (const size of [3, 4]) {
    await using scene = await createScene(`other-${size}`);
    scene.witness.remember(scene.kit.ctx.signer.verifier, { size, root: Buffer.alloc(32, 1) });
    await scene.grow(4);
    await scene.ask();
    assert.equal(await scene.answer(), "other-history");
    assert.match(scene.kit.log.at(-1) ?? "", /"event":"witness-disagrees"/);
    assert.deepEqual((await scene.published()).witnesses, []);
  }
});

test("what is shown keeps the word of a witness that is gone for ten minutes, never goes back, and gets it again", async () => {
  await using scene = await createScene("gone", 2);
  const both = [scene.witness.name, scene.other.name];
  await scene.grow(1);
  await scene.ask();
  scene.other.misbehave({ kind: "down" });
  for (let round = 0; round < 61; round++) {
    await scene.grow(1);
    await scene.ask();
    assert.deepEqual(await scene.published(), { size: 1, witnesses: both }, `round ${round}`);
  }
  await scene.grow(1);
  await scene.ask();
  assert.deepEqual(await scene.published(), { size: 63, witnesses: [scene.witness.name] });
  scene.other.misbehave(undefined);
  for (let round = 0; round < 31; round++) await scene.grow(1);
  await scene.ask();
  assert.deepEqual(await scene.published(), { size: 94, witnesses: both });
});

test("a witness that is slow does not keep the ledger or the other witness waiting", async () => {
  await using scene = await createScene("slow", 2);
  scene.other.misbehave({ kind: "slow", milliseconds: 1_500 });
  await scene.grow(1);
  const began = performance.now();
  const round = askWitnesses(scene.kit.ctx, never);
  while (scene.witness.asked.length === 0) await pause(5);
  await journal(scene.kit);
  await extendLedger(scene.kit.ctx);
  assert.equal(openCheckpoint(String(await ledgerReader(scene.kit.ctx.db).read("checkpoint")), scene.kit.ctx.signer.verifier).size, 2);
  assert.ok(performance.now() - began < 1_400);
  await round;
  await extendLedger(scene.kit.ctx);
  assert.deepEqual(await scene.published(), { size: 1, witnesses: [scene.witness.name, scene.other.name] });
});

test("a stop ends a request that is under way, and does not blame the witness", async () => {
  await using scene = await createScene("stopped");
  scene.witness.misbehave({ kind: "silent" });
  await scene.grow(1);
  const stop = new AbortController();
  const round = askWitnesses(scene.kit.ctx, stop.signal);
  await pause(200);
  stop.abort();
  await round;
  assert.equal(await scene.answer(), undefined);
});

test("a witness that never answers is given up after some seconds", async () => {
  await using scene = await createScene("silent");
  scene.witness.misbehave({ kind: "silent" });
  await scene.grow(1);
  const began = performance.now();
  await scene.ask();
  assert.ok(performance.now() - began < 12_000);
  assert.equal(await scene.answer(), "unreachable");
});

test("after a restart, and from two servers at once, each checkpoint is shown once and goes on from the last", async () => {
  await using scene = await createScene("two");
  await scene.grow(2);
  await scene.ask();
  const environment = { UBADA_DATA: join(folder, "second"), WITNESSES: scene.witness.setting };
  await using second = await createTestContext({ reopen: scene.kit.reopen, now: scene.kit.ctx.now(), environment });
  for (let round = 1; round <= 5; round++) {
    second.advance({ seconds: 10 });
    await scene.grow(2);
    await Promise.all([1, 2, 3].flatMap(() => [scene.kit, second].map(({ ctx }) => askWitnesses(ctx, never))));
    await extendLedger(second.ctx);
    assert.deepEqual(await scene.published(), { size: 2 + 2 * round, witnesses: [scene.witness.name] });
  }
  assert.deepEqual(scene.witness.asked.map(({ oldSize }) => oldSize), ["0", "2", "4", "6", "8", "10"]);
  assert.deepEqual([...scene.kit.log, ...second.log].filter((line) => /witness-(fails|disagrees)/.test(line)), []);
});

test("the proof of an entry carries the word of the witnesses as soon as there is one that counts it", async () => {
  await using scene = await createScene("proved");
  const { ctx } = scene.kit;
  const rule = { witnesses: [parseWitnessKey(scene.witness.key)], quorum: 1 };
  const entry = await journal(scene.kit);
  const check = async () => {
    const found = await proveEntry(ctx.db, ctx.signer.verifier, entry);
    assert.ok(found);
    return verifyTlogProof(found.proof, found.leaf, ctx.signer.verifier, rule);
  };
  await scene.grow(1);
  await assert.rejects(check, { code: "not-witnessed" });
  await scene.ask();
  assert.equal((await check()).checkpoint.size, 2);
  scene.witness.misbehave({ kind: "down" });
  for (let round = 0; round < 65; round++) {
    await scene.grow(1);
    await askWitnesses(ctx, never);
  }
  assert.deepEqual((await scene.published()).witnesses, [], "nobody has cosigned for more than ten minutes");
  const { checkpoint, cosignatures } = await check();
  assert.equal(checkpoint.size, 2);
  assert.deepEqual(cosignatures, [{ witness: scene.witness.name, time: witnessTime }]);
});

test("shown checkpoints are forgotten after a day, but for the last that a witness cosigned", async () => {
  await using scene = await createScene("forgotten");
  await scene.grow(1);
  await scene.ask();
  scene.witness.misbehave({ kind: "down" });
  for (let day = 0; day < 3; day++) {
    scene.kit.advance({ hours: 25 });
    await scene.grow(1);
    await scene.ask();
    // The next look makes way for what is older than ten minutes.
    scene.kit.advance({ minutes: 11 });
    await scene.ask();
  }
  const kept = await scene.kit.ctx.db.selectFrom("ledger.shown").select("size").orderBy("size").execute();
  assert.deepEqual(kept.map(({ size }) => size), ["1", "3", "4"]);
});

test("a database that is older than what was signed is refused, also where that was not published yet", async () => {
  await using scene = await createScene("older");
  const { ctx } = scene.kit;
  const files = ledgerFolder(ctx.config.dataDirectory);
  await scene.grow(3);
  await scene.ask();
  await scene.grow(3);
  assert.equal((await scene.published()).size, 3);
  assert.equal(openCheckpoint(await readFile(join(files, "signed-checkpoint"), "utf8"), ctx.signer.verifier).size, 6);
  assert.equal(await requireLedger(ledgerReader(ctx.db), files, ctx.signer.verifier), "continued");

  // As many entries as were published, but fewer than were signed.
  await tamper(scene.kit, sql`alter table ledger.checkpoint disable trigger only_grows`);
  const { note } = await ctx.db.selectFrom("ledger.shown").select("note").where("size", "=", "3").executeTakeFirstOrThrow();
  await ctx.db.updateTable("ledger.checkpoint").set({ size: "3", note }).execute();
  await assert.rejects(requireLedger(ledgerReader(ctx.db), files, ctx.signer.verifier), { code: "ledger-forked" });
  await rm(join(files, "signed-checkpoint"));
  assert.equal(await requireLedger(ledgerReader(ctx.db), files, ctx.signer.verifier), "continued");
});

test("where no witness is configured any more, what is shown goes on from there", async () => {
  await using scene = await createScene("left");
  await scene.grow(2);
  await scene.ask();
  await scene.grow(2);
  assert.equal((await scene.published()).size, 2);
  const environment = { UBADA_DATA: join(folder, "left-alone") };
  await using alone = await createTestContext({ reopen: scene.kit.reopen, environment });
  await extendLedger(alone.ctx);
  assert.deepEqual(await scene.published(), { size: 4, witnesses: [] });
  await extendLedger(scene.kit.ctx);
  assert.deepEqual(await scene.published(), { size: 4, witnesses: [] }, "not back to what was cosigned");
});
