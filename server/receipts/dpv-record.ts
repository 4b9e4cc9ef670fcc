import type { Localized } from "../../policy/language/localized.ts";
import type { RequestKind } from "../../policy/language/policy.ts";
import type { AppPolicy } from "../config/policy.ts";
import { type Language, pathInLanguage } from "../language/language.ts";
import { describeProcess } from "./dpv-process.ts";
import { context, inEveryLanguage, type LinkedData, type LinkedNode } from "./linked-data.ts";
import { findForm, findPurpose } from "./policy-parts.ts";
import type { ContentOf, ReceiptContent } from "../journal/receipt-content.ts";
import { answerBy, channels, jurisdiction, lasts, law, refusalLasts, ways } from "./record-words.ts";
import { termOf } from "./term-of.ts";

export interface RecordFacts<Content extends ReceiptContent = ReceiptContent> {
  readonly content: Content;
  /** The number of the receipt: a UUID. */
  readonly number: string;
  /** The person's random id: a pseudonym, never a name, a phone number or an e-mail address. */
  readonly subject: string;
  readonly policy: AppPolicy;
  /** Where people reach the site, without a trailing slash. */
  readonly origin: string;
  /** Of the pages that links lead to. */
  readonly language: Language;
}

/** https://w3id.org/dpv/guides/consent-27560, «Profiles»: those without the GDPR's additions. */
const profiles = {
  record: "https://w3id.org/dpv/schema/dpv-27560#record",
  receipt: "https://w3id.org/dpv/schema/dpv-27560#receipt",
} as const;

/**
 * The fields of ISO/IEC TS 27560:2023 as JSON-LD in the words of DPV 2.3: a consent receipt with its record for a
 * consent or a withdrawal, a record of a right exercised for a request. A function of what was done and of the policy:
 * it is the same whenever it is drawn. A purpose or a request that only an earlier policy had is named by its number.
 */
export function describeRecord(facts: RecordFacts): LinkedNode {
  return { "@context": context, ...describe(facts) };
}

function describe(facts: RecordFacts): LinkedNode {
  const { content } = facts;
  switch (content.kind) {
    case "consent":
      return consentReceipt({ ...facts, content }, consentRecord({ ...facts, content }));
    case "withdrawal":
      return consentReceipt({ ...facts, content }, withdrawalRecord({ ...facts, content }));
    case "request":
      return requestRecord({ ...facts, content });
  }
}

function consentReceipt(facts: RecordFacts, record: LinkedNode): LinkedNode {
  return {
    "@type": "dpv:ConsentReceipt",
    "dct:identifier": facts.number,
    "dct:conformsTo": profiles.receipt,
    "dct:created": facts.content.at,
    "dct:publisher": describeController(facts),
    "schema:recipient": subjectId(facts),
    "dpv:hasRecordOfActivity": [record],
  };
}

function consentRecord(facts: RecordFacts<ContentOf<"consent">>): LinkedNode {
  const { content } = facts;
  return {
    ...recordHeader(facts),
    "dpv:hasNotice": [
      {
        "@type": "dpv:ConsentNotice",
        "dct:identifier": `sha256:${content.shown}`,
        "dct:language": content.language,
      },
      policyNotice(facts, [content.language]),
    ],
    "dpv:hasProcess": [...content.given, ...content.refused].map((purpose) =>
      describeProcess({ ...processFacts(facts, purpose), form: content.form }),
    ),
    "dpv:hasConsentStatus": [
      ...content.given.map((purpose) => givenStatus(facts, purpose)),
      ...content.refused.map((purpose) => refusedStatus(facts, purpose)),
    ],
  };
}

function withdrawalRecord(facts: RecordFacts<ContentOf<"withdrawal">>): LinkedNode {
  const { purpose } = facts.content;
  return {
    ...recordHeader(facts),
    "dpv:hasNotice": [policyNotice(facts, facts.policy.languages.binding)],
    "dpv:hasProcess": [describeProcess(processFacts(facts, purpose))],
    "dpv:hasConsentStatus": [{ "@type": "dpv:ConsentWithdrawn", ...event(facts, purpose) }],
  };
}

/** The person asks, the company acknowledges: the register takes the request in as it comes. */
function requestRecord(facts: RecordFacts<ContentOf<"request">>): LinkedNode {
  const { content, policy } = facts;
  const title = termOf<RequestKind>(policy.requests, content.request)?.title;
  const channel = termOf(channels, content.channel);
  const [asked, acknowledged] = [`urn:uuid:${content.id}`, `urn:uuid:${content.id}#acknowledged`];
  return {
    "@type": "dpv:RightExerciseRecord",
    "dct:identifier": facts.number,
    "dct:created": content.at,
    "dct:publisher": describeController(facts),
    "dpv:hasDataSubject": describeSubject(facts),
    "dpv:hasNotice": [policyNotice(facts, [content.language])],
    "dpv:hasJurisdiction": `loc:${jurisdiction}`,
    "dpv:hasApplicableLaw": { "@type": "dpv:Law", "dct:title": inEveryLanguage(law) },
    "dpv:hasRight": {
      "@type": "dpv:DataSubjectRight",
      "dct:identifier": content.request,
      ...(title ? { "dct:title": inEveryLanguage(title) } : {}),
      "dct:source": policyPage(facts, content.clause),
    },
    "dct:hasPart": [
      {
        "@id": asked,
        "@type": "dpv:RightExerciseActivity",
        "dct:identifier": content.id,
        "dpv:hasIdentifier": content.number,
        "dpv:hasRequestStatus": "dpv:RequestInitiated",
        "dpv:isIndicatedAtTime": content.at,
        "dpv:isIndicatedBy": subjectId(facts),
        "dpv:hasIndicationMethod": channel ? inEveryLanguage(channel) : content.channel,
        "dpv:hasRecipient": [{ "@id": controllerId(facts) }],
        "dpv:isBefore": { "@id": acknowledged },
      },
      {
        "@id": acknowledged,
        "@type": "dpv:RightExerciseActivity",
        "dpv:hasRequestStatus": "dpv:RequestAcknowledged",
        "dpv:isIndicatedAtTime": content.at,
        "dpv:isImplementedByEntity": controllerId(facts),
        "dpv:hasDuration": {
          "@type": "dpv:UntilTimeDuration",
          "dct:date": content.due,
          "dct:description": inEveryLanguage(answerBy),
        },
      },
    ],
  };
}

function recordHeader(facts: RecordFacts): LinkedNode {
  return {
    "@type": "dpv:ConsentRecord",
    "dct:identifier": facts.content.id,
    "dct:conformsTo": profiles.record,
    "dct:created": facts.content.at,
    "dpv:hasDataSubject": describeSubject(facts),
  };
}

function givenStatus(facts: RecordFacts<ContentOf<"consent">>, id: string): LinkedNode {
  const { content, policy } = facts;
  const purpose = findPurpose(policy, id);
  const isOfButton = findForm(policy, content.form)?.purpose === id;
  const way = isOfButton ? ways.pressed(content.button) : ways.ticked(content.button);
  return {
    "@type": "dpv:ConsentGiven",
    ...event(facts, id),
    // A box of its own says nothing but yes; the button also sends the enquiry.
    "dpv:hasLegalBasis": isOfButton ? "dpv:ExpressedConsent" : "dpv:ExplicitlyExpressedConsent",
    "dpv:hasIndicationMethod": inEveryLanguage(way),
    ...(purpose ? { "dpv:hasDuration": untilEvent(lasts[purpose.end]) } : {}),
  };
}

function refusedStatus(facts: RecordFacts<ContentOf<"consent">>, purpose: string): LinkedNode {
  return {
    "@type": "dpv:ConsentRefused",
    ...event(facts, purpose),
    "dpv:hasIndicationMethod": inEveryLanguage(ways.leftEmpty(facts.content.button)),
    "dpv:hasDuration": untilEvent(refusalLasts),
  };
}

/** What every event has: for which processing, when, by whom. */
function event(facts: RecordFacts, purpose: string): LinkedNode {
  return {
    "dpv:isApplicableFor": processId(facts, purpose),
    "dpv:isIndicatedAtTime": facts.content.at,
    "dpv:isIndicatedBy": subjectId(facts),
  };
}

function untilEvent(words: Localized): LinkedNode {
  return { "@type": "dpv:UntilEventDuration", "dct:description": inEveryLanguage(words) };
}

function policyNotice(facts: RecordFacts, inLanguages: readonly string[]): LinkedNode {
  return {
    "@type": "dpv:PrivacyNotice",
    "dct:identifier": facts.policy.id,
    "schema:version": facts.content.policy,
    "dct:language": inLanguages,
    "dct:source": page(facts, "/policy"),
  };
}

function describeController(facts: RecordFacts): LinkedNode {
  const { name, registrations, address, email } = facts.policy.controller;
  return {
    "@id": controllerId(facts),
    "@type": ["dpv:DataController", "dpv:Organisation"],
    "dct:identifier": registrations.map(({ label, value }) => `${label.en} ${value}`),
    "dpv:hasName": inEveryLanguage(name),
    "dpv:hasAddress": inEveryLanguage(address),
    "dpv:hasContact": [`mailto:${email}`, `${facts.origin}/`],
    "dpv:hasRight": describeRights(facts),
  };
}

/** What a person may ask of the controller, and where (7, 16, 17, 21). */
function describeRights(facts: RecordFacts): LinkedData {
  const { requests, controller } = facts.policy;
  return Object.entries(requests).map(([id, { title, clause }]) => ({
    "@type": "dpv:DataSubjectRight",
    "dct:identifier": id,
    "dct:title": inEveryLanguage(title),
    "dct:source": policyPage(facts, clause),
    "dpv:isExercisedAt": [page(facts, "/cabinet/requests"), `mailto:${controller.email}`],
  }));
}

function describeSubject(facts: RecordFacts): LinkedNode {
  return { "@id": subjectId(facts), "@type": "dpv:DataSubject", "dct:identifier": facts.subject };
}

function processFacts(facts: RecordFacts, purpose: string) {
  return {
    id: processId(facts, purpose),
    purpose,
    policy: facts.policy,
    controller: controllerId(facts),
    policyPage: (clause: string) => policyPage(facts, clause),
    cabinetPage: (path: string) => page(facts, `/cabinet${path}`),
  };
}

function page({ origin, language }: RecordFacts, path: string): string {
  return origin + pathInLanguage(language, path);
}

function policyPage(facts: RecordFacts, clause: string): string {
  return `${page(facts, "/policy")}#${clause}`;
}

const controllerId = ({ origin }: RecordFacts) => `${origin}/#controller`;
const subjectId = ({ subject }: RecordFacts) => `urn:uuid:${subject}`;
const processId = ({ content }: RecordFacts, purpose: string) => `urn:uuid:${content.id}#${purpose}`;
