import { sql } from "kysely";
import type { DatabaseAddress } from "../server/database/address.ts";
import { connect } from "../server/database/connect.ts";

/** Gives an empty journal a table for every month since then, as in an installation that has run so long. */
export async function keepMonthsSince(ownerAddress: DatabaseAddress, since: Temporal.Instant): Promise<void> {
  await using owner = connect(ownerAddress, { name: "months", max: 1 });
  await sql`set role ubada_owner`.execute(owner.db);
  await sql`alter table journal.entry detach partition journal.entry_first`.execute(owner.db);
  await sql`drop table journal.entry_first`.execute(owner.db);
  await sql`select journal.make_month(month)
    from generate_series(journal.month_of(${since}), journal.month_of(now()), interval '1 month') as month`.execute(owner.db);
}
