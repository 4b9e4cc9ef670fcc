/**
 * The look of a receipt, inside the file: it is opened from a disk, where there is no stylesheet. The colours are those
 * of the site's `tokens.css`. Nothing here needs quotes, so that it passes through HTML as it is.
 */
export const receiptStyle = `
:root {
  color-scheme: light dark;
  --paper: #f6f4ee; --surface: #fffefb; --sunken: #f0ede4; --ink: #17262b; --ink-soft: #4a5a60;
  --line: #d8d3c5; --accent: #0b5660; --accent-deep: #0a4650; --good: #1c6540;
  --sans: system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif;
  --serif: ui-serif, PT Serif, Cambria, Noto Serif, Liberation Serif, Times New Roman, serif;
  --mono: ui-monospace, Cascadia Mono, Consolas, Noto Sans Mono, Liberation Mono, monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #0f181b; --surface: #162226; --sunken: #0f181b; --ink: #e8eeec; --ink-soft: #a8b8b8;
    --line: #2a3a3f; --accent: #7ccdc6; --accent-deep: #7ccdc6; --good: #8ad2a3;
  }
}
@media (prefers-contrast: more) { :root { --ink-soft: var(--ink); --line: var(--ink); } }
*, *::before, *::after { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 100%/1.55 var(--sans); text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: clamp(0rem, 4vw, 3rem) 0; overflow-wrap: break-word; }
main { max-width: 46rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 3.25rem); background: var(--surface); border: 1px solid var(--line); border-top: 0.375rem solid var(--accent-deep); border-radius: 0.25rem; }
h1, h2, h3 { margin: 0; font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.625rem, 1.3rem + 1.7vw, 2.25rem); overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; font-size: 1.375rem; }
h3 { margin-top: 1.5rem; font-size: 1.0625rem; font-family: var(--sans); }
p, ul, ol, dl { margin: 0.75rem 0 0; }
ul, ol { padding-left: 1.25rem; }
li + li { margin-top: 0.5rem; }
a { color: var(--accent); overflow-wrap: anywhere; text-underline-offset: 0.15em; }
code { font-family: var(--mono); font-size: 0.875em; overflow-wrap: anywhere; }
.issuer { margin: 0 0 0.375rem; color: var(--ink-soft); }
.lede { font-size: 1.125rem; }
dl div { display: grid; gap: 0.125rem 1.25rem; padding: 0.625rem 0; border-bottom: 1px solid var(--line); }
dl div:first-child { border-top: 1px solid var(--line); }
dt { color: var(--ink-soft); font-size: 0.9375rem; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.soft { color: var(--ink-soft); }
.purposes { padding: 0; list-style: none; }
.purposes li { padding: 0.875rem 1.125rem 1rem; border: 1px solid var(--line); border-left: 0.25rem solid var(--line); border-radius: 0.25rem; }
.purposes .given { border-left-color: var(--good); }
.purposes h3 { margin: 0; }
.purposes dl { margin-top: 0.5rem; }
.purposes dl div { padding: 0.25rem 0; border: 0; }
.shown { margin-top: 1rem; padding: 1rem 1.125rem; border: 1px solid var(--line); border-radius: 0.25rem; background: var(--sunken); font-family: var(--serif); overflow-wrap: anywhere; }
.shown p { margin: 0.5rem 0 0; }
.shown p:first-child { margin: 0; }
pre { margin: 0.5rem 0 0; padding: 0.75rem 0.875rem; border: 1px solid var(--line); border-radius: 0.25rem; background: var(--sunken); white-space: pre-wrap; overflow-wrap: anywhere; }
@media (min-width: 40rem) {
  dl div { grid-template-columns: minmax(9rem, 13rem) minmax(0, 1fr); align-items: baseline; }
  dt { font-size: inherit; }
}
@media (max-width: 47rem) { main { border-left: 0; border-right: 0; border-radius: 0; } }
@page { margin: 18mm 16mm; }
@media print {
  html { background: none; font-size: 10pt; }
  body { padding: 0; }
  main { max-width: none; padding: 0; border: 0; background: none; }
  h1 { font-size: 20pt; }
  h2 { margin-top: 1.75rem; }
  a { color: inherit; }
  .shown, pre { background: none; }
  h2, h3 { break-after: avoid; }
  dl div, .purposes li, .shown p, ol li, pre { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
`;
