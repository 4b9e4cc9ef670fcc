import { disagreement, type WitnessState } from "../../journal/witness-states.ts";
import { formatDateTime } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { Notice } from "../components/notice.tsx";
import { type Column, Table } from "../components/table.tsx";
import { consoleEvidenceTexts } from "../texts/console-evidence.ts";

/** Who cosigns the ledger and how each stands; first of all, whoever has seen another history than ours. */
export function WitnessSection({ language, witnesses }: { language: Language; witnesses: readonly WitnessState[] }) {
  const t = consoleEvidenceTexts[language];
  return (
    <>
      <h2 id="witnesses">{t.witnesses}</h2>
      {witnesses.map((state) => (
        <Disagreement {...{ language, state }} />
      ))}
      {witnesses.length === 0 ? (
        <p>{t.noWitnesses}</p>
      ) : (
        <>
          <p>{t.witnessesBody}</p>
          <Table caption={t.witnessTable} captionHidden columns={witnessColumns(language)} rows={witnesses} />
        </>
      )}
    </>
  );
}

function Disagreement({ language, state }: { language: Language; state: WitnessState }) {
  const t = consoleEvidenceTexts[language];
  const found = disagreement(state);
  if (found === undefined) return null;
  return (
    <Notice tone="danger" heading={t.disagrees(state.witness.name)}>
      <p>{t.disagreesBody[found.kind](found.size)}</p>
      <p>{t.disagreesMeaning}</p>
    </Notice>
  );
}

function witnessColumns(language: Language): readonly Column<WitnessState>[] {
  const { witnessColumns: headers, cosignedUpTo, notYet } = consoleEvidenceTexts[language];
  return [
    { header: headers.witness, rowHeader: true, cell: ({ witness }) => witness.name },
    { header: headers.state, cell: (state) => sayState(state, language) },
    {
      header: headers.cosigned,
      cell: ({ cosigned }) =>
        cosigned === undefined ? notYet : cosignedUpTo(cosigned.size, formatDateTime(cosigned.at, language)),
    },
  ];
}

function sayState({ answer, failingSince }: WitnessState, language: Language): string {
  const t = consoleEvidenceTexts[language];
  if (answer === undefined) return t.waiting;
  if (failingSince === undefined) return t.answers[answer];
  return t.failing(t.answers[answer], formatDateTime(failingSince, language));
}
