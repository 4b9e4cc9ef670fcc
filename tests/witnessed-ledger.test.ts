import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseVerifierKey } from "../ledger/signed-note.ts";
import { visit } from "../test-kit/journey.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";
import { startWitness, type WitnessServer } from "../test-kit/witness-server.ts";

/** Somebody outside, with the address, the key of the company and those of two witnesses, while forms keep coming. */
let witnesses: readonly WitnessServer[];
let server: RunningServer;
let key: string;
before(async () => {
  const now = () => Temporal.Now.instant();
  witnesses = [await startWitness("one.example", now), await startWitness("two.example", now)];
  server = await startServer({ WITNESSES: witnesses.map(({ setting }) => setting).join("\n") });
  key = (await (await fetch(`${server.origin}/ledger/key`)).text()).trim();
  for (const witness of witnesses) witness.know(parseVerifierKey(key));
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  for (const witness of witnesses ?? []) await witness[Symbol.asyncDispose]();
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly size: number;
}

/** The program that needs nothing of ours, asked for the word of both witnesses. */
async function verify(): Promise<Ended> {
  const program = fileURLToPath(new URL("../ledger/verify.ts", import.meta.url));
  const named = witnesses.flatMap((witness) => ["--witness", witness.key]);
  const child = spawn(process.execPath, [program, `${server.origin}/ledger`, "--key", key, ...named], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [out] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { code: child.exitCode ?? 1, out, size: Number(/holds (\d+) entries/.exec(out)?.[1] ?? 0) };
}

/** Forms one after another, until the signal. */
async function keepSending(stop: AbortSignal): Promise<number> {
  let sent = 0;
  while (!stop.aborted) {
    const person = { surname: "Тестова", firstName: "Айгүл", phone: "0555000101", email: `w-${performance.now()}@example.kg` };
    const answer = await visit(server).post("/ru/forms/enrol", { ...person, declared: "yes" }).catch(() => undefined);
    if (answer?.status === 303) sent += 1;
    await pause(200);
  }
  return sent;
}

async function verifyUntil(isIt: (ended: Ended) => boolean): Promise<Ended> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const ended = await verify();
    if (isIt(ended)) return ended;
    assert.ok(performance.now() < deadline, `${ended.out}\n${server.output()}`);
    await pause(500);
  }
}

test("whoever asks for the witnesses' word finds it, at every moment, while entries come all the time and after a crash", async () => {
  const stop = new AbortController();
  const sending = keepSending(stop.signal);
  const first = await verifyUntil(({ code, size }) => code === 0 && size > 0);
  assert.match(first.out, /«one\.example» saw this checkpoint at .*«two\.example» saw this checkpoint at /);

  let [last, checks] = [first.size, 0];
  const began = performance.now();
  while (performance.now() - began < 25_000) {
    const { code, out, size } = await verify();
    assert.equal(code, 0, out);
    assert.ok(size >= last, "what is shown never goes back");
    [last, checks] = [size, checks + 1];
  }
  assert.ok(last > first.size && checks > 5, `${checks} checks, from ${first.size} to ${last} entries`);

  await server.killEverything();
  await server.startAgain();
  const again = await verify();
  assert.equal(again.code, 0, again.out);
  assert.ok(again.size >= last);
  await verifyUntil(({ code, size }) => code === 0 && size > again.size);
  stop.abort();
  assert.ok((await sending) > 0);
  assert.doesNotMatch(server.output(), /witness-disagrees/);
});
