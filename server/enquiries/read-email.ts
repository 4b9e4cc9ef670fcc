import { type FieldReading, fault, trimTyped } from "./field-reading.ts";

/** The longest address that SMTP carries (RFC 5321, 4.5.3.1.3, less the angle brackets), and its longest local part. */
const longestAddress = 254;
const longestLocalPart = 64;

/** What a browser takes for an address (HTML, "valid e-mail address"): practice, not RFC 5322. */
const validAddress =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** An e-mail address as it was typed, without the spaces around it. */
export function readEmail(typed: string): FieldReading {
  if (typed.length > 4 * longestAddress) return fault("too-long");
  const address = trimTyped(typed);
  if (address === "") return fault("missing");
  if (address.length > longestAddress) return fault("too-long");
  if (!validAddress.test(address) || address.indexOf("@") > longestLocalPart) return fault("not-an-email");
  return { kind: "read", value: address };
}
