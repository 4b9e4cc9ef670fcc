/** The fourteen processing operations that the reference policy names (clause 1, fifth paragraph), in its order. */
export const operations = [
  "collection",
  "obtaining",
  "recording",
  "systematisation",
  "accumulation",
  "storage",
  "clarification",
  "extraction",
  "use",
  "transfer",
  "depersonalisation",
  "blocking",
  "deletion",
  "destruction",
] as const;

/** The three kinds of transfer in the same paragraph. A journal entry names the kind, not the bare word. */
export const transfers = ["dissemination", "provision", "access"] as const;

export type Operation = (typeof operations)[number] | (typeof transfers)[number];
