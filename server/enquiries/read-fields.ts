import type { AppPolicy, FormId } from "../config/policy.ts";
import type { FieldReading, FieldReason } from "./field-reading.ts";
import { readEmail } from "./read-email.ts";
import { readName } from "./read-name.ts";
import { readPhone } from "./read-phone.ts";

export type AppForm = AppPolicy["forms"][FormId];
/** The categories that some form takes. */
export type FormCategory = AppForm["fields"][number]["category"];

/** How each category is read; a form that takes one without a reader does not compile. */
const readers: Readonly<Record<FormCategory, (typed: string) => FieldReading>> = {
  surname: readName,
  firstName: readName,
  phone: readPhone,
  email: readEmail,
};

export interface FieldFault {
  readonly field: FormCategory | "declared";
  readonly reason: FieldReason;
}

export interface TypedValue {
  readonly category: FormCategory;
  readonly value: string;
}

export type FieldsReading =
  | { readonly kind: "read"; readonly values: readonly TypedValue[] }
  | { readonly kind: "invalid"; readonly faults: readonly FieldFault[] };

/**
 * Reads what was typed into a form's fields, in the form's order, and finds every fault at once. Without the
 * declaration of age and capacity nothing is taken (1, 9.1).
 */
export function readFields(form: AppForm, fields: Readonly<Record<string, string>>, declared: boolean): FieldsReading {
  const values: TypedValue[] = [];
  const faults: FieldFault[] = [];
  for (const { category, required } of form.fields) {
    const reading = readers[category](fields[category] ?? "");
    if (reading.kind === "read") values.push({ category, value: reading.value });
    else if (required || reading.reason !== "missing") faults.push({ field: category, reason: reading.reason });
  }
  if (!declared) faults.push({ field: "declared", reason: "undeclared" });
  return faults.length > 0 ? { kind: "invalid", faults } : { kind: "read", values };
}
