import type { MyErasure } from "../../access/my-requests.ts";
import { targets } from "../../erasure/targets.ts";
import { type Step, Steps } from "../components/steps.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { requestsTexts } from "../texts/cabinet-requests.ts";

/** Every place that an erasure must reach, in its order; the person is told before any of them. */
const places = ["tell", ...targets.map(({ name }) => name)];

/** How far a destruction has come: what is done shows how much was there, and that a second look found nothing. */
export function ErasureSteps({ language, erasure }: { language: Language; erasure: MyErasure }) {
  return <Steps language={language} steps={stepsOf(language, erasure)} />;
}

function stepsOf(language: Language, erasure: MyErasure): readonly Step[] {
  const t = requestsTexts[language];
  const labels: Readonly<Record<string, string>> = t.targets;
  const done = new Map(erasure.steps.map((step) => [step.target, step]));
  const current = places.find((place) => !done.has(place));
  return places.map((place) => {
    const label = labels[place] ?? place;
    const step = done.get(place);
    if (!step) return { label, state: place === current ? "current" : "waiting" };
    const when = step.finishedAt === undefined ? "" : formatDateTime(step.finishedAt, language);
    const detail = place === "tell" ? when : `${t.destroyed(step.destroyed ?? 0)} ${when}`;
    return { label, state: "done", detail };
  });
}
