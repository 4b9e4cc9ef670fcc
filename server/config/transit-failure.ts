// What can go wrong with a transit service. No message quotes what the service said: that may hold a key or the token.

const unharmed = "Nothing is lost: what is stored opens as before once that is mended.";

/** Nobody answered, or not to the end, or not in time. */
export class TransitUnreachable extends Error {
  readonly code = "transit-unreachable";
  constructor(origin: string, why: string) {
    super(
      `The transit service at ${origin}, which opens the key-encryption keys, does not answer (${why}). ${unharmed} ` +
        "See that it runs, that this machine reaches it and trusts its certificate, and that UBADA_TRANSIT_URL is right.",
    );
  }
}

/** It runs, but serves no keys at this moment. */
export class TransitSealed extends Error {
  readonly code = "transit-sealed";
  constructor(origin: string, status: number) {
    super(
      `The transit service at ${origin} is sealed, stands by for another node, or is overloaded (status ${status}). ` +
        `${unharmed} Unseal it, or set UBADA_TRANSIT_URL to the active node.`,
    );
  }
}

export class TransitRefused extends Error {
  readonly code = "transit-refused";
  constructor(origin: string, act: string, tokenFile: string) {
    super(
      `The transit service at ${origin} refuses the token in ${tokenFile} for ${act}: it has expired, or its policy does ` +
        `not allow this. ${unharmed} Put a valid token there; docs/decisions/007-transit-keys.md shows the policy.`,
    );
  }
}

export class TransitTokenUnreadable extends Error {
  readonly code = "transit-token";
  constructor(path: string) {
    super(`${path} (UBADA_TRANSIT_TOKEN_FILE) holds no token that can be read; put one line there, the token. ${unharmed}`);
  }
}

/** Nothing is mounted there, or that namespace does not exist. */
export class TransitNotMounted extends Error {
  readonly code = "transit-not-mounted";
  constructor(origin: string, mount: string) {
    super(
      `The service at ${origin} has no transit engine at ${mount}; see UBADA_TRANSIT_MOUNT and UBADA_TRANSIT_NAMESPACE, ` +
        `or enable the engine. ${unharmed}`,
    );
  }
}

/** Something answered, but not as a transit service does. */
export class TransitAnswerUnreadable extends Error {
  readonly code = "transit-answer";
  constructor(origin: string, act: string, what: string) {
    super(
      `What answers at ${origin} as the transit service gave ${what} to ${act}, which Ubada does not understand. ` +
        `${unharmed} See the log of the service, and whether a proxy stands before it.`,
    );
  }
}

/** A key that was deleted is there all the same. */
export class TransitKeyRemains extends Error {
  readonly code = "transit-key-remains";
  constructor(transitKey: string) {
    super(`The transit key ${transitKey} was deleted, but the service still has it; it is tried again. Delete it by hand.`);
  }
}

/** The transit key that opens an epoch's file is gone. */
export class TransitKeyMissing extends Error {
  readonly code = "transit-key-missing";
  constructor(transitKey: string, path: string) {
    super(
      `The transit key ${transitKey} is missing in the service: without it ${path} opens for nobody, nor does the data ` +
        "that hangs on it. See UBADA_TRANSIT_MOUNT and UBADA_TRANSIT_NAMESPACE, or restore it from a backup of the " +
        "service. If it was destroyed because no backup needs it any more, remove that file.",
    );
  }
}

/** A file was swapped with that of another epoch, altered or damaged. */
export class SealedKeyBroken extends Error {
  readonly code = "sealed-key-broken";
  constructor(path: string) {
    super(
      `${path} is not what the transit service sealed for this epoch: it was swapped, altered or damaged. ` +
        "Put the right one back from your copy; without it data cannot be read.",
    );
  }
}
