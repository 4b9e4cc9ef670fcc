import type { AppPolicy } from "../../config/policy.ts";
import type { Language } from "../../language/language.ts";

/** The subject line that stops processing (7), in a language the policy has one in, and marked as such. */
export function StopLine({ language, policy }: { language: Language; policy: AppPolicy }) {
  const written = language === "ky" ? "ky" : "ru";
  return <strong lang={written}>«{policy.requests.stop.subjectLines[written]}»</strong>;
}
