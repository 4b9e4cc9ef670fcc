import { createHash } from "node:crypto";
import type { PolicyLanguage } from "../../policy/language/localized.ts";
import type { AppPolicy, FormId, PurposeId } from "../config/policy.ts";
import type { Context } from "../context.ts";
import { consentWords, type LinkedSentence } from "./consent-words.ts";
import type { FormCategory } from "./read-fields.ts";

/** Everything on a form's page that a person agrees to by pressing its button; the page is made of these parts. */
export interface ShownForm {
  readonly title: string;
  readonly lead: string;
  readonly fields: readonly { readonly category: FormCategory; readonly label: string; readonly required: boolean }[];
  readonly purpose: LinkedSentence & { readonly clause: string };
  readonly offersHeading: string;
  readonly offersHint: string;
  readonly offers: readonly Offer[];
  readonly declaration: string;
  readonly agreement: LinkedSentence;
  readonly edition: string;
  readonly button: string;
  /** Which text of which policy stands behind the link; more than the page says, so that it can be proved. */
  readonly policy: string;
}

interface Offer {
  readonly purpose: PurposeId;
  readonly ask: string;
  readonly clause: string;
  readonly clauseWords: string;
}

type Published = Readonly<Record<PolicyLanguage, Pick<Context["texts"][PolicyLanguage], "hash">>>;

/** The parts of a form in one language. */
export function showForm(policy: AppPolicy, texts: Published, form: FormId, language: PolicyLanguage): ShownForm {
  const words = consentWords[language];
  const { title, lead, fields, purpose, offers, button } = policy.forms[form];
  const served = policy.purposes[purpose];
  return {
    title: title[language],
    lead: lead[language],
    fields: fields.map(({ category, required }) => ({
      category,
      label: policy.categories[category].label[language],
      required,
    })),
    purpose: { ...words.purpose(served.title[language], served.clause), clause: served.clause },
    offersHeading: words.offers,
    offersHint: words.offersHint,
    offers: offers.map((offer) => {
      const { ask, clause } = policy.purposes[offer];
      return { purpose: offer, ask: ask[language], clause, clauseWords: words.clause(clause) };
    }),
    declaration: words.declaration,
    agreement: words.agreement(button[language]),
    edition: words.edition(policy.version),
    button: button[language],
    policy: nameTexts(policy, texts, language),
  };
}

/**
 * The text as one string, a line for each part, in the page's order. Its SHA-256 is kept with every consent:
 *
 *     Запросить консультацию
 *     …
 *     Адрес электронной почты (необязательно)
 *     …
 *     [ ] Присылать мне информационные сообщения · пункт 8.4 Политики
 *     …
 *     (Запросить консультацию)
 *     lerna-kg 1 2026-11-23 ru sha256:3f5a…
 */
export function shownText(shown: ShownForm, language: PolicyLanguage): string {
  const { optional } = consentWords[language];
  return [
    shown.title,
    shown.lead,
    ...shown.fields.map(({ label, required }) => (required ? label : `${label} (${optional})`)),
    sentence(shown.purpose),
    shown.offersHeading,
    shown.offersHint,
    ...shown.offers.map(({ ask, clauseWords }) => `[ ] ${ask} · ${clauseWords}`),
    `[ ] ${shown.declaration}`,
    sentence(shown.agreement),
    shown.edition,
    `(${shown.button})`,
    shown.policy,
  ].join("\n");
}

/** What a form asks people to agree to. `hash`: SHA-256 of the text, 32 bytes. */
export interface AgreedText {
  readonly text: string;
  readonly hash: Buffer;
}

/** The texts of a policy are few and do not change while it is in force. */
const agreedTexts = new WeakMap<object, Map<string, AgreedText>>();

/** The text of a form in one language, made once for each context: the same object every time. */
export function agreedText(ctx: Pick<Context, "policy" | "texts">, form: FormId, language: PolicyLanguage): AgreedText {
  const name = `${form}/${language}`;
  const known = agreedTexts.get(ctx)?.get(name);
  if (known) return known;
  const text = shownText(showForm(ctx.policy, ctx.texts, form, language), language);
  const agreed = { text, hash: createHash("sha256").update(text).digest() };
  agreedTexts.set(ctx, new Map(agreedTexts.get(ctx)).set(name, agreed));
  return agreed;
}

function sentence({ before, link, after }: LinkedSentence): string {
  return `${before}${link}${after}`;
}

/** The policy's text in the reader's language and, where that is only a courtesy, the texts that bind. */
function nameTexts(policy: AppPolicy, texts: Published, language: PolicyLanguage): string {
  const binding = policy.languages.binding;
  const named = [language, ...(binding.includes(language) ? [] : binding)];
  const hashes = named.map((name) => `${name} sha256:${texts[name].hash.toString("hex")}`);
  return [policy.id, policy.version, policy.effectiveFrom, ...hashes].join(" ");
}
