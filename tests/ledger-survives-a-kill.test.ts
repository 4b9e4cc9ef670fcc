import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { parseVerifierKey } from "../ledger/signed-note.ts";
import { checkLedger } from "../server/journal/check-ledger.ts";
import { ledgerFolder } from "../server/journal/extend-ledger.ts";
import { visit } from "../test-kit/journey.ts";
import { type RunningServer, startServer } from "../test-kit/running-server.ts";

/** The power fails while people send forms, and the ledger is extended every second. */
let server: RunningServer;
before(async () => {
  server = await startServer({ POSTS_PER_MINUTE: "100000" });
});
after(() => server?.[Symbol.asyncDispose]());

/** After the first acknowledged form, in ms; the ledger is extended about once a second. */
const moments = [20, 430, 910, 1_370];
let sent = 0;
let acknowledged = 0;

for (const moment of moments) {
  const when = `all is killed ${moment} ms after a form was acknowledged`;
  test(`${when}: no acknowledged entry is missing, and the ledger is whole`, async () => {
    const people = Array.from({ length: 4 }, () => sendUntilKilled());
    const before = acknowledged;
    while (acknowledged === before) await pause(5);
    await pause(moment);
    await server.killEverything();
    await Promise.all(people);

    await server.startAgain();
    const { entries, checked } = await everythingSequenced();
    assert.ok(entries >= acknowledged, `${entries} entries of ${acknowledged} that were acknowledged`);
    assert.deepEqual(checked.flaws, []);
    assert.equal(checked.checkpoint.size, entries);
  });
}

/** One person after another, until nobody answers any more. */
async function sendUntilKilled(): Promise<void> {
  for (;;) {
    const person = { surname: "Тестова", firstName: "Айгүл", phone: "0555000101", email: `kill-${sent++}@example.kg` };
    const answer = await visit(server).post("/ru/forms/enrol", { ...person, declared: "yes" }).catch(() => undefined);
    if (answer === undefined) return;
    assert.equal(answer.status, 303);
    acknowledged += 1;
  }
}

/** Waits until the ledger holds every entry of the journal, and checks all of it, with what was published before. */
async function everythingSequenced() {
  await using database = await server.openDatabase();
  const { db } = database;
  const verifier = parseVerifierKey((await (await fetch(`${server.origin}/ledger/key`)).text()).trim());
  const started = performance.now();
  for (;;) {
    const { count } = await db
      .selectFrom("journal.entry")
      .select(({ fn }) => fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow();
    const { size } = await db.selectFrom("ledger.checkpoint").select("size").executeTakeFirstOrThrow();
    if (size === count) {
      const checked = await checkLedger(db, { verifier, folder: ledgerFolder(server.dataDirectory), now: () => Temporal.Now.instant() });
      return { entries: Number(count), checked };
    }
    assert.ok(performance.now() - started < 60_000, `${size} of ${count} entries are in the ledger: ${server.output()}`);
    await pause(100);
  }
}
