import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { readLetterFile } from "../../requests/read-request-letters.ts";
import { ConsoleMessage } from "./console-message.tsx";
import { readForm } from "../read-form.ts";
import type { ConsoleEnv } from "./visit.ts";

/** A letter of a request as a file, byte for byte: for attachments, and for what could not be shown. */
export function letterFileRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().post("/console/requests/:number/letters/file", async (c) => {
    const visit = c.get("visit");
    const form = await readForm(ctx, c);
    if (form.kind === "unreadable") return form.answer;
    const number = c.req.param("number");
    const index = form.field("letter");
    const letter = await readLetterFile(ctx, { number, index, staffId: visit.member.staffId });
    if (letter.kind !== "read") return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="noSuchPage" />, 404);
    // Never shown by the browser itself: it is a stranger's HTML, and this page has a member's cookie.
    return c.body(new Uint8Array(letter.raw), 200, {
      "content-type": "message/rfc822",
      "content-disposition": `attachment; filename="letter-${number}.eml"`,
      "x-content-type-options": "nosniff",
    });
  });
}
