import type { ErasureProgress } from "../../erasure/find-erasure.ts";
import { targets } from "../../erasure/targets.ts";
import { type Step, Steps } from "../components/steps.tsx";
import { formatDate, formatDateTime } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { consoleRequestsTexts } from "../texts/console-requests.ts";

/** Every place that an erasure must reach, in its order; the person is told before any of them. */
const places = ["tell", ...targets.map(({ name }) => name)];

/** How far an erasure has come, with its evidence: how much was there, and that a second look found nothing. */
export function ErasureSteps({ language, erasure }: { language: Language; erasure: ErasureProgress }) {
  const t = consoleRequestsTexts[language].request;
  return (
    <>
      <h2>{t.steps}</h2>
      <Steps language={language} steps={stepsOf(language, erasure)} />
      {erasure.finishedAt === null ? <p>{t.cap(formatDate(erasure.capOn, language))}</p> : null}
    </>
  );
}

function stepsOf(language: Language, erasure: ErasureProgress): readonly Step[] {
  const t = consoleRequestsTexts[language].request;
  const labels: Readonly<Record<string, string>> = t.targets;
  const finished = erasure.steps.filter(({ finishedAt }) => finishedAt !== null);
  const done = new Map(finished.map((step) => [step.target, step]));
  const current = places.find((place) => !done.has(place));
  return places.map((place) => {
    const label = labels[place] ?? place;
    const step = done.get(place);
    if (!step || step.finishedAt === null) return { label, state: place === current ? "current" : "waiting" };
    const when = formatDateTime(step.finishedAt, language);
    const evidence = place === "tell" ? "" : `${t.destroyed(step.destroyed ?? 0)} `;
    return { label, state: "done", detail: `${evidence}${when}` };
  });
}
