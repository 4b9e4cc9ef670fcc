import { limitFrom } from "../../../policy/rules/deadline.ts";
import { calendar } from "../../config/policy.ts";
import type { Context } from "../../context.ts";
import { formatDate } from "../../language/format-date.ts";
import type { Language } from "../../language/language.ts";
import { deleteTexts } from "../texts/cabinet-delete.ts";
import { ClauseLink } from "./clause-link.tsx";

/** What follows a demand to stop or to destroy, said before it is made: at once, by when, and what stays (17). */
export function WhatHappens(props: {
  ctx: Pick<Context, "policy" | "now">;
  language: Language;
  kind: "stop" | "destruction";
}) {
  const { ctx, language, kind } = props;
  const t = deleteTexts[language];
  const { limit, clause } = ctx.policy.requests[kind];
  const { due } = limitFrom(ctx.now(), limit, ctx.policy.controller.timeZone, calendar);
  return (
    <>
      <ul>
        <li>{t.consequences.stops}</li>
        <li>{t.consequences.enquiries}</li>
        <li>{t.consequences.destroyed(formatDate(due, language))}</li>
        <li>{t.consequences.letter}</li>
        <li>{t.consequences.closes}</li>
      </ul>
      <h2>{t.stays}</h2>
      <ul>
        {t.staysList.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
      <p>
        <ClauseLink language={language} clause={clause} />
      </p>
    </>
  );
}
