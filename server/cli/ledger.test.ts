import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { visit } from "../../test-kit/journey.ts";
import { type RunningServer, startServer } from "../../test-kit/running-server.ts";

let folder: string;
let server: RunningServer;
let key: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ledger-cli-"));
  server = await startServer();
  const person = { surname: "Тестова", firstName: "Айгүл", phone: "0555000101", email: "aigul@example.kg" };
  assert.equal((await visit(server).post("/ru/forms/enrol", { ...person, declared: "yes" })).status, 303);
  while ((await ubada("checkpoint")).out.split("\n")[1] !== "1");
  key = (await ubada("key")).out.trim();
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** `ubada ledger …`, as an operator calls it beside the running server. */
async function ubada(...args: readonly string[]): Promise<Ended> {
  const program = new URL("main.ts", import.meta.url).pathname;
  const env = { ...process.env, UBADA_DATA: server.dataDirectory };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, "ledger", ...args], { env });
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Error & { code: number; stdout: string; stderr: string };
    return { code, out: stdout, error: stderr };
  }
}

test("the operator checks the whole ledger beside the running server", async () => {
  const checked = await ubada("verify");
  assert.equal(checked.code, 0, checked.error);
  assert.match(checked.out, /^All 1 entries are in the journal as the ledger has them; its root is \S{44}\.\n$/);
  const { size, flaws } = JSON.parse((await ubada("verify", "--json")).out);
  assert.deepEqual({ size, flaws }, { size: 1, flaws: [] });
});

test("a published file that was changed is found by the operator too, and a checkpoint that was kept is compared", async () => {
  const kept = join(folder, "kept-by-the-operator");
  await writeFile(kept, (await ubada("checkpoint")).out);
  assert.equal((await ubada("verify", "--previous", kept)).code, 0);
  const tile = join(server.dataDirectory, "ledger", "tile", "0", "000.p", "1");
  const hash = await readFile(tile);
  await writeFile(tile, hash.with(7, (hash[7] ?? 0) ^ 1));
  const broken = await ubada("verify");
  assert.equal(broken.code, 1);
  assert.match(broken.error, /tile\/0\/000\.p\/1/);
  await writeFile(tile, hash);
  const unwritable = await ubada("prove", "01a20658-9b80-7058-81d4-2265a56b03c0", "--outt", "x");
  assert.match(unwritable.error, /--outt/);
});

test("a stranger checks the published ledger, by its address and by its files, also against a checkpoint they kept", async () => {
  const kept = join(folder, "kept");
  await writeFile(kept, (await ubada("checkpoint")).out);
  for (const place of [`${server.origin}/ledger`, join(server.dataDirectory, "ledger")]) {
    const checked = await ubada("verify", place, "--key", key, "--previous", kept);
    assert.equal(checked.code, 0, checked.out);
    assert.match(checked.out, /holds 1 entries/);
  }
});

test("what proves an entry is written, names nobody, and convinces whoever has the key", async () => {
  await using database = await server.openDatabase();
  const { entry_id: entry } = await database.db.selectFrom("journal.entry").select("entry_id").executeTakeFirstOrThrow();
  const out = join(folder, "proof");
  assert.equal((await ubada("prove", entry, "--out", out)).code, 0);
  const leaf = await readFile(join(out, "leaf.json"), "utf8");
  assert.match(leaf, /"operation":"collection"/);
  for (const trace of ["aigul", "Айгүл", "555000101"]) assert.ok(!leaf.includes(trace), trace);
  const proof = ["proof", join(out, "leaf.tlog-proof"), "--entry", join(out, "leaf.json"), "--key", key];
  assert.equal((await ubada("verify", ...proof)).code, 0);
  await writeFile(join(out, "leaf.json"), leaf.replace("collection", "storage"));
  assert.equal((await ubada("verify", ...proof)).code, 1);
});

test("a wrong call and an entry that is not there are answered with what to do", async () => {
  assert.equal((await ubada("burn")).code, 2);
  assert.match((await ubada("burn")).error, /ubada ledger --help/);
  assert.match((await ubada("prove", "7")).error, /by its id/);
  const unknown = await ubada("prove", "01a20658-9b80-7058-81d4-2265a56b03c0");
  assert.match(unknown.error, /No such entry is in the ledger/);
});
