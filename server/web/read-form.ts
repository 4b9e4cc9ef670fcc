import type { Context as Request } from "hono";
import type { Context } from "../context.ts";
import { errorPage } from "./public/error-page.tsx";
import { readFormBody } from "./read-form-body.ts";

/** No form is longer. */
const maxBytes = 16 * 1024;

/** What a form sent, by name; or the answer to a form that cannot be read. */
export async function readForm(
  ctx: Context,
  c: Request,
): Promise<
  | { readonly kind: "read"; readonly field: (name: string) => string }
  | { readonly kind: "unreadable"; readonly answer: Response }
> {
  const body = await readFormBody(c.req.raw, { maxBytes });
  switch (body.kind) {
    case "read":
      return { kind: "read", field: (name) => body.fields.get(name) ?? "" };
    case "too-large":
      return { kind: "unreadable", answer: await errorPage(ctx, c, 413) };
    case "wrong-type":
      return { kind: "unreadable", answer: await errorPage(ctx, c, 415) };
    case "broken-text":
    case "repeated-field":
    case "forbidden-character":
      return { kind: "unreadable", answer: await errorPage(ctx, c, 400, body) };
  }
}
