import { languages } from "../language/language.ts";
import type { Localized } from "../../policy/language/localized.ts";

/** JSON-LD 1.1, without numbers: a receipt has none. */
export type LinkedData = string | readonly LinkedData[] | LinkedNode;
export interface LinkedNode {
  readonly [name: string]: LinkedData;
}

/**
 * The prefixes, and which properties point at things rather than say words. It stands in every receipt, so that no
 * program has to fetch anything to read one.
 */
export const context: LinkedNode = {
  dpv: "https://w3id.org/dpv#",
  pd: "https://w3id.org/dpv/pd#",
  loc: "https://w3id.org/dpv/loc#",
  dct: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  ...Object.fromEntries(
    [
      ...["dct:conformsTo", "dct:publisher", "dct:source", "schema:recipient", "dpv:hasContact", "dpv:hasDataController"],
      ...["dpv:hasDataSource", "dpv:hasJurisdiction", "dpv:hasLegalBasis", "dpv:hasLocation", "dpv:hasNecessity"],
      ...["dpv:hasProcessing", "dpv:hasRequestStatus", "dpv:isApplicableFor", "dpv:isExercisedAt"],
      ...["dpv:isImplementedByEntity", "dpv:isIndicatedBy"],
    ].map((property) => [property, { "@type": "@id" }]),
  ),
  "dct:created": { "@type": "xsd:dateTime" },
  "dct:date": { "@type": "xsd:date" },
  "dpv:isIndicatedAtTime": { "@type": "xsd:dateTime" },
};

/** The same words in every language, each marked with its own. */
export function inEveryLanguage(words: Localized): LinkedData {
  return languages.map((language) => ({ "@language": language, "@value": words[language] }));
}
