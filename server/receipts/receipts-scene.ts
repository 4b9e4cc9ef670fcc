import { createHash } from "node:crypto";
import { policy } from "../config/policy.ts";
import type { Language } from "../language/language.ts";
import type { ContentOf, ReceiptContent } from "../journal/receipt-content.ts";

export const subject = "0199b5c2-1111-7abc-8def-0123456789ab";
export const number = "0199b5c2-2222-7abc-8def-0123456789ab";
export const origin = "https://lerna.kg";
export const ledgerKey = "lerna.kg/ledger+5e2cef00+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";

export type FormName = keyof typeof policy.forms;
export const formNames = Object.keys(policy.forms) as FormName[];

/** What a form says, in short. */
export const shownText = (form: FormName, language: Language): string => {
  const { title, lead, button } = policy.forms[form];
  return `${title[language]}\n${lead[language]}\n(${button[language]})`;
};

/** A consent given by a form: its own purpose and those of its offers that are ticked. */
export function consentBy(form: FormName, language: Language, ticked: readonly string[]): ContentOf<"consent"> {
  const { purpose, offers, button } = policy.forms[form];
  return {
    kind: "consent",
    id: "0199b5c2-3333-7abc-8def-0123456789ab",
    at: "2026-11-24T17:15:42.123Z",
    language,
    policy: policy.version,
    form,
    button: button[language],
    shown: createHash("sha256").update(shownText(form, language)).digest("hex"),
    offered: offers,
    given: [purpose, ...offers.filter((offer) => ticked.includes(offer))],
    refused: offers.filter((offer) => !ticked.includes(offer)),
  };
}

export function withdrawalOf(purpose: string): ContentOf<"withdrawal"> {
  const id = "0199b5c2-4444-7abc-8def-0123456789ab";
  return { kind: "withdrawal", id, at: "2026-12-01T03:00:00Z", policy: policy.version, purpose };
}

export function requestFor(request: string, language: Language): ContentOf<"request"> {
  return {
    kind: "request",
    id: "0199b5c2-5555-7abc-8def-0123456789ab",
    at: "2026-12-02T20:30:00.5Z",
    policy: policy.version,
    language,
    request,
    clause: "17",
    channel: request === "rectification" ? "letter" : "cabinet",
    number: "12",
    due: "2027-01-02",
  };
}

/** One of every kind there can be: each form with every box ticked and with none, each purpose, each request. */
export const everyContent: readonly ReceiptContent[] = [
  ...formNames.flatMap((form) => [consentBy(form, "ru", policy.forms[form].offers), consentBy(form, "ky", [])]),
  // No form offers all purposes, but a receipt must be able to say each of them.
  { ...consentBy("order", "en", []), given: Object.keys(policy.purposes), refused: [] },
  { ...consentBy("order", "en", []), given: [], refused: Object.keys(policy.purposes) },
  ...Object.keys(policy.purposes).map(withdrawalOf),
  ...Object.keys(policy.requests).map((request) => requestFor(request, "ru")),
  withdrawalOf("8.11"),
  { ...consentBy("order", "ru", []), form: "survey", given: ["8.2", "8.11"], refused: ["constructor"] },
  { ...requestFor("portability", "ky"), channel: "paper" },
];
