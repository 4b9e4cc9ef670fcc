import { randomBytes } from "node:crypto";
import { createNoteSigner } from "../ledger/signed-note.ts";
import { policy, policyDirectory } from "../server/config/policy.ts";
import { createNewId } from "../server/config/new-id.ts";
import { type Config, readConfig } from "../server/config/read-config.ts";
import type { Context } from "../server/context.ts";
import { connect } from "../server/database/connect.ts";
import { ledgerName } from "../server/journal/ledger-name.ts";
import type { Mailer } from "../server/letters/mailer.ts";
import { codeOf, createEvents } from "../server/observe/events.ts";
import { loadPolicy } from "../server/publishing/load-policy.ts";
import { publishPolicy } from "../server/publishing/publish-policy.ts";
import { requireInstallation } from "../server/publishing/require-installation.ts";
import { createAppBoss } from "../server/queue/boss.ts";
import { createQueue, jobNames, type Jobs } from "../server/queue/queue.ts";
import { BlindIndex } from "../server/vault/blind-index.ts";
import { Gate } from "../server/vault/gate.ts";
import { KeyEncryptionKeys } from "../server/vault/key-encryption-keys.ts";
import { renderReceiptDocument } from "../server/web/cabinet/receipt-document.tsx";
import { handlers } from "../server/worker/run-job.ts";
import { createTestDatabase, type TestDatabase } from "./postgres.ts";

export interface TestContext extends AsyncDisposable {
  readonly ctx: Context;
  readonly database: Omit<TestDatabase, typeof Symbol.asyncDispose>;
  /** Opens the same data again, also from another process: plain JSON. */
  readonly reopen: Reopen;
  /** Every line of the log so far. */
  readonly log: readonly string[];
  /** Moves the clock; it stands still otherwise. */
  advance(by: Temporal.DurationLike): void;
  /** Runs every job that waits, and those that they add, until none is left. A failing job throws. */
  runJobs(): Promise<void>;
}

/** What survives the end of a process: where the database is, and the keys beside it. */
export interface Reopen {
  readonly database: Omit<TestDatabase, typeof Symbol.asyncDispose>;
  readonly kek: string;
  readonly lookupKey: string;
  readonly ledgerSeed: string;
}

const texts = loadPolicy(policy, policyDirectory);

/** Everything a use case needs, real but for the clock: a database of its own, keys, a queue. */
export async function createTestContext(
  options: {
    readonly mailer?: Mailer;
    /** An existing database with its secrets, to be opened again as after a restart; a new one otherwise. */
    readonly reopen?: Reopen;
    readonly now?: Temporal.Instant;
    readonly environment?: Readonly<Record<string, string>>;
    readonly kind?: Config["kind"];
  } = {},
): Promise<TestContext> {
  await using resources = new AsyncDisposableStack();
  const reopen = options.reopen ?? (await makeNew(resources));
  const { database } = reopen;
  let now = options.now ?? Temporal.Instant.from("2026-11-23T09:00:00+06:00");
  const clock = () => now;
  await publish(database, options.kind ?? "production", clock());

  const { db } = resources.use(connect(database.appAddress, { name: "test", max: 20 }));
  const boss = createAppBoss(database.appAddress);
  const log: string[] = [];
  boss.on("error", (error) => log.push(`queue: ${error.name}`));
  await boss.start();
  resources.defer(() => boss.stop({ graceful: false }));

  const newId = createNewId(() => now.epochMilliseconds, randomBytes);
  const keys = new KeyEncryptionKeys([{ epoch: 1, bytes: Buffer.from(reopen.kek, "hex") }]);
  const means = { db, keys, now: clock, newId, randomBytes };
  const ctx: Context = {
    ...means,
    config: readConfig({ INTAKE_PORT: "0", ...options.environment }, options.kind ?? "production"),
    policy,
    texts,
    gate: new Gate(means),
    index: new BlindIndex([Buffer.from(reopen.lookupKey, "hex")]),
    signer: createNoteSigner(ledgerName, Buffer.from(reopen.ledgerSeed, "hex")),
    drawReceipt: async (facts) => renderReceiptDocument(facts),
    queue: createQueue(boss),
    mailer: options.mailer,
    events: createEvents((line) => log.push(line), clock),
    demoClock: undefined,
  };
  const kept = resources.move();
  return {
    ctx,
    database,
    reopen,
    log,
    advance: (by) => {
      now = now.toZonedDateTimeISO("UTC").add(by).toInstant();
    },
    runJobs: async () => {
      let ran: number;
      do {
        ran = 0;
        for (const name of jobNames) ran += await runWaiting(ctx, boss, name);
      } while (ran > 0);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function makeNew(resources: AsyncDisposableStack): Promise<Reopen> {
  const { ownerAddress, appAddress } = resources.use(await createTestDatabase());
  const secret = () => randomBytes(32).toString("hex");
  return { database: { ownerAddress, appAddress }, kek: secret(), lookupKey: secret(), ledgerSeed: secret() };
}

async function publish(database: TestContext["database"], kind: Config["kind"], now: Temporal.Instant): Promise<void> {
  await using owner = connect(database.ownerAddress, { name: "test-owner", max: 1 });
  await requireInstallation(owner.db, kind, now);
  await publishPolicy(owner.db, policy, texts, now);
}

async function runWaiting<Name extends keyof Jobs>(
  ctx: Context,
  boss: ReturnType<typeof createAppBoss>,
  name: Name,
): Promise<number> {
  const jobs = await boss.fetch<Jobs[Name]>(name, { batchSize: 50 });
  for (const job of jobs) {
    await handlers[name](ctx, job.data).catch(unlessLetterWaits);
    await boss.complete(name, job.id);
  }
  return jobs.length;
}

/** A letter that the mail server does not take now is tried again later; that is not a fault. */
function unlessLetterWaits(error: unknown): void {
  if (codeOf(error) !== "letter-waits") throw error;
}
