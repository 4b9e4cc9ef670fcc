-- Statistics for whoever wants to count and may see nobody (clause 8.7): a schema of counts, and a role that reads nothing
-- else. The role ubada_visits has no rights at all until there are visits.
--
-- A count is of months, of at least five, and rounded down to fives: a smaller one could point at a person, and one that
-- grows from one day to the next by one would tell that somebody came. Behind each view stands a function, which is read to
-- its end before anything is compared: into a view's own query PostgreSQL may move conditions, and EXPLAIN ANALYZE would
-- then tell how many rows each had met, also those that the view leaves out.
CREATE SCHEMA statistics;
GRANT USAGE ON SCHEMA statistics TO ubada_statistics;
COMMENT ON SCHEMA statistics IS 'Counts by month (UTC), at least five and rounded down to fives. Names nobody; all that the role ubada_statistics sees.';

CREATE FUNCTION statistics.count_operations() RETURNS TABLE (month date, operation text, purpose text, outcome text, entries bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT date_trunc('month', e.at AT TIME ZONE 'UTC')::date, e.operation::text, e.purpose, e.outcome::text, count(*) / 5 * 5
    FROM journal.entry e GROUP BY 1, 2, 3, 4 HAVING count(*) >= 5;
END $$;
CREATE VIEW statistics.operations_by_month AS SELECT * FROM statistics.count_operations();
COMMENT ON VIEW statistics.operations_by_month IS
  'Processing operations of the journal, by purpose and outcome. Counts operations, not people: no entry says whom it is about.';

CREATE FUNCTION statistics.count_requests() RETURNS TABLE (month date, kind text, state text, requests bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT date_trunc('month', r.received_at AT TIME ZONE 'UTC')::date, r.kind, r.state, count(*) / 5 * 5
    FROM requests.request r GROUP BY 1, 2, 3 HAVING count(DISTINCT r.subject_id) >= 5;
END $$;
CREATE VIEW statistics.requests_by_month AS SELECT * FROM statistics.count_requests();
COMMENT ON VIEW statistics.requests_by_month IS
  'The register of requests by the month they came in, where at least five people made them.';

CREATE FUNCTION statistics.count_consents() RETURNS TABLE (purpose text, state text, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT c.purpose, c.kind, count(*) / 5 * 5
    FROM (SELECT DISTINCT ON (e.subject_id, e.purpose) e.purpose, e.kind FROM consent.event e
      ORDER BY e.subject_id, e.purpose, e.event_id DESC) AS c
    GROUP BY 1, 2 HAVING count(*) >= 5;
END $$;
CREATE VIEW statistics.consents_by_purpose AS SELECT * FROM statistics.count_consents();
COMMENT ON VIEW statistics.consents_by_purpose IS 'For how many people each consent stands how, now.';

REVOKE ALL ON FUNCTION statistics.count_operations, statistics.count_requests, statistics.count_consents FROM PUBLIC;
GRANT EXECUTE ON FUNCTION statistics.count_operations, statistics.count_requests, statistics.count_consents TO ubada_statistics;
GRANT SELECT ON statistics.operations_by_month, statistics.requests_by_month, statistics.consents_by_purpose TO ubada_statistics;

-- Nobody but their triggers needs these.
REVOKE ALL ON FUNCTION journal.refuse_change, ledger.refuse_to_shrink FROM PUBLIC;
