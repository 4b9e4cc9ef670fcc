import assert from "node:assert/strict";
import { test } from "node:test";
import { policy } from "../../config/policy.ts";
import { languages } from "../../language/language.ts";
import { consentBy, everyContent, ledgerKey, number, requestFor, withdrawalOf } from "../../receipts/receipts-scene.ts";
import { cabinetTexts } from "../texts/cabinet.ts";
import { renderReceiptDocument } from "./receipt-document.tsx";
import { receiptOf } from "./receipt-document-scene.ts";
import { receiptStyle } from "./receipt-style.ts";

const kinds = {
  consent: (language: "ru" | "ky" | "en") => consentBy("enrol", language, ["8.3", "8.8"]),
  withdrawal: () => withdrawalOf("8.8"),
  request: (language: "ru" | "ky" | "en") => requestFor("destruction", language),
} as const;

/** The data blocks by their ids, as a browser would cut them: up to the first closing tag. */
function blocksOf(html: string): Readonly<Record<string, unknown>> {
  const blocks = html.matchAll(/<script type="([^"]+)" id="([^"]+)">([\s\S]*?)<\/script/g);
  return Object.fromEntries([...blocks].map(([, , id = "", json = ""]) => [id, JSON.parse(json) as unknown]));
}

const scriptsIn = (html: string) => html.match(/<script/gi)?.length;

/** What a person reads: no tags, no code, no addresses. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return body.replaceAll(/<(code|a)\b[^>]*>.*?<\/\1>/gs, " ").replaceAll(/<[^>]+>/g, " ");
}

for (const language of languages) {
  for (const [kind, contentIn] of Object.entries(kinds)) {
    test(`a receipt of a ${kind} in ${language} says who answers for the data, where it is proved and how to go on`, () => {
      const html = renderReceiptDocument(receiptOf(contentIn(language), language));
      assert.ok(html.startsWith(`<!doctype html>\n<html lang="${language}">`));
      const { name, registrations, address, email } = policy.controller;
      const parts = [name[language], address[language], email, ...registrations.map(({ value }) => value)];
      const proof = ["lerna.kg/ledger", "1204", "1310", "2026-11-24T17Z", ledgerKey, "node verify.ts receipt"];
      for (const part of [...parts, ...proof, number, `https://lerna.kg/${language}/cabinet/delete`]) {
        assert.ok(html.includes(part), part);
      }
      if (language === "en") return;
      const known = ["UTC", "ledger", "Node", "js", "ISO", "IEC", "TS", "DPV", "Kantara", "Consent", "Receipt", "SHA"];
      const foreign = wordsOf(html).match(/[a-z]{2,}/gi)?.filter((word) => !known.includes(word));
      assert.deepEqual(foreign ?? [], [], "no English word is left");
    });

    test(`a receipt of a ${kind} in ${language} has the same for programs, and stops where the signature goes`, () => {
      const props = receiptOf(contentIn(language), language);
      const html = renderReceiptDocument(props);
      const { record, kantara, evidence } = props;
      assert.deepEqual(blocksOf(html), kantara ? { record, kantara, evidence } : { record, evidence });
      assert.equal(kantara !== undefined, kind === "consent");
      assert.ok(html.endsWith("</script>"));
      assert.doesNotMatch(html, /<\/body>|<\/html>/);
    });
  }
}

test("a consent is told purpose by purpose, given and refused, each with its clause, its question and its data", () => {
  for (const language of languages) {
    const content = consentBy("enrol", language, ["8.3", "8.8"]);
    const html = renderReceiptDocument(receiptOf(content, language));
    const cards = html.matchAll(/<li class="(given|refused)">(.*?)<\/li>/gs);
    const told = [...cards].map(([, answer, card = ""]) => ({ answer, card }));
    assert.deepEqual(told.map(({ answer }) => answer), ["given", "given", "given", "refused", "refused", "refused"]);
    for (const [index, id] of [...content.given, ...content.refused].entries()) {
      const { title, ask, clause } = policy.purposes[id as "8.3"];
      const { card = "" } = told[index] ?? {};
      const question = ask?.[language] ?? title[language];
      const data = policy.categories.email.label[language].slice(1);
      for (const part of [title[language], cabinetTexts[language].clauseOfPolicy(clause), question, data]) {
        assert.ok(card.includes(part), `${id}: ${part}`);
      }
    }
    assert.ok(html.includes(content.shown));
  }
});

test("a moment is told to the second in the company's time and as it was written in universal time", () => {
  const html = renderReceiptDocument(receiptOf(consentBy("enrol", "ru", []), "ru"));
  assert.match(html, />24 ноября 2026 г\., 23:15:42<\/time>/);
  assert.match(html, /<code>2026-11-24T17:15:42\.123Z<\/code>/);
});

test("no text in a receipt can end a data block or begin a script", () => {
  const attack = "</script><script>alert(1)</script><!-- \u2028\u2029 &lt; \\u003c";
  const props = receiptOf({ ...consentBy("enrol", "ru", ["8.8"]), button: attack, form: attack }, "ru");
  const hostile = { ...props, evidence: { attack }, shownText: { language: "ru", text: attack } };
  const html = renderReceiptDocument(hostile);
  assert.deepEqual(blocksOf(html), { record: hostile.record, kantara: hostile.kantara, evidence: { attack } });
  assert.equal(scriptsIn(html), 3);
  assert.doesNotMatch(html.slice(html.indexOf("<script")), /[\u2028\u2029]|<!--/);
});

test("a receipt runs nothing, loads nothing and sends nothing", () => {
  for (const content of everyContent) {
    const html = renderReceiptDocument(receiptOf(content, "ky"));
    const rules = ["default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'"];
    assert.ok(html.includes(`http-equiv="content-security-policy" content="${rules.join("; ").replaceAll("'", "&#39;")}"`));
    const page = html.slice(0, html.indexOf("<script"));
    assert.doesNotMatch(page, /<(link|img|iframe|form|object|embed)\b|\ssrc=|url\(|@import/);
  }
});

test("the look passes through HTML unchanged", () => {
  assert.doesNotMatch(receiptStyle, /["'<>&]/);
  assert.ok(renderReceiptDocument(receiptOf(withdrawalOf("8.8"), "ru")).includes(receiptStyle));
});
