import { policy } from "../config/policy.ts";

/** The name of the ledger in its checkpoints and its key: the first site of the policy, where people would look for it. */
export const ledgerName = `${policy.sites[0]?.domain ?? "ubada"}/ledger`;
