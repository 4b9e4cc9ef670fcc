-- The ledger: a Merkle tree (RFC 6962) over commitments to the journal's entries, kept as tiles and signed, so that nobody
-- can later take an entry out, change it or put it elsewhere without that being seen by whoever kept a checkpoint.
CREATE SCHEMA ledger;
GRANT USAGE ON SCHEMA ledger TO ubada_app;

-- Which entries are new is asked by the transactions that wrote them, not by time: clocks go back, and whoever began
-- earlier may commit later.
ALTER TABLE journal.entry ADD COLUMN written_by bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
COMMENT ON COLUMN journal.entry.written_by IS 'The transaction that wrote it; by this the sequencer of the ledger finds what is new.';
CREATE INDEX entry_written_by ON journal.entry (written_by, entry_id);

CREATE TABLE ledger.leaf (
  position bigint PRIMARY KEY CHECK (position >= 0),
  entry_id uuid NOT NULL UNIQUE,
  opening bytea NOT NULL CHECK (octet_length(opening) = 32)
);
COMMENT ON TABLE ledger.leaf IS
  'Where each journal entry stands in the ledger. opening: the random bytes that open the commitment in its leaf, which holds what is not published: exact time, entry, member of staff.';
GRANT SELECT, INSERT ON ledger.leaf TO ubada_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.leaf
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- What is not in the ledger yet, of what comes after this entry of this transaction: in the order of transactions, and
-- within one of ids, which count up. Whatever PostgreSQL believes of the sizes, it reads the end of the journal, not all.
CREATE FUNCTION ledger.new_entries(p_transaction bigint, p_entry uuid, p_most integer) RETURNS SETOF journal.entry
LANGUAGE sql STABLE SET search_path = '' SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  SELECT * FROM journal.entry
    WHERE (written_by, entry_id) > (p_transaction, p_entry) AND NOT EXISTS (SELECT FROM ledger.leaf WHERE leaf.entry_id = entry.entry_id)
    ORDER BY written_by, entry_id LIMIT p_most;
$$;
REVOKE ALL ON FUNCTION ledger.new_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.new_entries TO ubada_app;

CREATE TABLE ledger.tile (
  level integer NOT NULL CHECK (level BETWEEN 0 AND 7),
  position bigint NOT NULL CHECK (position >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192) CHECK (octet_length(hashes) % 32 = 0),
  PRIMARY KEY (level, position)
);
COMMENT ON TABLE ledger.tile IS 'The hashes of the tree, 256 to a tile (C2SP tlog-tiles). Holds no personal data; published under /ledger/.';
GRANT SELECT, INSERT, UPDATE (hashes) ON ledger.tile TO ubada_app;

CREATE TABLE ledger.bundle (
  position bigint PRIMARY KEY CHECK (position >= 0),
  entries bytea NOT NULL
);
COMMENT ON TABLE ledger.bundle IS 'The leaves themselves, 256 to a bundle, each behind its length in two bytes. Holds no personal data; published under /ledger/.';
GRANT SELECT, INSERT, UPDATE (entries) ON ledger.bundle TO ubada_app;

-- A tile, a bundle and the whole only ever grow at their end.
CREATE FUNCTION ledger.refuse_to_shrink() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger.tile FOR EACH ROW
  WHEN (substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes)
  EXECUTE FUNCTION ledger.refuse_to_shrink();
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger.bundle FOR EACH ROW
  WHEN (substring(NEW.entries FOR octet_length(OLD.entries)) <> OLD.entries)
  EXECUTE FUNCTION ledger.refuse_to_shrink();

CREATE TABLE ledger.checkpoint (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  size bigint NOT NULL CHECK (size >= 0),
  note text NOT NULL,
  signed_at timestamptz NOT NULL,
  read_up_to bigint NOT NULL,
  read_up_to_entry uuid NOT NULL
);
COMMENT ON TABLE ledger.checkpoint IS
  'The last signed checkpoint. Every entry up to this transaction and entry is in the ledger. Its row is the lock by which one server at a time sequences.';
GRANT SELECT, INSERT, UPDATE (size, note, signed_at, read_up_to, read_up_to_entry) ON ledger.checkpoint TO ubada_app;
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger.checkpoint FOR EACH ROW
  WHEN (NEW.size < OLD.size)
  EXECUTE FUNCTION ledger.refuse_to_shrink();
