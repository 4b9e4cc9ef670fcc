import assert from "node:assert/strict";
import { test } from "node:test";
import { DueMeter } from "./due-meter.tsx";
import { Masked } from "./masked.tsx";
import { rendered } from "./rendered.ts";
import { Steps } from "./steps.tsx";
import { Table } from "./table.tsx";
import { Timeline } from "./timeline.tsx";

const limit = { language: "ru", allowed: 7, unit: "workingDays", state: "running" } as const;
const dueOn = Temporal.PlainDate.from("2026-03-12");

function cells(html: string, name: "gone" | "ahead"): number {
  return html.split(`class="due-meter__${name}"`).length - 1;
}

test("a time limit is drawn as days gone and days ahead, and says the same in words", () => {
  const html = rendered(DueMeter({ ...limit, used: 3, dueOn }));
  assert.deepEqual([cells(html, "gone"), cells(html, "ahead")], [3, 4]);
  assert.match(html, /Осталось 4 рабочих дня/);
  assert.match(html, /Прошло 3 из 7 рабочих дней · последний день срока: 12 марта 2026 г\./);
  assert.match(html, /<svg[^>]*aria-hidden="true"/);
  assert.doesNotMatch(html, /style=/);
});

test("the last day of a limit is not yet late; the day after is", () => {
  assert.match(rendered(DueMeter({ ...limit, used: 7, dueOn })), /Сегодня последний день/);
  const late = rendered(DueMeter({ ...limit, used: 8, dueOn }));
  assert.match(late, /Просрочено на 1 рабочий день/);
  assert.deepEqual([cells(late, "gone"), cells(late, "ahead")], [7, 0]);
});

test("a promise kept late is not shown as kept in time", () => {
  assert.match(rendered(DueMeter({ ...limit, state: "done", used: 5, dueOn })), /Выполнено в срок/);
  assert.match(rendered(DueMeter({ ...limit, state: "done", used: 9, dueOn })), /Выполнено с опозданием/);
});

test("a step says its state in words", () => {
  const steps = [
    { label: "Ключ уничтожен", state: "done" },
    { label: "Партнёры", state: "blocked" },
  ] as const;
  assert.match(rendered(Steps({ language: "ru", steps })), /Ключ уничтожен.*выполнено.*Партнёры.*задержка/);
});

test("a table keeps its headers when it is shown as cards", () => {
  const html = rendered(
    Table({
      caption: "Обращения",
      columns: [
        { header: "Номер", rowHeader: true, cell: (row: { number: string }) => row.number },
        { header: "Открыть", headerHidden: true, cell: () => "→" },
      ],
      rows: [{ number: "2026-014<" }],
    }),
  );
  assert.match(html, /<table class="table" role="table"><caption>Обращения<\/caption>/);
  assert.match(html, /<th role="rowheader" scope="row" data-label="Номер">.*2026-014&lt;/);
  assert.match(html, /<span class="visually-hidden">Открыть<\/span>/);
});

test("the time of an entry is exact for machines and local for people", () => {
  const at = Temporal.Instant.from("2026-03-05T10:05:00Z");
  const html = rendered(Timeline({ language: "ky", entries: [{ at, what: "Макулдук берилди" }] }));
  assert.match(html, /<time datetime="2026-03-05T10:05:00Z">2026-жылдын 5-марты, 16:05<\/time>/);
});

test("dots that hide a value are not read out one by one", () => {
  const html = rendered(Masked({ shown: "+996 ••• ••• 12", said: "телефон скрыт" }));
  assert.match(html, /aria-hidden="true">\+996 ••• ••• 12<.*visually-hidden">телефон скрыт</);
});
