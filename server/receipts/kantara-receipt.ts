import { defaultLanguage, isLanguage, pathInLanguage } from "../language/language.ts";
import type { RecordFacts } from "./dpv-record.ts";
import { piiCategories, purposeCategories } from "./kantara-terms.ts";
import { findForm, findPurpose, isShared } from "./policy-parts.ts";
import type { ContentOf } from "../journal/receipt-content.ts";
import { jurisdiction, lasts, partners, ways } from "./record-words.ts";
import { termOf } from "./term-of.ts";

/** Kantara Consent Receipt 1.1, with the names of its published schema (KantaraInitiative/consent-receipt-v-next). */
export interface KantaraReceipt {
  readonly version: "KI-CR-v1.1.0";
  readonly jurisdiction: string;
  /** Whole seconds since 1970. */
  readonly consentTimestamp: number;
  readonly collectionMethod: string;
  readonly consentReceiptID: string;
  readonly publicKey: string;
  readonly language: string;
  readonly piiPrincipalId: string;
  readonly piiControllers: readonly KantaraController[];
  readonly policyUrl: string;
  readonly services: readonly { readonly service: string; readonly purposes: readonly KantaraPurpose[] }[];
  readonly sensitive: boolean;
  readonly spiCat: readonly string[];
}

interface KantaraController {
  readonly piiController: string;
  readonly onBehalf: boolean;
  readonly contact: string;
  readonly address: { readonly streetAddress: string; readonly addressCountry: string };
  readonly email: string;
  readonly phone: string;
  readonly piiControllerUrl: string;
}

type KantaraPurpose = {
  readonly purpose: string;
  readonly purposeCategory: readonly string[];
  readonly consentType: "EXPLICIT";
  readonly piiCategory: readonly string[];
  readonly primaryPurpose: boolean;
  readonly termination: string;
} & (
  | { readonly thirdPartyDisclosure: false }
  | { readonly thirdPartyDisclosure: true; readonly thirdPartyName: string }
);

/**
 * The given purposes of a consent; undefined where none was given. `publicKey`: the ledger's, as its verifier key. The
 * policy states no phone number, so `phone` is empty, and names no sensitive category (5).
 */
export function kantaraReceipt(
  facts: RecordFacts<ContentOf<"consent">> & { readonly publicKey: string },
): KantaraReceipt | undefined {
  const { content, policy, origin } = facts;
  if (content.given.length === 0) return undefined;
  const language = isLanguage(content.language) ? content.language : defaultLanguage;
  const { name, address, email } = policy.controller;
  const form = findForm(policy, content.form);
  return {
    version: "KI-CR-v1.1.0",
    jurisdiction,
    consentTimestamp: Math.floor(Temporal.Instant.from(content.at).epochMilliseconds / 1000),
    collectionMethod: `${form?.title[language] ?? content.form}: ${ways.pressed(content.button)[language]}`,
    consentReceiptID: facts.number,
    publicKey: facts.publicKey,
    language: content.language,
    piiPrincipalId: facts.subject,
    piiControllers: [
      {
        piiController: name[language],
        onBehalf: false,
        contact: name[language],
        address: { streetAddress: address[language], addressCountry: jurisdiction },
        email,
        phone: "",
        piiControllerUrl: `${origin}/`,
      },
    ],
    policyUrl: origin + pathInLanguage(language, "/policy"),
    services: [
      {
        service: form?.title[language] ?? content.form,
        purposes: content.given.map((id) => describePurpose(facts, id)),
      },
    ],
    sensitive: false,
    spiCat: [],
  };
}

function describePurpose(facts: RecordFacts<ContentOf<"consent">>, id: string): KantaraPurpose {
  const { content, policy } = facts;
  const language = isLanguage(content.language) ? content.language : defaultLanguage;
  const purpose = findPurpose(policy, id);
  const described = {
    purpose: purpose?.title[language] ?? id,
    purposeCategory: termOf(purposeCategories, id) ?? [],
    consentType: "EXPLICIT" as const,
    piiCategory: [...new Set(purpose?.categories.flatMap((category) => termOf(piiCategories, category) ?? []))],
    primaryPurpose: findForm(policy, content.form)?.purpose === id,
    termination: lasts[purpose?.end ?? "withdrawn"][language],
  };
  return purpose && isShared(purpose)
    ? { ...described, thirdPartyDisclosure: true, thirdPartyName: partners[language] }
    : { ...described, thirdPartyDisclosure: false };
}
