-- The journal in months, so that it can be pruned: what is older than the retention goes a whole table at a time
-- (docs/decisions/009-journal-by-time.md). Entry ids are UUIDv7, whose order is that of time, so the primary key stays what
-- it was: an id is there once, whatever the month.
--
-- Measured on two cores with 10 million entries in 60 months: see bench/JOURNAL-GROWTH.md.

-- The least id that is made at this time or later. There are none of before 1970.
CREATE FUNCTION journal.first_id(p_at timestamptz) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (lpad(to_hex(greatest(floor(extract(epoch FROM p_at) * 1000)::bigint, 0)), 12, '0') || '70008000000000000000')::uuid;
$$;

-- When an id was made, to the millisecond.
CREATE FUNCTION journal.time_of_id(p_id uuid) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_timestamp(('x' || substr(replace(p_id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0);
$$;

-- The first moment of the month of p_at, or of one so many months later, in UTC: ids know no other time.
CREATE FUNCTION journal.month_of(p_at timestamptz, p_later integer DEFAULT 0) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (date_trunc('month', p_at AT TIME ZONE 'UTC') + make_interval(months => p_later)) AT TIME ZONE 'UTC';
$$;

DROP FUNCTION ledger.new_entries;
ALTER TABLE journal.entry RENAME TO entry_first;
ALTER TABLE journal.entry_first RENAME CONSTRAINT entry_pkey TO entry_first_pkey;
ALTER INDEX journal.entry_at RENAME TO entry_first_at;
ALTER INDEX journal.entry_written_by RENAME TO entry_first_written_by;
REVOKE ALL ON journal.entry_first FROM ubada_app, ubada_keys;
COMMENT ON TABLE journal.entry_first IS 'The months of the journal before it was kept in months.';

CREATE TABLE journal.entry (LIKE journal.entry_first INCLUDING ALL) PARTITION BY RANGE (entry_id);
ALTER INDEX journal.entry_at_entry_id_idx RENAME TO entry_at;
ALTER INDEX journal.entry_written_by_entry_id_idx RENAME TO entry_written_by;
COMMENT ON TABLE journal.entry IS
  'Every processing operation, by the vocabulary of clause 1: why, what kinds of data, who by class. Append-only; names nobody whose data it is. Kept in a table for each month (UTC), which is dropped when it is older than journal.retention.';
GRANT SELECT, INSERT ON journal.entry TO ubada_app, ubada_keys;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- All that is there stays where it is, as the first part; its indexes become parts of the new ones. Up to the next month,
-- or further where a clock that went wrong has already made later ids.
DO $$
DECLARE
  v_last uuid := (SELECT entry_id FROM journal.entry_first ORDER BY entry_id DESC LIMIT 1);
  v_until timestamptz := journal.month_of(greatest(now(), journal.time_of_id(v_last)), 1);
BEGIN
  EXECUTE format('ALTER TABLE journal.entry ATTACH PARTITION journal.entry_first FOR VALUES FROM (MINVALUE) TO (%L)',
    journal.first_id(v_until));
END $$;

-- The safety net: an entry whose month nobody made is better kept here than lost, and with it the operation refused.
-- Nothing here is ever pruned.
CREATE TABLE journal.entry_other PARTITION OF journal.entry DEFAULT;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.entry_other
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
COMMENT ON TABLE journal.entry_other IS 'Entries whose id lies in no month that was made: a clock that went wrong. Never pruned.';

-- The tables of the journal, by what PostgreSQL itself holds of them. from_id: from this id on, null for the first;
-- until_id: below this id.
CREATE FUNCTION journal.parts(OUT part regclass, OUT from_id uuid, OUT until_id uuid) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.oid::regclass, substring(b.bound FROM 'FROM \(''([^'']+)''\)')::uuid, substring(b.bound FROM 'TO \(''([^'']+)''\)')::uuid
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid, pg_get_expr(c.relpartbound, c.oid) AS b (bound)
    WHERE i.inhparent = 'journal.entry'::regclass AND b.bound <> 'DEFAULT'
    ORDER BY 3;
$$;

-- Makes the table of the month of p_at where there is none. Attached, not made in place: that would lock out all writers.
CREATE FUNCTION journal.make_month(p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_from uuid := journal.first_id(journal.month_of(p_at));
  v_until uuid := journal.first_id(journal.month_of(p_at, 1));
  v_name text := to_char(p_at AT TIME ZONE 'UTC', '"entry_"YYYY_MM');
BEGIN
  IF EXISTS (SELECT FROM journal.parts() p WHERE p.until_id > v_from AND (p.from_id IS NULL OR p.from_id < v_until))
    -- What lies in the safety net cannot be moved; then the rest of its month comes to lie there too.
    OR EXISTS (SELECT FROM journal.entry_other o WHERE o.entry_id >= v_from AND o.entry_id < v_until)
  THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE journal.%I (LIKE journal.entry INCLUDING ALL)', v_name);
  -- A trigger for each statement is not inherited.
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.%I
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change()', v_name);
  EXECUTE format('ALTER TABLE journal.entry ATTACH PARTITION journal.%I FOR VALUES FROM (%L) TO (%L)', v_name, v_from, v_until);
  RETURN true;
END $$;

-- Makes this month's table and those of the next three, by the database's own clock; says how many. Whoever calls at the
-- same time waits. Gives up rather than wait for somebody who reads the whole journal, and all others behind it.
CREATE FUNCTION journal.make_months() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
  v_made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7205603);
  FOR v_later IN 0..3 LOOP
    IF journal.make_month(journal.month_of(clock_timestamp(), v_later)) THEN v_made := v_made + 1; END IF;
  END LOOP;
  RETURN v_made;
END $$;

-- The tables of the months are the owner's alone, and so is making them out of turn.
REVOKE ALL ON FUNCTION journal.first_id, journal.time_of_id, journal.month_of, journal.parts, journal.make_month, journal.make_months
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal.make_months TO ubada_app;
SELECT journal.make_months();

-- What is not in the ledger yet, as before (005), now over all months. Whatever PostgreSQL believes of the sizes, it reads
-- the end of each month's index, not all.
CREATE FUNCTION ledger.new_entries(p_transaction bigint, p_entry uuid, p_most integer) RETURNS SETOF journal.entry
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  SELECT * FROM journal.entry
    WHERE (written_by, entry_id) > (p_transaction, p_entry) AND NOT EXISTS (SELECT FROM ledger.leaf WHERE leaf.entry_id = entry.entry_id)
    ORDER BY written_by, entry_id LIMIT p_most;
$$;
REVOKE ALL ON FUNCTION ledger.new_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.new_entries TO ubada_app;

-- How long entries are kept. Neither the policy nor any law that was found says how long; 36 months is the longest term that
-- was found anywhere for such records, and so the least here.
CREATE TABLE journal.retention (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  months integer NOT NULL CHECK (months BETWEEN 36 AND 1200)
);
COMMENT ON TABLE journal.retention IS 'For how many months journal entries are kept at least: JOURNAL_RETENTION_MONTHS, written by the owner at start.';
INSERT INTO journal.retention (months) VALUES (60);
GRANT SELECT ON journal.retention TO ubada_app;

CREATE TABLE journal.pruned (
  before uuid PRIMARY KEY,
  entries bigint NOT NULL CHECK (entries >= 0),
  retention_months integer NOT NULL,
  pruned_at timestamptz NOT NULL,
  entry_id uuid NOT NULL
);
COMMENT ON TABLE journal.pruned IS
  'Each part of the journal that was dropped: entries with ids below «before», how many they were, and under which retention. entry_id: the journal entry that said so, in the ledger, before it was done. Append-only.';
GRANT SELECT ON journal.pruned TO ubada_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.pruned
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- What opens a leaf goes with its entry, and only then: it tells the exact time and who of the staff acted to whoever can
-- guess them. The leaf itself stays, and every hash and proof with it.
CREATE FUNCTION ledger.refuse_early_deletion() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (SELECT FROM journal.pruned p WHERE p.before > gone.entry_id)) THEN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER append_only ON ledger.leaf;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON ledger.leaf
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER only_pruned AFTER DELETE ON ledger.leaf REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_early_deletion();

-- Whether there is anything to prune, at a time that is never later than the database's own clock.
CREATE FUNCTION journal.is_prune_due(p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM journal.parts() p, journal.retention r
    WHERE p.until_id <= journal.first_id(journal.month_of(least(p_at, clock_timestamp()), -r.months)));
$$;

-- Drops the oldest table of the journal when it is older than the retention, with what opens its leaves, and says how many
-- entries it held; null when there is none. p_entry: the journal entry that announced it, whose time counts. In one transaction,
-- which fails where
--   - the announcement is not in the ledger yet, not what it has to be, or of a time that has not come;
--   - an entry of the month is not in the ledger, or one that is in the ledger is missing: that is evidence, and stays;
--   - it would have to wait for somebody who reads the journal, and all who write would wait behind it.
CREATE FUNCTION journal.prune(p_entry uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
  v_months integer := (SELECT months FROM journal.retention);
  v_at timestamptz;
  v_part record;
  v_entries bigint;
  v_sequenced bigint;
  v_latest timestamptz;
  v_leaves bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7205603);
  SELECT e.at INTO v_at FROM journal.entry e
    WHERE e.entry_id = p_entry AND e.operation = 'deletion' AND e.outcome = 'done' AND e.purpose = 'journal-retention/' || v_months
      AND e.at <= clock_timestamp() AND EXISTS (SELECT FROM ledger.leaf l WHERE l.entry_id = p_entry);
  IF v_at IS NULL THEN
    RAISE EXCEPTION 'a prune has to be announced in the ledger first' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  SELECT * INTO v_part FROM journal.parts() p WHERE p.until_id <= journal.first_id(journal.month_of(v_at, -v_months)) LIMIT 1;
  IF v_part.part IS NULL THEN RETURN NULL; END IF;

  EXECUTE format('SELECT count(*), count(l.entry_id), max(e.at) FROM %s e LEFT JOIN ledger.leaf l USING (entry_id)', v_part.part)
    INTO v_entries, v_sequenced, v_latest;
  INSERT INTO journal.pruned (before, entries, retention_months, pruned_at, entry_id)
    VALUES (v_part.until_id, v_entries, v_months, clock_timestamp(), p_entry);
  DELETE FROM ledger.leaf l
    WHERE l.entry_id < v_part.until_id AND (v_part.from_id IS NULL OR l.entry_id >= v_part.from_id);
  GET DIAGNOSTICS v_leaves = ROW_COUNT;
  -- An entry's time is taken a moment after its id; by the time in the leaf a check knows later what was old enough to go.
  IF v_leaves <> v_entries OR v_sequenced <> v_entries
    OR v_latest >= journal.time_of_id(v_part.until_id) + interval '1 hour'
  THEN
    RAISE EXCEPTION 'the entries of % and the ledger do not agree: they stay', v_part.part USING ERRCODE = 'data_exception';
  END IF;
  EXECUTE format('DROP TABLE %s', v_part.part);
  RETURN v_entries;
END $$;
REVOKE ALL ON FUNCTION journal.is_prune_due, journal.prune, ledger.refuse_early_deletion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal.is_prune_due, journal.prune TO ubada_app;
