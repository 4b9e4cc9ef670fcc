import { CompiledQuery, type Kysely } from "kysely";
import type { UseRefusal } from "../../policy/rules/decide-use.ts";
import { arrayText } from "../database/columns.ts";
import { prepared } from "../database/prepared.ts";
import type { Database } from "../database/schema-types.ts";
import type { Actor } from "../journal/append-entry.ts";
import { commitToReceipt, type ReceiptContent } from "../journal/receipt-content.ts";
import { sealLink } from "./entry-link.ts";
import type { GateMeans } from "./gate.ts";
import type { WrappedKey } from "./key-encryption-keys.ts";
import type { SealedAttribute } from "./open-subject.ts";

/** One use of one subject's data, as the database decides it. */
export interface Ask {
  readonly subject: string;
  readonly purpose: string;
  readonly operation: string;
  readonly categories: readonly string[];
  readonly actor: Actor;
  readonly record?: string;
  readonly receipt?: ReceiptContent;
}

export type Answer =
  | { readonly kind: "refused"; readonly reason: UseRefusal; readonly clause: string }
  /** `attributes`: of the categories asked for, the oldest first. */
  | { readonly kind: "opened"; readonly key: WrappedKey; readonly attributes: readonly SealedAttribute[] };

const statement = prepared(
  "open_subjects",
  "select * from vault.open_subjects($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
);

/**
 * Asks `vault.open_subjects` in one round trip; one answer for each ask, in their order, and one journal row. Where `db`
 * is no transaction, all of it is committed before this returns. `wait`: whether to wait where a stop of a subject is
 * under way; otherwise the answer is undefined and nothing is journaled.
 */
export async function openInOneTrip(
  db: Kysely<Database>,
  asks: readonly Ask[],
  means: Omit<GateMeans, "db">,
  { wait }: { readonly wait: boolean },
): Promise<readonly (Answer | undefined)[]> {
  const entries = asks.map((ask) => newEntry(ask, means));
  const query = CompiledQuery.raw(statement, [
    wait,
    means.now().toString(),
    means.keys.current,
    asks.map(({ subject }) => subject),
    entries.map(({ entryId }) => entryId),
    asks.map(({ purpose }) => purpose),
    asks.map(({ operation }) => operation),
    asks.map(({ categories }) => arrayText(categories)),
    asks.map(({ record }) => record ?? null),
    asks.map(({ actor }) => actor.kind),
    asks.map(({ actor }) => (actor.kind === "staff" ? actor.staffId : null)),
    entries.map(({ link }) => link),
    entries.map(({ detail }) => detail),
  ]) as CompiledQuery<Row>;
  const { rows } = await db.executeQuery(query);
  const answers = new Map(rows.map((row) => [row.place, toAnswer(row)]));
  return asks.map((_, index) => answers.get(index + 1));
}

/** The journal entry of an ask, with what only the server can make of it. */
function newEntry({ subject, receipt: content }: Ask, { keys, newId, randomBytes }: Omit<GateMeans, "db">) {
  const entryId = newId();
  const commitment = content && commitToReceipt(content, randomBytes);
  const { sealed: link } = sealLink(keys, subject, { entryId, receipt: commitment?.receipt }, randomBytes);
  return { entryId, link, detail: commitment?.detail ?? null };
}

function toAnswer(row: Row): Answer {
  if (row.outcome === "refused") return { kind: "refused", reason: row.reason, clause: row.clause };
  const attributes = (row.attributes ?? []).map((attribute) => ({
    ...attribute,
    sealed: Buffer.from(attribute.sealed.slice(bytesMark.length), "hex"),
    recorded_at: Temporal.Instant.from(attribute.recorded_at),
  }));
  return { kind: "opened", key: { epoch: row.kek_epoch, wrapped: row.wrapped_key }, attributes };
}

/** How PostgreSQL begins bytes in JSON: the rest is hexadecimal. */
const bytesMark = String.raw`\x`;

/** `place`: where the ask stands among the others, from 1. */
type Row =
  | { readonly place: number; readonly outcome: "refused"; readonly reason: UseRefusal; readonly clause: string }
  | {
      readonly place: number;
      readonly outcome: "done";
      readonly kek_epoch: number;
      readonly wrapped_key: Buffer;
      readonly attributes: readonly AttributeInJson[] | null;
    };

type AttributeInJson = Omit<SealedAttribute, "sealed" | "recorded_at"> & {
  readonly sealed: string;
  readonly recorded_at: string;
};
