import type { Kysely } from "kysely";
import type { NoteSigner } from "../ledger/signed-note.ts";
import type { AppPolicy } from "./config/policy.ts";
import type { Config } from "./config/read-config.ts";
import type { Database } from "./database/schema-types.ts";
import type { DemoClock } from "./demo/demo-clock.ts";
import type { Mailer } from "./letters/mailer.ts";
import type { Events } from "./observe/events.ts";
import type { DrawReceipt } from "./receipts/document-facts.ts";
import type { LoadedTexts } from "./publishing/load-policy.ts";
import type { Queue } from "./queue/queue.ts";
import type { BlindIndex } from "./vault/blind-index.ts";
import type { Gate } from "./vault/gate.ts";
import type { KeyEncryptionKeys } from "./vault/key-encryption-keys.ts";
import type { RandomBytes } from "./vault/seal.ts";

/** What every use case may lean on. Made once, in `start.ts`; nothing else constructs these. */
export interface Context {
  readonly config: Config;
  readonly policy: AppPolicy;
  readonly texts: LoadedTexts;
  readonly db: Kysely<Database>;
  readonly gate: Gate<AppPolicy>;
  readonly keys: KeyEncryptionKeys;
  readonly index: BlindIndex;
  /** Signs the checkpoints of the ledger; its name is the ledger's. */
  readonly signer: NoteSigner;
  readonly drawReceipt: DrawReceipt;
  readonly queue: Queue;
  /** Undefined where no SMTP server is configured: letters then wait in the outbox. */
  readonly mailer: Mailer | undefined;
  readonly events: Events;
  /** Undefined in every real installation. */
  readonly demoClock: DemoClock | undefined;
  readonly now: () => Temporal.Instant;
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
}
