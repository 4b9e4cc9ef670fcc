import { parseWitnessKey, type WitnessVerifier } from "../../ledger/cosignature.ts";
import { BadVerifierKey } from "../../ledger/verifier-key.ts";
import { isLoopback } from "./loopback.ts";

/** Somebody else who signs that the ledger's checkpoints go on from each other (C2SP tlog-witness). */
export interface Witness {
  readonly name: string;
  /** Its verifier key, as text. */
  readonly key: string;
  readonly verifier: WitnessVerifier;
  /** Where checkpoints are handed in: `add-checkpoint` below its submission prefix. */
  readonly submitTo: string;
}

/** A note has at most 16 signatures that every reader must take (C2SP signed-note); one of them is the log's own. */
const mostWitnesses = 15;

/** Reads `ADDRESS KEY ADDRESS KEY …`, with any white space between. Adds a sentence to `faults` for each fault. */
export function readWitnesses(text: string, faults: string[]): readonly Witness[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  if (words.length % 2 === 1) {
    faults.push("WITNESSES is not pairs of an address and a key, such as: https://witness.example/ witness.example+67f7aea0+BEqS…");
    return [];
  }
  const witnesses: Witness[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const witness = readWitness(words[at] ?? "", words[at + 1] ?? "", faults);
    if (witness !== undefined) witnesses.push(witness);
  }
  // One key under two names would count for two, though a signature does not say which of the names it is by.
  if (new Set(witnesses.map(({ verifier }) => verifier.publicKey.toString("hex"))).size < witnesses.length) {
    faults.push("WITNESSES names the same key twice; give each witness once.");
  }
  if (witnesses.length > mostWitnesses) {
    faults.push(`WITNESSES names ${witnesses.length} witnesses; a checkpoint has room for ${mostWitnesses}. Leave some out.`);
  }
  return witnesses;
}

function readWitness(address: string, key: string, faults: string[]): Witness | undefined {
  const submitTo = readAddress(address, faults);
  try {
    const verifier = parseWitnessKey(key);
    return submitTo === undefined ? undefined : { name: verifier.name, key, verifier, submitTo };
  } catch (error) {
    if (!(error instanceof BadVerifierKey)) throw error;
    faults.push(`WITNESSES has a key that cannot be used: ${error.message}`);
    return undefined;
  }
}

function readAddress(text: string, faults: string[]): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    faults.push("WITNESSES has something where an address should be; write https://witness.example/, then the key.");
  } else if (url.username !== "" || url.password !== "") {
    faults.push("WITNESSES has an address with a password in it; a witness asks for none. Leave it out.");
  } else if (url.protocol === "http:" && !isLoopback(url)) {
    faults.push(`WITNESSES has an address that is not https, of ${url.host}; whoever is on the way could keep the witness from us.`);
  } else {
    return `${url.href.replace(/\/*$/, "")}/add-checkpoint`;
  }
  return undefined;
}
