import { createAskTransit, type TransitAnswer } from "./ask-transit.ts";
import { TransitAnswerUnreadable, TransitKeyRemains } from "./transit-failure.ts";
import type { TransitSettings } from "./transit-settings.ts";

/**
 * `broken`: that key did not seal this for that purpose. `no-key`: there is no such key. `plain` is base64, as it came.
 */
export type Unsealed =
  | { readonly kind: "opened"; readonly plain: string }
  | { readonly kind: "broken" }
  | { readonly kind: "no-key" };

/**
 * Named keys that never leave the service. Every call may be repeated after a failure, also where the service had already
 * done what was asked. All throw what `transit-failure.ts` describes.
 */
export interface TransitEngine {
  /** Makes a key, unless there is one of this name. */
  makeKey(name: string): Promise<void>;
  /** `purpose` is bound in: only who names it again can unseal. Resolves to a text of printable characters. */
  seal(name: string, plain: Buffer, purpose: string): Promise<string>;
  unseal(name: string, sealed: string, purpose: string): Promise<Unsealed>;
  /** Resolves once the service has shown that it has no such key. */
  destroyKey(name: string): Promise<void>;
}

export function createTransitEngine(settings: TransitSettings, timeoutMs?: number): TransitEngine {
  const ask = createAskTransit(settings, timeoutMs);
  const textIn = (answer: TransitAnswer, field: string, path: string): string => {
    const text = answer.kind === "done" ? answer.data[field] : undefined;
    if (typeof text === "string" && /^[\x21-\x7e]{1,4096}$/.test(text)) return text;
    throw new TransitAnswerUnreadable(settings.origin, path, `no ${field}`);
  };
  const isThere = async (name: string) => (await ask("GET", `keys/${name}`)).kind !== "absent";
  return {
    async makeKey(name) {
      const { kind } = await ask("POST", `keys/${name}`, { type: "aes256-gcm96" });
      if (kind !== "done") throw new TransitAnswerUnreadable(settings.origin, `keys/${name}`, "no key");
    },
    async seal(name, plain, purpose) {
      const body = { plaintext: plain.toString("base64"), associated_data: toBase64(purpose) };
      return textIn(await ask("POST", `encrypt/${name}`, body), "ciphertext", `encrypt/${name}`);
    },
    async unseal(name, sealed, purpose) {
      const answer = await ask("POST", `decrypt/${name}`, { ciphertext: sealed, associated_data: toBase64(purpose) });
      if (answer.kind === "done") return { kind: "opened", plain: textIn(answer, "plaintext", `decrypt/${name}`) };
      // Both are 400, told apart only by words that are no part of the API.
      return { kind: (await isThere(name)) ? "broken" : "no-key" };
    },
    async destroyKey(name) {
      if (!(await isThere(name))) return;
      // Both say no where another process has just done it; what counts is what is there afterwards.
      await ask("POST", `keys/${name}/config`, { deletion_allowed: true });
      await ask("DELETE", `keys/${name}`);
      if (await isThere(name)) throw new TransitKeyRemains(name);
    },
  };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString("base64");
}
