import assert from "node:assert/strict";
import { mkdtemp, chmod, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { freePort, type RunningServer, runToItsEnd, startServer } from "../test-kit/running-server.ts";

let server: RunningServer;
let folder: string;
before(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), "ubada-second-"));
  await chmod(folder, 0o711);
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("a second start on the same data ends with one sentence and leaves the first alone", async () => {
  const ports = { PORT: String(await freePort()), INTAKE_PORT: String(await freePort()) };
  const { code, output } = await runToItsEnd({ ...ports, UBADA_DATA: server.dataDirectory });
  assert.equal(code, 1);
  assert.match(output, /^The data in \S+ is in use by process \d+: .+\.\n$/);
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 200);
});

test("a port that is taken ends the start with one sentence, and its PostgreSQL with it", async () => {
  const ports = { PORT: String(server.port), INTAKE_PORT: String(await freePort()) };
  const { code, output } = await runToItsEnd({ ...ports, UBADA_DATA: join(folder, "web") });
  assert.equal(code, 1);
  assert.match(lastLine(output), new RegExp(`^Port ${server.port} on \\S+ is taken by another program; .+`));
  assert.ok(!/^\s+at /m.test(output), "no trace of our insides");
  const pidFile = join(folder, "web", "postgres", "cluster", "postmaster.pid");
  await assert.rejects(readFile(pidFile), { code: "ENOENT" });
});

test("so does a port for letters that is taken", async () => {
  const ports = { PORT: String(await freePort()), INTAKE_PORT: String(server.intakePort) };
  const { code, output } = await runToItsEnd({ ...ports, UBADA_DATA: join(folder, "letters") });
  assert.equal(code, 1);
  assert.match(lastLine(output), new RegExp(`port ${server.intakePort} is taken`));
  assert.ok(!/^\s+at /m.test(output));
});

test("settings that make no sense are named, all of them, before anything is touched", async () => {
  const settings = { PORT: "eighty", SMTP_URL: "mail", UBADA_DATA: join(folder, "none") };
  const { code, output } = await runToItsEnd(settings);
  assert.equal(code, 1);
  assert.deepEqual(output.trimEnd().split("\n").map((line) => line.split(" ")[0]), ["PORT", "SMTP_URL"]);
  await assert.rejects(readFile(join(folder, "none", "connection.json")), { code: "ENOENT" });
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} ends it cleanly: exit code 0, no process of it left, and it starts again`, async () => {
    const postmaster = await server.postmasterPid();
    assert.ok(isAlive(postmaster));
    assert.deepEqual(await server.stop(signal), { code: 0, signal: null });
    assert.ok(!isAlive(postmaster));
    assert.match(server.output(), /Stopping…\n/);
    await server.startAgain();
    assert.equal((await fetch(`${server.origin}/readyz`)).status, 200);
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}
