import type { Operation } from "../../policy/language/operations.ts";
import type { CategoryId, PurposeId } from "../config/policy.ts";

// The policy's names in the words of the Data Privacy Vocabulary 2.3 (https://w3id.org/dpv). They are the nearest that
// it has: a record always says the policy's own words beside them. A purpose or a category that is missing here does
// not compile; a test finds every name in the published list.

export const purposeTerms: Readonly<Record<PurposeId, readonly `dpv:${string}`[]>> = {
  "8.1": ["dpv:ServiceRegistration", "dpv:AccountManagement"],
  "8.2": ["dpv:RequestedServiceProvision", "dpv:CommunicationForCustomerCare"],
  "8.3": ["dpv:AccountManagement"],
  "8.4": ["dpv:CommunicationManagement"],
  "8.5": ["dpv:PersonalisedAdvertising"],
  "8.6": ["dpv:ServiceUsageAnalytics"],
  "8.7": ["dpv:Marketing", "dpv:CommercialResearch"],
  "8.8": ["dpv:DirectMarketing"],
  "8.9": ["dpv:CommercialResearch"],
  "8.10": ["dpv:EstablishContractualAgreement"],
};

/** Version 2.3 knows names, but not first ones from last ones. */
export const categoryTerms: Readonly<Record<CategoryId, `pd:${string}`>> = {
  surname: "pd:Name",
  firstName: "pd:Name",
  email: "pd:EmailAddress",
  phone: "pd:TelephoneNumber",
  userId: "pd:UID",
  letter: "pd:Communication",
};

export const operationTerms: Readonly<Record<Operation, `dpv:${string}`>> = {
  collection: "dpv:Collect",
  obtaining: "dpv:Obtain",
  recording: "dpv:Record",
  systematisation: "dpv:Organise",
  accumulation: "dpv:Aggregate",
  storage: "dpv:Store",
  clarification: "dpv:Modify",
  extraction: "dpv:Retrieve",
  use: "dpv:Use",
  transfer: "dpv:Transfer",
  depersonalisation: "dpv:Anonymise",
  blocking: "dpv:Restrict",
  deletion: "dpv:Delete",
  destruction: "dpv:Destruct",
  dissemination: "dpv:Disseminate",
  provision: "dpv:Share",
  access: "dpv:MakeAvailable",
};

/** Bases under the law of the Kyrgyz Republic: the vocabulary's general ones, not those of the GDPR. */
export const basisTerms = { consent: "dpv:Consent", contract: "dpv:ContractPerformance" } as const;
