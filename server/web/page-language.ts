import type { Context as Request } from "hono";
import { defaultLanguage, type Language, languageFromPath } from "../language/language.ts";

/** The language of a page, whose path begins with it. */
export function languageOf(c: Request): Language {
  return languageFromPath(c.req.path) ?? defaultLanguage;
}
