import type { Purpose } from "../../policy/language/policy.ts";
import type { AppPolicy } from "../config/policy.ts";
import { basisTerms, categoryTerms, operationTerms, purposeTerms } from "./dpv-terms.ts";
import { inEveryLanguage, type LinkedData, type LinkedNode } from "./linked-data.ts";
import { findForm, findPurpose, isShared } from "./policy-parts.ts";
import { destroyed, jurisdiction, lasts, law, partners } from "./record-words.ts";
import { termOf } from "./term-of.ts";

export interface ProcessFacts {
  /** The IRI by which events point at this processing. */
  readonly id: string;
  readonly purpose: string;
  /** The form that was filled in, for what it required and what it did not. */
  readonly form?: string;
  readonly policy: AppPolicy;
  /** The IRI of the controller. */
  readonly controller: string;
  readonly policyPage: (clause: string) => string;
  /** `path`: below the cabinet. */
  readonly cabinetPage: (path: string) => string;
}

/** The processing fields of ISO/IEC TS 27560 for one purpose, as the policy has it. */
export function describeProcess(facts: ProcessFacts): LinkedNode {
  const purpose = findPurpose(facts.policy, facts.purpose);
  return {
    "@id": facts.id,
    "@type": "dpv:Process",
    "dct:identifier": facts.purpose,
    ...(purpose ? asThePolicyHasIt(facts, purpose) : { "dpv:hasPurpose": purposeByNumber(facts.purpose) }),
    "dpv:hasDataController": facts.controller,
    "dpv:hasDataSource": "dpv:DataSubjectDataSource",
    "dpv:hasJurisdiction": `loc:${jurisdiction}`,
    "dpv:hasApplicableLaw": { "@type": "dpv:Law", "dct:title": inEveryLanguage(law), "dct:source": facts.policyPage("6") },
    "dpv:hasConsentControl": {
      "@type": "dpv:WithdrawConsent",
      "dpv:isExercisedAt": [facts.cabinetPage("/consents"), `mailto:${facts.policy.controller.email}`],
    },
  };
}

function asThePolicyHasIt(facts: ProcessFacts, purpose: Purpose): LinkedNode {
  return {
    "dct:source": facts.policyPage(purpose.clause),
    "dpv:hasPurpose": {
      "@type": termOf(purposeTerms, facts.purpose) ?? "dpv:Purpose",
      "dct:identifier": facts.purpose,
      "skos:prefLabel": inEveryLanguage(purpose.title),
      ...(purpose.ask ? { "dct:description": inEveryLanguage(purpose.ask) } : {}),
    },
    "dpv:hasLegalBasis": basisTerms[purpose.basis],
    "dpv:hasPersonalData": purpose.categories.map((category) => describeCategory(facts, category)),
    "dpv:hasProcessing": purpose.operations.map((operation) => operationTerms[operation]),
    "dpv:hasRecipient": isShared(purpose) ? [describePartners(facts)] : [],
    "dpv:hasStorageCondition": describeStorage(facts, purpose),
  };
}

/** One that only an earlier policy had. */
function purposeByNumber(id: string): LinkedNode {
  return { "@type": "dpv:Purpose", "dct:identifier": id };
}

function describeCategory({ policy, form }: ProcessFacts, id: string): LinkedNode {
  const label = termOf(policy.categories, id)?.label;
  const field = form === undefined ? undefined : findForm(policy, form)?.fields.find(({ category }) => category === id);
  return {
    "@type": termOf(categoryTerms, id) ?? "dpv:PersonalData",
    "dct:identifier": id,
    ...(label ? { "skos:prefLabel": inEveryLanguage(label) } : {}),
    ...(field ? { "dpv:hasNecessity": field.required ? "dpv:Required" : "dpv:Optional" } : {}),
  };
}

/** Where the data stands, how long, and how soon it is destroyed (11.1, 11.6, 17). */
function describeStorage({ policy, policyPage }: ProcessFacts, purpose: Purpose): LinkedData {
  const { limit, cap } = policy.requests.stop;
  return [
    {
      "@type": "dpv:StorageLocation",
      "dpv:hasLocation": `loc:${policy.storageCountry}`,
      "dct:source": policyPage("11.1"),
    },
    {
      "@type": "dpv:StorageDuration",
      "dpv:hasDuration": {
        "@type": "dpv:UntilEventDuration",
        "dct:description": inEveryLanguage(lasts[purpose.end]),
      },
      "dct:source": policyPage("11.6"),
    },
    {
      "@type": "dpv:StorageDeletion",
      "dpv:hasDuration": `P${limit.days}D`,
      "dct:description": inEveryLanguage(destroyed(cap.months)),
      "dct:source": policyPage("17"),
    },
  ];
}

function describePartners({ policyPage }: ProcessFacts): LinkedNode {
  return { "@type": "dpv:ThirdParty", "dct:description": inEveryLanguage(partners), "dct:source": policyPage("18") };
}
