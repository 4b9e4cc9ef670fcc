import type { Context } from "../context.ts";
import { readEntryLinks } from "../journal/entry-links.ts";
import {
  consentReceipt,
  type ReceiptContent,
  requestReceipt,
  withdrawalReceipt,
} from "../journal/receipt-content.ts";
import type { ReceiptKey } from "../vault/entry-link.ts";

/** A receipt that a person can have: of what they did. */
export interface ListedReceipt {
  /** Its number: the id of the journal entry that commits to it. */
  readonly number: string;
  readonly content: ReceiptContent;
  /** What opens the entry's detail, 32 bytes. */
  readonly key: Buffer;
}

type Reading = Pick<Context, "db" | "keys">;

/**
 * Every receipt of a person, the newest first: of each act of consent, each withdrawal and each request whose journal entry
 * is still kept.
 */
export async function listReceipts(ctx: Reading, subject: string): Promise<readonly ListedReceipt[]> {
  const links = (await readEntryLinks(ctx, subject)).flatMap(({ entryId, receipt }) =>
    receipt ? [{ entryId, receipt }] : [],
  );
  const [contentOf, versions] = await Promise.all([
    readContents(ctx, subject),
    readPolicyVersions(ctx, links.map(({ entryId }) => entryId)),
  ]);
  return links.flatMap(({ entryId, receipt: { recordId, key } }) => {
    const version = versions.get(entryId);
    const content = version === undefined ? undefined : contentOf(recordId, version);
    return content ? [{ number: entryId, content, key }] : [];
  });
}

type ContentOf = (record: ReceiptKey["recordId"], policyVersion: string) => ReceiptContent | undefined;

/** What the person's rows say was done, by the record's id. */
async function readContents({ db }: Reading, subject: string): Promise<ContentOf> {
  const [acts, events, requests] = await Promise.all([
    db.selectFrom("consent.act").selectAll().where("subject_id", "=", subject).execute(),
    db.selectFrom("consent.event").selectAll().where("subject_id", "=", subject).where("kind", "=", "withdrawn").execute(),
    db.selectFrom("requests.request").selectAll().where("subject_id", "=", subject).execute(),
  ]);
  return (record, policyVersion) => {
    const act = acts.find(({ act_id }) => act_id === record);
    if (act) return consentReceipt(act);
    const event = events.find(({ event_id }) => event_id === record);
    if (event) return withdrawalReceipt(event, policyVersion);
    const request = requests.find(({ request_id }) => request_id === record);
    return request && requestReceipt(request, policyVersion);
  };
}

async function readPolicyVersions({ db }: Reading, entries: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("journal.entry")
    .select(["entry_id", "policy_version"])
    .where("entry_id", "in", [null, ...entries])
    .execute();
  return new Map(rows.map(({ entry_id, policy_version }) => [entry_id, policy_version]));
}
