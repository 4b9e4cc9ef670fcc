import type { Operation } from "../../../policy/language/operations.ts";
import type { JournalFilter } from "../../journal/list-entries.ts";
import { Button } from "../components/button.tsx";
import { SelectField } from "../components/select-field.tsx";
import type { Language } from "../../language/language.ts";
import { consoleJournalTexts } from "../texts/console-journal.ts";
import { operationNames } from "../texts/operations.ts";

/** By what the journal is narrowed. It asks and changes nothing, so its answers stand in the address (GET). */
export function JournalFilterForm(props: {
  action: string;
  language: Language;
  operations: readonly Operation[];
  filter: JournalFilter;
}) {
  const { language, filter } = props;
  const t = consoleJournalTexts[language];
  const outcomes = ["done", "refused"] as const;
  return (
    <form method="get" action={props.action} class="filter" aria-label={t.filter.heading} role="search">
      <SelectField
        language={language}
        name="operation"
        label={t.filter.operation}
        value={filter.operation ?? "any"}
        options={[
          { value: "any", label: t.filter.any },
          ...props.operations.map((value) => ({ value, label: operationNames[language][value] })),
        ]}
      />
      <SelectField
        language={language}
        name="outcome"
        label={t.filter.outcome}
        value={filter.outcome ?? "any"}
        options={[
          { value: "any", label: t.filter.anyOutcome },
          ...outcomes.map((outcome) => ({ value: outcome, label: t.outcomes[outcome] })),
        ]}
      />
      <Button kind="secondary">{t.filter.apply}</Button>
    </form>
  );
}
