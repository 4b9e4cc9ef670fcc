import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "../../language/language.ts";
import { Page, type PageProps } from "./page.tsx";
import { rendered } from "./rendered.ts";

const props: PageProps = {
  language: "ky",
  title: "Менин маалыматтарым",
  path: "/cabinet",
  area: "cabinet",
  company: { name: "Мисал", requisites: ["«Мисал» ЖЧК"], email: "privacy@example.kg" },
  navigation: [
    { href: "/ky/cabinet", label: "Менин маалыматтарым" },
    { href: "/ky/cabinet/requests", label: "Кайрылуулар", count: 2 },
  ],
  current: "/ky/cabinet",
  signOut: { action: "/ky/cabinet/sign-out" },
  children: "…",
};

function render(changes: Partial<PageProps> = {}): string {
  return rendered(Page({ ...props, ...changes }));
}

test("a page is a whole document in its language", () => {
  const html = render();
  assert.match(html, /^<!doctype html><html lang="ky"/);
  assert.match(html, /<title>Менин маалыматтарым – Мисал<\/title>/);
  assert.match(html, /<main id="main" tabindex="-1">/);
});

test("the same page is one link away in every language", () => {
  const html = render();
  for (const language of languages) {
    const link = `<a href="/${language}/cabinet" lang="${language}" hreflang="${language}"`;
    assert.ok(html.includes(link), link);
  }
});

test("the section a person is in is marked for those who cannot see it", () => {
  assert.match(render(), /<a href="\/ky\/cabinet" aria-current="page">/);
  assert.doesNotMatch(render(), /requests" aria-current/);
});

test("signing out is a form, so that no link can do it", () => {
  assert.match(render(), /<form method="post" action="\/ky\/cabinet\/sign-out"/);
});

test("search engines are kept out of the cabinet and the console, not out of the public site", () => {
  assert.match(render(), /<meta name="robots" content="noindex, nofollow"/);
  assert.match(render({ area: "console" }), /noindex/);
  assert.doesNotMatch(render({ area: "public" }), /noindex/);
});

test("a form that came back says so in the title", () => {
  assert.match(render({ hasErrors: true }), /<title>Ката: Менин/);
});

test("nothing a page is given can become markup, and no page has a script or an inline style", () => {
  const evil = `"><script>alert(1)</script>`;
  const html = render({
    title: evil,
    path: `/${evil}`,
    company: { name: evil, requisites: [evil], email: evil },
    navigation: [{ href: evil, label: evil }],
    signOut: { action: evil, who: evil },
    children: evil,
  });
  assert.doesNotMatch(html, /<script|style=|onclick=|javascript:/);
});

test("no Russian or English word is left in the frame of a Kyrgyz page", () => {
  const words = render()
    .replace(/<[^>]*>/g, " ")
    .split(/[^\p{L}]+/u)
    .filter((word) => /^[a-z]+$/i.test(word));
  assert.deepEqual([...new Set(words)].sort(), ["English", "example", "kg", "privacy"]);
});
