-- Witnesses (C2SP tlog-witness): others who sign that a checkpoint goes on from the longest history they had seen
-- (docs/decisions/008-witnesses.md). Nothing here holds personal data.

CREATE TABLE ledger.shown (
  size bigint PRIMARY KEY CHECK (size > 0),
  note text NOT NULL,
  shown_at timestamptz NOT NULL
);
COMMENT ON TABLE ledger.shown IS
  'Checkpoints that were shown to witnesses, as the log alone signed them: all of the last day, and the last that each witness cosigned.';
GRANT SELECT, INSERT, DELETE ON ledger.shown TO ubada_app;

CREATE TABLE ledger.cosignature (
  size bigint NOT NULL REFERENCES ledger.shown ON DELETE CASCADE,
  witness text NOT NULL,
  line text NOT NULL,
  cosigned_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (size, witness)
);
COMMENT ON TABLE ledger.cosignature IS
  'What a witness signed of a checkpoint that was shown. witness: its verifier key (name, key id, key); line: as it stands in the note, verified; cosigned_at by the clock of the witness, seen_at by ours.';
GRANT SELECT, INSERT, UPDATE (line, cosigned_at, seen_at) ON ledger.cosignature TO ubada_app;

CREATE TABLE ledger.witness (
  witness text PRIMARY KEY,
  known_size bigint NOT NULL DEFAULT 0 CHECK (known_size >= 0),
  asked_at timestamptz,
  answer text CHECK (answer IN ('cosigned', 'unreachable', 'busy', 'unknown-log', 'key-refused', 'refused', 'unreadable', 'bad-signature', 'longer', 'other-history')),
  failing_since timestamptz,
  claimed_size bigint CHECK (claimed_size >= 0),
  cosigned_size bigint CHECK (cosigned_size > 0),
  cosigned_at timestamptz,
  CHECK ((cosigned_size IS NULL) = (cosigned_at IS NULL))
);
COMMENT ON TABLE ledger.witness IS
  'How each witness stands, by its verifier key. known_size: how much it holds as far as we know, from where the next proof starts; asked_at: no server asks it again at once; claimed_size: of an answer that does not agree with the ledger, the size it is about; cosigned_size, cosigned_at: the last cosignature.';
GRANT SELECT, INSERT, UPDATE ON ledger.witness TO ubada_app;

CREATE TABLE ledger.published (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  size bigint NOT NULL CHECK (size >= 0),
  note text NOT NULL
);
COMMENT ON TABLE ledger.published IS
  'The checkpoint that everybody is shown, with its cosignatures: the last signed one, or where there are witnesses one that they have seen. It never goes back.';
GRANT SELECT, INSERT, UPDATE (size, note) ON ledger.published TO ubada_app;
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger.published FOR EACH ROW
  WHEN (NEW.size < OLD.size)
  EXECUTE FUNCTION ledger.refuse_to_shrink();
