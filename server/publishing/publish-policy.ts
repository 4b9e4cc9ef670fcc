import type { Kysely } from "kysely";
import type { Duty, Policy, Purpose } from "../../policy/language/policy.ts";
import type { Database } from "../database/schema-types.ts";
import type { LoadedTexts } from "./load-policy.ts";

/** Somebody changed the words of a version that people have already agreed to. */
export class PublishedTextChanged extends Error {
  readonly code = "published-text-changed";
  constructor(version: string, language: string) {
    super(
      `The ${language} text of policy version ${version} differs from what was published under that number; ` +
        "give the changed text a new version, or put the old text back.",
    );
  }
}

/**
 * Puts the policy in force: keeps its texts for ever (19) and tells the database which grounds exist, so that
 * `vault.open_subjects` can refuse the rest. Runs as the database's owner, at every start, in one transaction.
 */
export async function publishPolicy(
  owner: Kysely<Database>,
  policy: Policy,
  texts: LoadedTexts,
  now: Temporal.Instant,
): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    for (const [language, { source, hash }] of Object.entries(texts)) {
      const version = policy.version;
      const published = await tx
        .insertInto("publishing.policy_text")
        .values({
          policy_version: version,
          language,
          text_hash: hash,
          text: source,
          effective_from: Temporal.PlainDate.from(policy.effectiveFrom),
          published_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (published.numInsertedOrUpdatedRows !== 0n) continue;
      const kept = await tx
        .selectFrom("publishing.policy_text")
        .select("text_hash")
        .where("policy_version", "=", version)
        .where("language", "=", language)
        .executeTakeFirstOrThrow();
      if (!kept.text_hash.equals(hash)) throw new PublishedTextChanged(version, language);
    }
    await tx.deleteFrom("vault.ground").execute();
    await tx.insertInto("vault.ground").values(groundRows(policy)).execute();
  });
}

function groundRows(policy: Policy): readonly Database["vault.ground"][] {
  const purposes = Object.entries(policy.purposes).map(([ground, purpose]) => ({
    ground,
    kind: "purpose" as const,
    basis: purpose.basis,
    ...listsOf(policy, purpose),
  }));
  const duties = Object.entries(policy.duties).map(([ground, duty]) => ({
    ground,
    kind: "duty" as const,
    basis: "duty" as const,
    ...listsOf(policy, duty),
  }));
  return [...purposes, ...duties];
}

function listsOf({ version }: Policy, { clause, categories, operations }: Purpose | Duty) {
  return { clause, categories: [...categories], operations: [...operations], policy_version: version };
}
