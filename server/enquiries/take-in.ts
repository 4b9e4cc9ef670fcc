import { CompiledQuery, type Kysely } from "kysely";
import { type CellType, columnOf, type RowWith } from "../database/columns.ts";
import { prepared } from "../database/prepared.ts";
import type { Database } from "../database/schema-types.ts";

/** The arguments of `enquiries.take_in` but the first: `form.subject_id` stands for `form_subject_id`. */
const columns = {
  form: {
    subject_id: "uuid",
    kek_epoch: "integer",
    wrapped_key: "bytea",
    link: "bytea",
    detail: "bytea",
    enquiry_id: "uuid",
    number: "bigint",
    at: "timestamptz",
    language: "text",
    form: "text",
    act_id: "uuid",
    shown_hash: "bytea",
    button_label: "text",
    offered: "text",
    given: "text",
    refused: "text",
    entry_id: "uuid",
    purpose: "text",
    basis: "text",
    clause: "text",
    categories: "text",
  },
  lookup: { subject_id: "uuid", digest: "bytea", key_version: "integer", category: "text", identifies: "boolean" },
  attribute: { subject_id: "uuid", attribute_id: "uuid", category: "text", sealed: "bytea" },
  event: { subject_id: "uuid", event_id: "uuid", purpose: "text", kind: "text" },
  letter: {
    subject_id: "uuid",
    letter_id: "uuid",
    purpose: "text",
    kind: "text",
    number: "bigint",
    language: "text",
    sealed: "bytea",
    created_at: "timestamptz",
  },
  text: { shown_hash: "bytea", language: "text", text: "text", first_shown_at: "timestamptz" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, CellType>>>>;

type Table = keyof typeof columns;

/** A row of one table of arguments: exactly its columns. */
export type RowOf<Name extends Table> = RowWith<(typeof columns)[Name]>;

export type Rows = { readonly [Name in Table]: readonly RowOf<Name>[] };

interface Argument {
  readonly table: Table;
  readonly column: string;
  readonly type: CellType;
}

const columnArguments: readonly Argument[] = (Object.keys(columns) as Table[]).flatMap((table) =>
  Object.entries(columns[table]).map(([column, type]: [string, CellType]) => ({ table, column, type })),
);

const names = ["p_policy_version", ...columnArguments.map(({ table, column }) => `${table}_${column}`)];

const statement = prepared(
  "take_in",
  `select take_in as subject_id from enquiries.take_in(${names.map((name, at) => `${name} => $${at + 1}`).join(", ")})`,
);

/**
 * Stores the rows of people who are not known yet (see 004): everything of a form, or nothing where its address belongs
 * to a subject already. One statement, and so atomic by itself. Answers with the subjects that were stored.
 */
export async function takeIn(db: Kysely<Database>, policyVersion: string, rows: Rows): Promise<ReadonlySet<string>> {
  const values = columnArguments.map(({ table, column, type }) => {
    const cells = rows[table].map((row: Readonly<Record<string, unknown>>) => row[column]);
    return columnOf(type, cells);
  });
  const query = CompiledQuery.raw(statement, [policyVersion, ...values]) as CompiledQuery<{ subject_id: string }>;
  const stored = await db.executeQuery(query);
  return new Set(stored.rows.map((row) => row.subject_id));
}
