import { sql } from "kysely";

export const enquiryStates = ["open", "fulfilled", "stopped"] as const;
/** `stopped`: the consent it came with has ended, or the person is stopped, so nobody may work on it. */
export type EnquiryState = (typeof enquiryStates)[number];

export function isEnquiryState(value: string | undefined): value is EnquiryState {
  return enquiryStates.some((state) => state === value);
}

/**
 * Where an enquiry stands, for a query that joins `enquiries.enquiry as enquiry` with `vault.subject as subject`. Open
 * only while the consent it came with lives: a later one, given with another enquiry, does not revive it (6).
 */
export const enquiryState = sql<EnquiryState>`case
  when enquiry.fulfilled_at is not null then 'fulfilled'
  when subject.state = 'active' and not exists (
    select from consent.event given join consent.event ended using (subject_id, purpose)
    where given.subject_id = enquiry.subject_id and given.purpose = enquiry.purpose
      and given.act_id = enquiry.consent_act_id and ended.event_id > given.event_id
      and ended.kind in ('withdrawn', 'expired', 'superseded')
  ) then 'open'
  else 'stopped' end`;
