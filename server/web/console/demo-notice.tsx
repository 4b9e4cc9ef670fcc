import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { openConsoleSession } from "../../staff/console-session.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { formatDateTime } from "../../language/format-date.ts";
import { type Language, pathInLanguage } from "../../language/language.ts";
import { consoleDemoTexts } from "../texts/console-demo.ts";
import { readForm } from "../read-form.ts";
import { giveSessionCookie } from "./session-cookie.ts";
import type { ConsoleEnv } from "./visit.ts";

const path = "/console/demo-clock";
const steps = [1, 7, 30] as const;

/** Says on every page of a demo that it is one, and lets its clock be moved so that due dates can be watched. */
export function DemoNotice({ ctx, language }: { ctx: Pick<Context, "now" | "demoClock">; language: Language }) {
  const t = consoleDemoTexts[language];
  return (
    <Notice tone="warning" heading={t.heading}>
      <p>{t.body}</p>
      {ctx.demoClock === undefined ? null : (
        <>
          <p>{t.now(formatDateTime(ctx.now(), language))}</p>
          <Form action={pathInLanguage(language, path)}>
            <ButtonRow>
              {steps.map((days) => (
                <Button kind="secondary" name="days" value={String(days)} about={t.advance}>
                  {t.days(days)}
                </Button>
              ))}
            </ButtonRow>
          </Form>
        </>
      )}
    </Notice>
  );
}

/** Moves the demo's clock; a real installation has no such address. */
export function demoClockRoutes(ctx: Context): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>();
  const { demoClock } = ctx;
  if (demoClock === undefined) return routes;
  return routes.post(path, async (c) => {
    const form = await readForm(ctx, c);
    if (form.kind === "unreadable") return form.answer;
    const days = steps.find((step) => String(step) === form.field("days"));
    if (days === undefined) return c.redirect(pathInLanguage(c.var.visit.language, "/console"), 303);
    await demoClock.advance(days);
    // The jump has outlived the sign-in that made it.
    giveSessionCookie(ctx, c, await openConsoleSession(ctx, c.var.visit.member.staffId));
    return c.redirect(pathInLanguage(c.var.visit.language, "/console/requests"), 303);
  });
}
