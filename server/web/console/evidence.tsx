import { setTimeout } from "node:timers/promises";
import { Hono } from "hono";
import type { Checkpoint } from "../../../ledger/checkpoint.ts";
import { openCheckpoint } from "../../../ledger/open-checkpoint.ts";
import type { Context } from "../../context.ts";
import type { JournalFlaw } from "../../journal/check-journal.ts";
import type { LedgerCheck } from "../../journal/check-ledger.ts";
import { type CheckState, LedgerCheckRun } from "../../journal/check-run.ts";
import { ledgerFolder } from "../../journal/extend-ledger.ts";
import { readWitnessStates, type WitnessState } from "../../journal/witness-states.ts";
import { type Keeping, readKeeping } from "../../journal/retention.ts";
import { codeOf } from "../../observe/events.ts";
import { Button, ButtonLink, ButtonRow } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import { type Column, Table } from "../components/table.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleEvidenceTexts } from "../texts/console-evidence.ts";
import { consoleReceiptTexts } from "../texts/console-receipt.ts";
import { ConsolePage } from "./console-page.tsx";
import { ReceiptSearch } from "./receipt.tsx";
import type { ConsoleEnv, Visit } from "./visit.ts";
import { WitnessSection } from "./witness-section.tsx";

const path = "/console/evidence";

/** So long a press of the button waits for the end; a check that takes longer is looked at again. */
const patience = 2_000;

interface Signed {
  readonly checkpoint: Checkpoint;
  readonly at: Temporal.Instant;
}

/** The ledger: its last checkpoint, and a check of everything that anybody may start and see the end of. */
export function evidenceRoutes(ctx: Context): Hono<ConsoleEnv> {
  const { db, now } = ctx;
  const { verifier } = ctx.signer;
  const run = new LedgerCheckRun({ db, now, verifier, folder: ledgerFolder(ctx.config.dataDirectory) });
  return new Hono<ConsoleEnv>()
    .get(path, async (c) => {
      const row = await db.selectFrom("ledger.checkpoint").select(["note", "signed_at"]).executeTakeFirst();
      const signed = row && { checkpoint: openCheckpoint(row.note, verifier), at: row.signed_at };
      const [witnesses, keeping] = await Promise.all([readWitnessStates(db, ctx.config.witnesses), readKeeping(db)]);
      return c.html(<EvidencePage {...{ ctx, signed, witnesses, keeping }} visit={c.get("visit")} check={run.state} />);
    })
    .post(path, async (c) => {
      const check = run.start().catch((error: unknown) => ctx.events.jobFailed("ledger-check", codeOf(error)));
      await Promise.race([check, setTimeout(patience, undefined, { ref: false })]);
      return c.redirect(`${pathInLanguage(c.get("visit").language, path)}#check`, 303);
    });
}

function EvidencePage(props: {
  ctx: Context;
  visit: Visit;
  signed: Signed | undefined;
  witnesses: readonly WitnessState[];
  keeping: Keeping;
  check: CheckState;
}) {
  const { ctx, visit, signed, witnesses, keeping, check } = props;
  const { language } = visit;
  const t = consoleEvidenceTexts[language];
  return (
    <ConsolePage {...{ ctx, visit }} title={t.heading} path={path} section="evidence">
      <PageHeading heading={t.heading}>
        <p>{t.lede}</p>
      </PageHeading>
      {signed === undefined ? (
        <EmptyState heading={t.empty} />
      ) : (
        <>
          <h2>{t.checkpoint}</h2>
          <LastCheckpoint {...{ language, signed, keeping }} />
          <h2 id="check">{t.checkHeading}</h2>
          <LastCheck language={language} check={check} />
          {check.kind === "running" ? null : <CheckForm language={language} />}
          <WitnessSection {...{ language, witnesses }} />
          <h2>{consoleReceiptTexts[language].section}</h2>
          <p>{consoleReceiptTexts[language].sectionBody}</p>
          <ReceiptSearch language={language} />
          <h2>{t.outsider}</h2>
          <p>{t.outsiderBody}</p>
          <pre class="command">
            <code>{verifyCommand(ctx)}</code>
          </pre>
        </>
      )}
    </ConsolePage>
  );
}

function verifyCommand({ config, signer }: Context): string {
  const witnesses = config.witnesses.map(({ key }) => `--witness ${key}`);
  return [`node verify.ts ${config.origin}/ledger`, `--key ${signer.verifierKey}`, ...witnesses].join(" \\\n  ");
}

function LastCheckpoint({ language, signed, keeping }: { language: Language; signed: Signed; keeping: Keeping }) {
  const t = consoleEvidenceTexts[language];
  const { checkpoint, at } = signed;
  return (
    <SummaryList
      items={[
        { term: t.entries, value: String(checkpoint.size) },
        { term: t.signedAt, value: formatDateTime(at, language) },
        { term: t.root, value: <code>{checkpoint.root.toString("base64")}</code> },
        { term: t.kept, value: t.keptFor(keeping.months, keeping.pruned) },
        { term: t.published, value: <a href="/ledger/checkpoint">/ledger/checkpoint</a> },
      ]}
    />
  );
}

function CheckForm({ language }: { language: Language }) {
  const t = consoleEvidenceTexts[language];
  return (
    <Form action={pathInLanguage(language, path)}>
      <p>{t.checkHint}</p>
      <ButtonRow>
        <Button>{t.check}</Button>
      </ButtonRow>
    </Form>
  );
}

function LastCheck({ language, check }: { language: Language; check: CheckState }) {
  const t = consoleEvidenceTexts[language];
  switch (check.kind) {
    case "never":
      return <p>{t.never}</p>;
    case "running": {
      const { part, checked, total } = check.progress;
      return (
        <>
          <label class="check-progress">
            {t.running[part]}
            <progress value={checked} max={Math.max(total, 1)} />
            {t.progress(checked, total)}
          </label>
          <ButtonRow>
            <ButtonLink kind="secondary" href={`${pathInLanguage(language, path)}#check`}>
              {t.refresh}
            </ButtonLink>
          </ButtonRow>
        </>
      );
    }
    case "broken":
      return (
        <Notice tone="danger" heading={t.broken} announce>
          <p>{t.brokenBody(formatDateTime(check.at, language))}</p>
          <p lang="en">{check.sentence}</p>
        </Notice>
      );
    case "done":
      return <Found language={language} at={check.at} {...check.found} />;
  }
}

function Found(props: { language: Language; at: Temporal.Instant } & LedgerCheck) {
  const { language, flaws, pruned } = props;
  const t = consoleEvidenceTexts[language];
  const at = formatDateTime(props.at, language);
  if (flaws.length === 0) {
    return (
      <Notice tone="success" heading={t.good} announce>
        <p>{t.goodBody(props.checkpoint.size - (pruned?.entries ?? 0), at)}</p>
        {pruned === undefined ? null : <p>{t.prunedBody(pruned.entries, pruned.months)}</p>}
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="danger" heading={t.bad(flaws.length)} announce>
        <p>{t.badBody(at)}</p>
      </Notice>
      <Table caption={t.flaws} columns={flawColumns(language)} rows={flaws.slice(0, mostShown)} />
    </>
  );
}

/** The command line names all of them. */
const mostShown = 100;

function flawColumns(language: Language): readonly Column<JournalFlaw>[] {
  const t = consoleEvidenceTexts[language];
  return [
    { header: t.columns.position, rowHeader: true, cell: ({ position }) => String(position) },
    { header: t.columns.entry, cell: ({ entryId }) => <code>{entryId}</code> },
    { header: t.columns.what, cell: ({ kind }) => t[kind] },
  ];
}
