import { resolve } from "node:path";
import type { Environment } from "./key-provider.ts";
import { ConfigError } from "./read-config.ts";

/** Where a transit service (OpenBao, HashiCorp Vault) answers, and as whom Ubada speaks to it. Holds no secret. */
export interface TransitSettings {
  /** Without a path or a trailing slash. */
  readonly origin: string;
  /** Holds the token; read anew each time, so that whoever renews it need not tell Ubada. */
  readonly tokenFile: string;
  /** The path at which the transit engine is mounted. */
  readonly mount: string;
  readonly namespace: string | undefined;
  /** What the names of our transit keys begin with. */
  readonly keyPrefix: string;
}

/** Undefined where no UBADA_TRANSIT_… is set. Throws `ConfigError` with every fault. */
export function readTransitSettings(environment: Environment): TransitSettings | undefined {
  const isSet = (name: string) => environment[name] !== undefined && environment[name] !== "";
  if (!Object.keys(environment).some((name) => name.startsWith("UBADA_TRANSIT_") && isSet(name))) return undefined;
  const read = (name: string) => (isSet(name) ? environment[name] : undefined);
  const origin = readOrigin(read("UBADA_TRANSIT_URL") ?? "");
  const tokenFile = read("UBADA_TRANSIT_TOKEN_FILE");
  const mount = read("UBADA_TRANSIT_MOUNT") ?? "transit";
  const namespace = read("UBADA_TRANSIT_NAMESPACE");
  const keyPrefix = read("UBADA_TRANSIT_KEY") ?? "ubada";
  const faults: string[] = [];
  if (origin === undefined) {
    faults.push(
      "UBADA_TRANSIT_URL is not an address of a transit service; write it as https://vault.example.kg:8200, without a " +
        "path. Only on this machine itself may it be http.",
    );
  }
  if (tokenFile === undefined) faults.push("UBADA_TRANSIT_TOKEN_FILE is not set; name a file (0600) that holds the token.");
  if (!isPath(mount)) faults.push("UBADA_TRANSIT_MOUNT is not a path of a mount; write it as transit.");
  if (namespace !== undefined && !isPath(namespace)) faults.push("UBADA_TRANSIT_NAMESPACE is not a path of a namespace.");
  if (!/^[A-Za-z0-9]([\w.-]{0,62}[A-Za-z0-9])?$/.test(keyPrefix)) {
    faults.push("UBADA_TRANSIT_KEY cannot begin the name of a transit key; use letters, digits and dashes, as in ubada.");
  }
  if (faults.length > 0 || origin === undefined || tokenFile === undefined) throw new ConfigError(faults);
  return { origin, tokenFile: resolve(tokenFile), mount, namespace, keyPrefix };
}

/** Tokens and keys travel there, so it is https, or the machine itself. */
function readOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    return undefined;
  }
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && local) ? url.origin : undefined;
}

/** Such as `transit` or `team/transit`; no step of it leads upwards. */
function isPath(text: string): boolean {
  return text.length <= 200 && text.split("/").every((step) => /^\w([\w.-]*\w)?$/.test(step));
}
