import type { Context as Request } from "hono";
import { defaultLanguage, type Language, languageFromPath } from "../../language/language.ts";

/** How routes name the language of a page; nothing else matches. */
export const inLanguage = "/:language{ru|ky|en}";

/** The language of a page under `inLanguage`. */
export function languageOf(c: Request): Language {
  return languageFromPath(c.req.path) ?? defaultLanguage;
}
