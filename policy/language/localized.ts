/** The languages that Ubada speaks wherever a person reads. */
export type PolicyLanguage = "ru" | "ky" | "en";

/** A sentence or a name in every language: one that is missing does not compile. */
export type Localized = Readonly<Record<PolicyLanguage, string>>;
