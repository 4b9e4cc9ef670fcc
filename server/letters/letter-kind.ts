import type { AppPolicy } from "../config/policy.ts";
import type { GroundId } from "../../policy/language/grounds.ts";

/** Every letter that Ubada writes. */
export type LetterKind = "enquiry-received" | "sign-in-code" | "confirm-request" | "erased";

/** The grounds under which letters are sent: each lists the e-mail address and its use. */
export const letterPurposes = ["8.2", "16-1", "7", "17", "21"] as const satisfies readonly GroundId<AppPolicy>[];
export type LetterPurpose = (typeof letterPurposes)[number];

/** A stored letter that names a ground no letter is sent under: the policy has changed under it. */
export class LetterGroundUnknown extends Error {
  readonly code = "letter-ground-unknown";
  constructor(purpose: string) {
    super(`A letter is stored under the ground ${purpose}, which no letter may be sent under; put the ground back.`);
  }
}

/** The ground a stored letter names. Throws `LetterGroundUnknown`. */
export function readLetterPurpose(purpose: string): LetterPurpose {
  const known = letterPurposes.find((name) => name === purpose);
  if (known === undefined) throw new LetterGroundUnknown(purpose);
  return known;
}
