import { randomBytes as systemRandomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { PgBoss } from "pg-boss";
import { createNoteSigner } from "../ledger/signed-note.ts";
import { policy, policyDirectory } from "./config/policy.ts";
import type { Config } from "./config/read-config.ts";
import { createNewId } from "./config/new-id.ts";
import { createRandomBytes } from "./config/random-bytes.ts";
import { readSecrets, type Secrets } from "./config/secrets.ts";
import type { Context } from "./context.ts";
import { type DatabaseAddress, parseDatabaseUrl } from "./database/address.ts";
import { connect } from "./database/connect.ts";
import { writeConnectionNote } from "./database/connection-note.ts";
import { startEmbeddedPostgres } from "./database/embedded-postgres.ts";
import { migrate } from "./database/migrate.ts";
import type { Database } from "./database/schema-types.ts";
import type { DemoClock } from "./demo/demo-clock.ts";
import { startIntake } from "./intake/letter-server.ts";
import { ledgerFolder } from "./journal/extend-ledger.ts";
import { ledgerName } from "./journal/ledger-name.ts";
import { ledgerReader } from "./journal/ledger-reader.ts";
import { makeMonths } from "./journal/make-months.ts";
import { keepJournalFor } from "./journal/retention.ts";
import { requireClock } from "./journal/require-clock.ts";
import { requireLedger } from "./journal/require-ledger.ts";
import { createSmtpMailer } from "./letters/smtp-mailer.ts";
import { codeOf, createEvents } from "./observe/events.ts";
import { loadPolicy } from "./publishing/load-policy.ts";
import { publishPolicy } from "./publishing/publish-policy.ts";
import { requireInstallation } from "./publishing/require-installation.ts";
import { createAppBoss, installQueue } from "./queue/boss.ts";
import { createQueue } from "./queue/queue.ts";
import { ensureFirstInvitation } from "./staff/invitation.ts";
import { BlindIndex } from "./vault/blind-index.ts";
import { Gate } from "./vault/gate.ts";
import { KeyEncryptionKeys } from "./vault/key-encryption-keys.ts";
import { learnVersions, requireLookupKeys } from "./vault/lookup-versions.ts";
import { requireKeys } from "./vault/require-keys.ts";
import { startEpochs } from "./vault/start-epochs.ts";
import { serveWeb } from "./web/serve.ts";
import { startWorker } from "./worker/start-worker.ts";

/** How the process talks to whoever started it, and what time it is. */
export interface Surroundings {
  /** A line for the person at the terminal. */
  readonly tell: (line: string) => void;
  /** A line of the log. */
  readonly log: (line: string) => void;
  readonly now: () => Temporal.Instant;
  /** Unix milliseconds, for ids: they keep the order of making, also where `now` is moved. */
  readonly idClock: () => number;
  /** The clock behind `now`, where it can be moved: in a demo. */
  readonly demoClock?: DemoClock;
}

export interface Running extends AsyncDisposable {
  readonly origin: string;
  /** For what a command does once everything serves. */
  readonly ctx: Context;
  /** The link by which the first administrator comes in; undefined once there is one. */
  readonly firstInvitation: string | undefined;
  /** Settles when the database has gone away by itself. */
  readonly lost: Promise<void>;
}

/** Starts everything in order: secrets, database, policy, queue, web, letters, jobs. Disposing stops it in reverse. */
export async function start(config: Config, surroundings: Surroundings): Promise<Running> {
  await using resources = new AsyncDisposableStack();
  const { ctx, boss, lost } = await createContext(config, surroundings, resources);
  const { dataDirectory } = ctx.config;
  if ((await requireLedger(ledgerReader(ctx.db), ledgerFolder(dataDirectory), ctx.signer.verifier)) === "nothing-published") {
    surroundings.tell(
      `${ledgerFolder(dataDirectory)} is gone, so nothing shows whether this database continues what was published. ` +
        "It is written anew; compare with a checkpoint that somebody kept: npx ubada ledger verify --previous FILE",
    );
  }
  await requireClock(ctx);
  await makeMonths(ctx.db).catch((error: unknown) => ctx.events.jobFailed("make-months", codeOf(error)));
  const web = resources.use(await serveWeb(ctx));
  resources.use(await startIntake(ctx));
  const worker = resources.use(await startWorker(ctx, boss));
  ctx.demoClock?.onMove(() => worker.sweepNow());
  ctx.events.serving(web.origin);
  const firstInvitation = await ensureFirstInvitation(ctx);
  const kept = resources.move();
  return {
    origin: web.origin,
    ctx,
    firstInvitation,
    lost,
    async [Symbol.asyncDispose]() {
      ctx.events.stopping();
      await kept.disposeAsync();
    },
  };
}

/** Opens the data and everything that use cases lean on; `resources` closes it. Commands use it without serving. */
export async function createContext(
  config: Config,
  surroundings: Surroundings,
  resources: AsyncDisposableStack,
): Promise<{ ctx: Context; boss: PgBoss; lost: Promise<void> }> {
  const texts = loadPolicy(policy, policyDirectory);
  // Others may pass through, not look in: PostgreSQL's own user must reach its folder when root starts us.
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o711 });
  const secrets = await readSecrets(join(config.dataDirectory, "secrets"), systemRandomBytes);
  const { owner, lost } = await findDatabase(config, surroundings, resources);
  const app = { ...owner, user: "ubada_app", password: secrets.appPassword };
  writeConnectionNote(config.dataDirectory, owner);

  await prepareDatabase(owner, secrets, async (db) => {
    await requireInstallation(db, config.kind, surroundings.now());
    await requireKeys(db, { ledger: secrets.ledgerSeed });
    await requireLookupKeys(db, secrets.lookupKeys);
    await startEpochs(db, secrets.keyProvider, surroundings.now());
    await publishPolicy(db, policy, texts, surroundings.now());
    await keepJournalFor(db, config.journalRetentionMonths);
  });
  const connection = resources.use(connect(app, { name: "ubada", max: 20 }));
  const boss = createAppBoss(app);
  const events = createEvents(surroundings.log, surroundings.now);
  boss.on("error", () => events.jobFailed("queue", "queue-connection"));
  await boss.start();
  resources.defer(() => boss.stop({ graceful: false }));

  const randomBytes = createRandomBytes(systemRandomBytes);
  const newId = createNewId(surroundings.idClock, randomBytes);
  const keys = new KeyEncryptionKeys(await secrets.keyProvider.read(), secrets.keyProvider);
  const index = new BlindIndex(secrets.lookupKeys.read(), secrets.lookupKeys);
  await learnVersions({ db: connection.db, index });
  // To the microsecond, which is what PostgreSQL keeps: what is committed to has the time that is read back later.
  const now = () => surroundings.now().round({ smallestUnit: "microsecond", roundingMode: "trunc" });
  const means = { db: connection.db, keys, now, newId, randomBytes };
  const ctx: Context = {
    ...means,
    config,
    policy,
    texts,
    gate: new Gate(means),
    index,
    signer: createNoteSigner(ledgerName, secrets.ledgerSeed),
    // Loaded when the first receipt is asked for: with its words it would rest in memory for ever.
    drawReceipt: async (facts) => (await import("./web/cabinet/receipt-document.tsx")).renderReceiptDocument(facts),
    queue: createQueue(boss),
    mailer: createMailer(config),
    events,
    demoClock: surroundings.demoClock,
  };
  return { ctx, boss, lost };
}

async function findDatabase(
  config: Config,
  { tell }: Surroundings,
  resources: AsyncDisposableStack,
): Promise<{ owner: DatabaseAddress; lost: Promise<void> }> {
  if (config.databaseUrl !== undefined) {
    return { owner: parseDatabaseUrl(config.databaseUrl), lost: new Promise(() => {}) };
  }
  const postgres = await startEmbeddedPostgres({
    directory: join(config.dataDirectory, "postgres"),
    secretsDirectory: join(config.dataDirectory, "secrets"),
    tell,
  });
  resources.use(postgres);
  return { owner: postgres.address, lost: postgres.ended.then((how) => (how === "lost" ? undefined : new Promise(() => {}))) };
}

async function prepareDatabase(
  owner: DatabaseAddress,
  secrets: Secrets,
  prepare: (db: Kysely<Database>) => Promise<void>,
): Promise<void> {
  await migrate(owner, { appPassword: secrets.appPassword });
  await using connection = connect(owner, { name: "ubada-owner", max: 1 });
  await installQueue(owner, connection.db);
  await prepare(connection.db);
}

function createMailer(config: Config): Context["mailer"] {
  if (config.smtpUrl === undefined) return undefined;
  const { controller } = policy;
  return createSmtpMailer({
    url: config.smtpUrl,
    from: config.mailFrom ?? controller.email,
    fromName: controller.name.ru,
  });
}
