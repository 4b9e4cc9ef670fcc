import type { Localized, PolicyLanguage } from "./localized.ts";
import type { Operation } from "./operations.ts";

/** Who decides why and how data is used, with the registrations printed on every document. */
export interface Controller {
  readonly name: Localized;
  readonly registrations: readonly { readonly label: Localized; readonly value: string }[];
  readonly address: Localized;
  readonly email: string;
  /** IANA name; every day of every clock is counted here. */
  readonly timeZone: string;
}

/** A site with all levels of its domain name, or the apex alone (clause 1, third paragraph). */
export interface Site {
  readonly domain: string;
  readonly subdomains: boolean;
}

/** A kind of personal data. `clause` is where the policy admits to holding it. */
export interface Category {
  readonly clause: string;
  readonly label: Localized;
}

/** What brings a purpose to its end, apart from withdrawal, which always does (clauses 6, 17.4). */
export type PurposeEnd = "account-deleted" | "enquiry-fulfilled" | "withdrawn";

/** Why data may be used: one of the closed list of clause 8. */
export interface Purpose<CategoryId extends string = string> {
  readonly clause: string;
  readonly title: Localized;
  /** The question put to the person beside an unticked box; absent where the purpose is never offered by a box. */
  readonly ask?: Localized;
  readonly basis: "consent" | "contract";
  readonly categories: readonly CategoryId[];
  readonly operations: readonly Operation[];
  readonly end: PurposeEnd;
}

/** What the company owes the person whether or not any purpose lives: showing, correcting, answering, destroying. */
export interface Duty<CategoryId extends string = string> {
  readonly clause: string;
  readonly title: Localized;
  readonly categories: readonly CategoryId[];
  readonly operations: readonly Operation[];
}

export interface FormField<CategoryId extends string = string> {
  readonly category: CategoryId;
  readonly required: boolean;
}

/** A form of the site: what it takes, for what, and the words on its button. */
export interface Form<CategoryId extends string = string, PurposeId extends string = string> {
  readonly clause: string;
  readonly title: Localized;
  readonly lead: Localized;
  readonly fields: readonly FormField<CategoryId>[];
  /** The purpose that pressing the button serves. */
  readonly purpose: PurposeId;
  /** Purposes offered beside it, each by its own unticked box. */
  readonly offers: readonly PurposeId[];
  readonly button: Localized;
}

/** A length of time as the clause states it; days and months are calendar ones. */
export type Limit = { readonly workingDays: number } | { readonly days: number } | { readonly months: number };

/** A right of the person: where it stands, the subject lines that invoke it by letter, and its clock. */
export interface RequestKind {
  readonly clause: string;
  readonly title: Localized;
  /** Subject lines of letters, by language of the text that states them (clause 7); none if no letter opens it. */
  readonly subjectLines: Readonly<Partial<Record<PolicyLanguage, string>>>;
  readonly limit: Limit;
  /** The longest that blocked data may wait for its destruction, from the event (clause 17, third paragraph). */
  readonly cap?: Limit;
  /** Whether accepting it stops processing at once (clause 17). */
  readonly stops: boolean;
}

/** How a clause is kept: by named rules and the tests that show them, or by nothing, with the reason. */
export type ClauseCoverage =
  | { readonly kind: "enforced"; readonly by: readonly string[]; readonly tests: readonly string[] }
  | {
      readonly kind: "partly";
      readonly by: readonly string[];
      readonly tests: readonly string[];
      readonly missing: string;
    }
  | { readonly kind: "open"; readonly missing: string }
  | { readonly kind: "informational"; readonly reason: string };

/** A policy as a value, with its names as plain strings: what the rules take. */
export interface Policy {
  readonly id: string;
  readonly version: string;
  /** ISO date from which the version applies, in the controller's time zone. */
  readonly effectiveFrom: string;
  readonly controller: Controller;
  readonly sites: readonly Site[];
  /** Languages whose text binds, and those that only help the reader. */
  readonly languages: { readonly binding: readonly PolicyLanguage[]; readonly courtesy: readonly PolicyLanguage[] };
  /** ISO 3166 code of the one country where databases may stand (clause 11.1). */
  readonly storageCountry: string;
  /** How each clause is applied; a clause that is not named is applied protectively. */
  readonly posture: Readonly<Record<string, "as-written" | "protective">>;
  readonly categories: Readonly<Record<string, Category>>;
  readonly purposes: Readonly<Record<string, Purpose>>;
  readonly duties: Readonly<Record<string, Duty>>;
  readonly forms: Readonly<Record<string, Form>>;
  readonly requests: Readonly<Record<string, RequestKind>>;
  readonly clauses: Readonly<Record<string, ClauseCoverage>>;
}

/** A policy whose lists keep the exact names they were written with, so that the compiler knows each of them. */
export type TypedPolicy<
  Categories extends Readonly<Record<string, Category>>,
  Purposes extends Readonly<Record<string, Purpose>>,
  Duties extends Readonly<Record<string, Duty>>,
  Forms extends Readonly<Record<string, Form>>,
  Requests extends Readonly<Record<string, RequestKind>>,
> = Omit<Policy, "categories" | "purposes" | "duties" | "forms" | "requests"> & {
  readonly categories: Categories;
  readonly purposes: Purposes;
  readonly duties: Duties;
  readonly forms: Forms;
  readonly requests: Requests;
};

/**
 * Writes a policy down with all its names known to the compiler: a form which offers an unknown purpose, or a
 * purpose which lists an unknown category, does not compile. `checkPolicy` finds the same, and what a type cannot
 * say, in any value.
 */
export function definePolicy<
  const Categories extends Readonly<Record<string, Category>>,
  const Purposes extends Readonly<Record<string, Purpose<NoInfer<keyof Categories & string>>>>,
  const Duties extends Readonly<Record<string, Duty<NoInfer<keyof Categories & string>>>>,
  const Forms extends Readonly<
    Record<string, Form<NoInfer<keyof Categories & string>, NoInfer<keyof Purposes & string>>>
  >,
  const Requests extends Readonly<Record<string, RequestKind>>,
>(
  policy: TypedPolicy<Categories, Purposes, Duties, Forms, Requests>,
): TypedPolicy<Categories, Purposes, Duties, Forms, Requests> {
  return policy;
}
