import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { sendForm } from "../test-kit/journey.ts";
import { markPerson } from "../test-kit/marked-person.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";
import { documentedPolicy, startTransitServer, type TransitServer } from "../test-kit/transit-server.ts";

const main = fileURLToPath(new URL("../server/cli/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ubada-transit-token-"));
const tokenFile = join(folder, "token");

let service: TransitServer;
let server: RunningServer;
let token: string;
let settings: Readonly<Record<string, string>>;
let people = 0;
before(async () => {
  service = await startTransitServer();
  token = service.newToken(documentedPolicy);
  writeFileSync(tokenFile, token, { mode: 0o600 });
  settings = { UBADA_TRANSIT_URL: service.url, UBADA_TRANSIT_TOKEN_FILE: tokenFile };
  server = await startServer(settings);
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function run(line: string) {
  const { PATH = "", TMPDIR = "/tmp" } = process.env;
  const env = { PATH, TMPDIR, UBADA_DATA: server.dataDirectory, ...settings };
  const child = spawn(process.execPath, [main, ...line.split(" ")], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, error] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, error };
}

async function states(): Promise<readonly string[]> {
  const { code, out, error } = await run("keys status --json");
  assert.deepEqual([code, error], [0, ""]);
  const status = JSON.parse(out) as { keptIn: string; epochs: { epoch: number; keys: number; state: string }[] };
  assert.equal(status.keptIn, "transit");
  return status.epochs.map(({ epoch, keys, state }) => `${epoch}: ${keys} ${state}`);
}

async function newPerson(): Promise<void> {
  people += 1;
  await sendForm(server, markPerson("ru", 700 + people));
}

const keyFile = (epoch: number) => join(server.dataDirectory, "secrets", `kek-${epoch}.transit`);

test("forms are taken in under keys that only the service opens, and the service is not asked for any of them", async () => {
  const asked = service.audit.length;
  await newPerson();
  assert.equal(service.audit.length, asked);
  assert.deepEqual(await states(), ["1: 1 current"]);
  const { code, out } = await run("doctor");
  assert.match(out, /ok {4}The keys are in \S+, and open only with the transit service, which answers;/);
  assert.equal(code, 0);
});

test("keys are rotated beside the running server, which finds the new one by itself", async () => {
  const { code, out, error } = await run("keys rotate");
  assert.deepEqual([code, error], [0, ""]);
  assert.match(out, /every key is under epoch 2 now\.\nKeep a copy of \S+kek-2\.transit elsewhere/);
  await newPerson();
  assert.deepEqual(await states(), ["1: 0 kept", "2: 2 current"]);
});

test("while the service is sealed the server goes on, a rotation changes nothing, and both say so sensibly", async () => {
  service.fail("sealed");
  await newPerson();
  const rotation = await run("keys rotate");
  assert.equal(rotation.code, 1);
  assert.match(rotation.error, /^The transit service at \S+ is sealed.* Nothing is lost.*Unseal it/);
  assert.match((await run("doctor")).out, /BAD {3}The transit service at \S+ is sealed/);
  await server.stop();
  await assert.rejects(server.startAgain(), /is sealed.*Nothing is lost/);
  service.fail(undefined);
  await server.startAgain();
  assert.deepEqual(await states(), ["1: 0 kept", "2: 3 current"]);
});

test("a token file that others can read is told by the doctor, and no start goes on with it", async () => {
  chmodSync(tokenFile, 0o644);
  assert.match((await run("doctor")).out, new RegExp(`BAD {3}Others on this machine can read ${tokenFile}; run: chmod 600`));
  await server.stop();
  await assert.rejects(server.startAgain(), new RegExp(`can read ${tokenFile}`));
  chmodSync(tokenFile, 0o600);
  await server.startAgain();
});

test("once no backup needs the old epoch, its transit key is destroyed, and a copy of its file opens nothing", async () => {
  const copy = join(folder, "kek-1.transit");
  copyFileSync(keyFile(1), copy);
  {
    await using database = await server.openDatabase();
    await sql`update vault.key_epoch set opened_at = opened_at - interval '31 days',
      retired_at = retired_at - interval '31 days', emptied_at = emptied_at - interval '31 days'
      where epoch = 1`.execute(database.db);
  }
  await server.stop();
  await server.startAgain();
  const deadline = performance.now() + 20_000;
  while ((await states())[0] !== "1: 0 destroyed" && performance.now() < deadline) await pause(100);
  assert.deepEqual(await states(), ["1: 0 destroyed", "2: 3 current"]);
  assert.ok(!existsSync(keyFile(1)));
  assert.deepEqual(service.keyNames().map((name) => name.slice(0, 8)), ["ubada-2-"]);

  copyFileSync(copy, keyFile(1));
  const { code, error } = await run("keys status");
  assert.equal(code, 1);
  assert.match(error, /ubada-1-\S+ is missing in the service/);
  rmSync(keyFile(1));
  await server.killEverything();
  await server.startAgain();
  await newPerson();
  assert.deepEqual(await states(), ["1: 0 destroyed", "2: 4 current"]);
});

test("what it wrote all that time holds no token", () => {
  assert.ok(!server.output().includes(token));
});
