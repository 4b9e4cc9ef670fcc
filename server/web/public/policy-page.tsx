import { Hono } from "hono";
import type { Child } from "hono/jsx";
import { isWithin } from "../../../policy/language/clause-id.ts";
import type { PolicyText as PublishedText, TextBlock } from "../../../policy/language/policy-text.ts";
import type { Context } from "../../context.ts";
import type { LoadedText } from "../../publishing/load-policy.ts";
import { companyIn } from "../company.ts";
import { Clause, ClauseParagraph, PolicyText } from "../components/clause.tsx";
import { Contents } from "../components/contents.tsx";
import { Disclosure } from "../components/disclosure.tsx";
import { Notice } from "../components/notice.tsx";
import { Page } from "../components/page.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { SummaryList } from "../components/summary-list.tsx";
import { formatDate } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { policyTexts } from "../texts/public-policy.ts";
import { keptBriefly } from "./kept-briefly.ts";
import { languageOf } from "../page-language.ts";

/** The policy as a page, and as the very bytes whose hash every consent carries. */
export function policyRoutes(ctx: Context): Hono {
  return new Hono()
    .get("/policy", keptBriefly(), (c) => {
      const language = languageOf(c);
      return c.html(<PolicyPage language={language} policy={ctx.policy} published={ctx.texts[language]} />);
    })
    .get("/policy.txt", keptBriefly(), (c) => {
      const { source } = ctx.texts[languageOf(c)];
      return c.body(source, 200, { "content-type": "text/plain; charset=utf-8" });
    });
}

function PolicyPage(props: { language: Language; policy: Context["policy"]; published: LoadedText }) {
  const { language, policy, published } = props;
  const { text, hash } = published;
  const t = policyTexts[language];
  const isCourtesy = !policy.languages.binding.some((binding) => binding === language);
  const since = formatDate(Temporal.PlainDate.from(policy.effectiveFrom), language);
  return (
    <Page language={language} title={t.title} path="/policy" area="public" company={companyIn(language, policy)}>
      <PageHeading heading={text.title}>
        <p>{t.edition(policy.version, since)}</p>
      </PageHeading>
      {isCourtesy ? <CourtesyNotice language={language} /> : null}
      <Disclosure summary={t.goTo}>
        <Contents heading={t.contents} links={contents(text)} />
      </Disclosure>
      <PolicyText language={language}>
        {clausesOf(text.blocks, language)}
        <address>
          {text.closing.map((line) => (
            <p>{line}</p>
          ))}
        </address>
      </PolicyText>
      <h2>{t.check}</h2>
      <SummaryList
        items={[
          { term: t.plain, value: <a href={pathInLanguage(language, "/policy.txt")}>policy.txt</a> },
          { term: t.fingerprint, value: <code>{hash.toString("hex")}</code> },
        ]}
      />
    </Page>
  );
}

function CourtesyNotice({ language }: { language: Language }) {
  const t = policyTexts[language].courtesy;
  return (
    <Notice heading={t.heading}>
      <p>{t.text}</p>
      <ul>
        <li>
          <a href={pathInLanguage("ru", "/policy")}>{t.russian}</a>
        </li>
        <li>
          <a href={pathInLanguage("ky", "/policy")}>{t.kyrgyz}</a>
        </li>
      </ul>
    </Notice>
  );
}

/** The clauses have numbers but no headings: their first words stand for them. */
function contents(text: PublishedText): { href: string; number: string; label: string }[] {
  return text.blocks.flatMap(({ clause, depth, number, text: words }) =>
    depth === 1 && number !== null ? [{ href: `#${clause}`, number, label: firstWords(words) }] : [],
  );
}

function firstWords(text: string): string {
  const words = text.split(" ");
  return words.length <= 7 ? text : `${words.slice(0, 7).join(" ").replace(/[,;:–(]+$/u, "").trim()}…`;
}

/** Nests the blocks, which come in the order of the document: a clause holds what follows until its next sibling. */
function clausesOf(blocks: readonly TextBlock[], language: Language): Child[] {
  const parts: Child[] = [];
  for (let index = 0; index < blocks.length; ) {
    const head = blocks[index];
    if (!head) break;
    const rest = blocks.slice(index + 1);
    const end = rest.findIndex((block) => !isWithin(block.clause, head.clause));
    const own = end === -1 ? rest : rest.slice(0, end);
    parts.push(
      head.number === null ? (
        <ClauseParagraph id={head.paragraph}>{head.text}</ClauseParagraph>
      ) : (
        <Clause language={language} id={head.clause} number={head.number} level={head.depth}>
          <ClauseParagraph id={head.paragraph}>{head.text}</ClauseParagraph>
          {clausesOf(own, language)}
        </Clause>
      ),
    );
    index += head.number === null ? 1 : own.length + 1;
  }
  return parts;
}
