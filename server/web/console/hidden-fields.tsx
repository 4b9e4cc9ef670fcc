import type { AppPolicy } from "../../config/policy.ts";
import { Masked } from "../components/masked.tsx";
import type { Language } from "../../language/language.ts";
import { consoleEnquiriesTexts } from "../texts/console-enquiries.ts";
import { categoryLabel, inPolicyOrder } from "./policy-words.tsx";

/** Which kinds of data there are, and nothing of what they say: nothing was opened to show this. */
export function HiddenFields(props: { policy: AppPolicy; language: Language; categories: readonly string[] }) {
  const { policy, language, categories } = props;
  const t = consoleEnquiriesTexts[language];
  if (categories.length === 0) return <>{t.nothingHeld}</>;
  return (
    <ul class="hidden-fields">
      {inPolicyOrder(policy, categories).map((category) => (
        <li>
          {categoryLabel(policy, language, category)} <Masked shown="••••••" said={t.hidden} />
        </li>
      ))}
    </ul>
  );
}
