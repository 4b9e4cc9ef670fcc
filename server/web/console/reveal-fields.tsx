import type { Context } from "../../context.ts";
import type { FoundEnquiry } from "../../enquiries/find-enquiry.ts";
import type { Revealed } from "../../enquiries/reveal-field.ts";
import { Button } from "../components/button.tsx";
import { Form } from "../components/form.tsx";
import { Masked } from "../components/masked.tsx";
import { SelectField } from "../components/select-field.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { consoleEnquiriesTexts } from "../texts/console-enquiries.ts";
import { categoryLabel, groundTitle } from "./policy-words.tsx";
import { type RevealGroup, revealGroups } from "./reveal-groups.ts";

/** What a member of staff asked for, and what came of it. */
export interface Answer {
  readonly category: string;
  readonly purpose: string;
  readonly outcome: Revealed;
}

/** The fields of an enquiry, each hidden but for the one just opened; the purpose is asked before any button. */
export function RevealFields(props: {
  ctx: Context;
  language: Language;
  enquiry: FoundEnquiry;
  answer: Answer | undefined;
}) {
  const { ctx, language, enquiry, answer } = props;
  const t = consoleEnquiriesTexts[language];
  if (enquiry.categories.length === 0) return <p>{t.nothingHeld}.</p>;
  return (
    <>
      <p>{t.enquiry.dataLede}</p>
      {revealGroups(ctx.policy, enquiry).map((group) => (
        <Form action={pathInLanguage(language, `/console/enquiries/${enquiry.number}`)}>
          {group.purposes.length === 0 ? null : <PurposeQuestion {...{ ctx, language, group, answer }} />}
          <SummaryList
            items={group.categories.map((category) => fieldRow({ ctx, language, group, category, answer }))}
          />
        </Form>
      ))}
    </>
  );
}

function PurposeQuestion(props: {
  ctx: Context;
  language: Language;
  group: RevealGroup;
  answer: Answer | undefined;
}) {
  const { ctx, language, group, answer } = props;
  const t = consoleEnquiriesTexts[language].enquiry;
  const asked = answer !== undefined && group.categories.includes(answer.category) ? answer : undefined;
  return (
    <SelectField
      language={language}
      name={group.name}
      label={t.purpose}
      hint={t.purposeHint}
      error={asked?.outcome.kind === "no-purpose" ? t.choosePurpose : undefined}
      value={group.purposes.find((purpose) => purpose === asked?.purpose)}
      options={group.purposes.map((purpose) => ({
        value: purpose,
        label: groundTitle(ctx.policy, language, purpose),
      }))}
    />
  );
}

function fieldRow(props: {
  ctx: Context;
  language: Language;
  group: RevealGroup;
  category: string;
  answer: Answer | undefined;
}) {
  const { ctx, language, category, answer } = props;
  const term = categoryLabel(ctx.policy, language, category);
  if (answer?.category === category && answer.outcome.kind === "revealed") {
    return { term, value: <strong class="revealed">{answer.outcome.value}</strong> };
  }
  const value = <Masked shown="••••••" said={consoleEnquiriesTexts[language].hidden} />;
  if (props.group.purposes.length === 0) return { term, value };
  const action = (
    <Button kind="quiet" name="category" value={category} about={term}>
      {consoleTexts[language].show}
    </Button>
  );
  return { term, value, action };
}
