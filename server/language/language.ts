// The three languages of every page a person reads. Texts are checked by the compiler: `ru` sets the shape,
// and a language that lacks a key, or has a string where the others have a function, does not compile.

export const languages = ["ru", "ky", "en"] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = "ru";

/** What each language calls itself, for the switcher. */
export const languageNames: { readonly [L in Language]: string } = {
  ru: "Русский",
  ky: "Кыргызча",
  en: "English",
};

/** `T` with its literal strings widened, so that two languages can differ in words but not in shape. */
export type Texts<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => infer R
    ? (...parameters: P) => Texts<R>
    : { readonly [K in keyof T]: Texts<T[K]> };

/**
 * Declares the texts of a page or a letter in every language.
 * Use: `const t = texts[language]; t.heading; t.dueIn(3)`.
 */
export function defineTexts<T>(texts: {
  readonly ru: T;
  readonly ky: Texts<NoInfer<T>>;
  readonly en: Texts<NoInfer<T>>;
}): { readonly [L in Language]: Texts<T> } {
  // `T` is `Texts<T>` with narrower strings, which the compiler cannot see while `T` is open.
  return texts as { readonly [L in Language]: Texts<T> };
}

export function isLanguage(value: string | undefined): value is Language {
  return languages.some((language) => language === value);
}

/** The language of `/ru/…`, `/ky/…`, `/en/…`; undefined for a path that names none. */
export function languageFromPath(path: string): Language | undefined {
  const [, first] = path.split("/", 2);
  return isLanguage(first) ? first : undefined;
}

/** `/policy` in Kyrgyz is `/ky/policy`; the front page `/` is `/ky/`. */
export function pathInLanguage(language: Language, path: string): string {
  return `/${language}${path.startsWith("/") ? path : `/${path}`}`;
}

/**
 * The language a browser asks for (RFC 9110, 12.5.4), by weight and then by order; Russian when it asks for
 * none of ours, since Russian is what most readers of the site share.
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  let best: { language: Language; weight: number } | undefined;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const [primary] = range.split("-");
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    const weight = quality === undefined ? 1 : Number(quality);
    if (isLanguage(primary) && weight > (best?.weight ?? 0)) best = { language: primary, weight };
  }
  return best?.language ?? defaultLanguage;
}
