import type { Database } from "../database/schema-types.ts";
import { type RandomBytes, seal, unseal } from "./seal.ts";

/** One value as the person gave it. */
export interface StoredValue<C extends string> {
  readonly category: C;
  readonly value: string;
  readonly record: string;
  readonly recordedAt: Temporal.Instant;
}

/** A subject's data while the gate is open: the categories asked for, and the key's two uses. */
export interface OpenSubject<C extends string> {
  /** The latest value of each category asked for. */
  readonly latest: Readonly<Partial<Record<C, string>>>;
  /** Every value of the categories asked for, oldest first. */
  readonly values: readonly StoredValue<C>[];
  /** Opens a record sealed under this subject's key; `identity` is its table and row. Throws `SealBroken`. */
  unseal(sealed: Buffer, identity: string): Buffer;
  /** Seals a record under this subject's key. */
  seal(plain: Buffer, identity: string): Buffer;
}

/** A row of `vault.attribute`, whose subject is known. */
export type SealedAttribute = Readonly<Omit<Database["vault.attribute"], "subject_id">>;

/** The name under which an attribute is sealed: its row and its category. */
export function attributeIdentity(subject: string, attribute: string, category: string): string {
  return `vault.attribute/${subject}/${attribute}/${category}`;
}

/** The name under which any other row of a subject is sealed. */
export function rowIdentity(table: string, subject: string, row: string): string {
  return `${table}/${subject}/${row}`;
}

/**
 * Opens attributes of the asked categories, the oldest first. Only the gate calls this: it holds the key. Throws
 * `SealBroken`.
 */
export function openSubject<C extends string>(
  asked: { readonly subject: string; readonly categories: readonly C[] },
  attributes: readonly SealedAttribute[],
  key: Buffer,
  randomBytes: RandomBytes,
): OpenSubject<C> {
  const values = attributes.flatMap((row) => {
    const category = asked.categories.find((name) => name === row.category);
    if (category === undefined) return [];
    const identity = attributeIdentity(asked.subject, row.attribute_id, category);
    const value = unseal(key, row.sealed, identity).toString("utf8");
    return [{ category, value, record: row.record_id, recordedAt: row.recorded_at }];
  });
  const latest: Partial<Record<C, string>> = {};
  for (const { category, value } of values) latest[category] = value;
  return {
    latest,
    values,
    unseal: (sealed, identity) => unseal(key, sealed, identity),
    seal: (plain, identity) => seal(key, plain, identity, randomBytes),
  };
}
