-- The vault, its journal and the one function that opens a key.
-- Runs as ubada_owner. ubada_keys owns the keys; ubada_app is what the server runs as.

CREATE SCHEMA vault;
CREATE SCHEMA journal;
CREATE SCHEMA consent;
CREATE SCHEMA requests;
CREATE SCHEMA erasure;
GRANT USAGE ON SCHEMA vault, journal, consent, requests, erasure TO ubada_app, ubada_keys;
GRANT CREATE ON SCHEMA vault TO ubada_keys;

CREATE TABLE vault.subject (
  subject_id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('active', 'stopped', 'erased')),
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE vault.subject IS
  'Whose data is held. active: purposes may live; stopped: only duties are left (clause 17); erased: a tombstone without data.';
GRANT SELECT, INSERT, UPDATE (state, changed_at) ON vault.subject TO ubada_app;
GRANT SELECT, UPDATE (state) ON vault.subject TO ubada_keys;

CREATE TABLE vault.subject_key (
  subject_id uuid PRIMARY KEY,
  kek_epoch integer NOT NULL,
  wrapped_key bytea NOT NULL CHECK (octet_length(wrapped_key) = 60),
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE vault.subject_key IS
  'One random 256-bit key per subject: nonce (12), AES-256-GCM under the KEK of the epoch (32), tag (16). Readable only through vault.open_key.';
ALTER TABLE vault.subject_key OWNER TO ubada_keys;
GRANT INSERT ON vault.subject_key TO ubada_app;

CREATE TABLE vault.key_fingerprint (
  name text PRIMARY KEY,
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32)
);
COMMENT ON TABLE vault.key_fingerprint IS
  'By which keys outside the database this data is kept (HMAC of a fixed text), so that wrong ones are noticed at start.';

CREATE TABLE vault.attribute (
  subject_id uuid NOT NULL,
  attribute_id uuid NOT NULL,
  record_id uuid NOT NULL,
  category text NOT NULL,
  sealed bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (subject_id, attribute_id)
);
COMMENT ON TABLE vault.attribute IS
  'One piece of personal data of one category, sealed under the subject''s key; record_id is the enquiry it came with.';
GRANT SELECT, INSERT, DELETE ON vault.attribute TO ubada_app;

CREATE TABLE vault.lookup (
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  subject_id uuid NOT NULL,
  category text NOT NULL,
  identifies boolean NOT NULL,
  PRIMARY KEY (digest, subject_id)
);
COMMENT ON TABLE vault.lookup IS
  'Blind index: HMAC-SHA256 of an e-mail address or a phone number. identifies: at most one subject is found by it.';
CREATE UNIQUE INDEX lookup_identifies ON vault.lookup (digest) WHERE identifies;
CREATE INDEX lookup_subject ON vault.lookup (subject_id);
GRANT SELECT, INSERT, DELETE ON vault.lookup TO ubada_app;

CREATE TABLE vault.ground (
  ground text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('purpose', 'duty')),
  clause text NOT NULL,
  basis text NOT NULL CHECK (basis IN ('consent', 'contract', 'duty')),
  categories text[] NOT NULL,
  operations text[] NOT NULL,
  policy_version text NOT NULL
);
COMMENT ON TABLE vault.ground IS
  'The purposes (clause 8) and duties of the policy in force, as published; only the owner writes it.';
GRANT SELECT ON vault.ground TO ubada_app, ubada_keys;

CREATE TABLE journal.entry (
  entry_id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  operation text NOT NULL CHECK (operation IN (
    'collection', 'obtaining', 'recording', 'systematisation', 'accumulation', 'storage', 'clarification',
    'extraction', 'use', 'transfer', 'depersonalisation', 'blocking', 'deletion', 'destruction',
    'dissemination', 'provision', 'access')),
  purpose text NOT NULL,
  basis text NOT NULL CHECK (basis IN ('consent', 'contract', 'duty', 'none')),
  clause text NOT NULL,
  categories text[] NOT NULL,
  actor text NOT NULL CHECK (actor IN ('subject', 'staff', 'system')),
  staff_id uuid CHECK ((staff_id IS NOT NULL) = (actor = 'staff')),
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  reason text CHECK ((reason IS NOT NULL) = (outcome = 'refused')),
  policy_version text NOT NULL
);
COMMENT ON TABLE journal.entry IS
  'Every processing operation, by the vocabulary of clause 1: why, what kinds of data, who by class. Append-only; names nobody whose data it is.';
CREATE INDEX entry_at ON journal.entry (at DESC, entry_id);
GRANT SELECT, INSERT ON journal.entry TO ubada_app, ubada_keys;

CREATE FUNCTION journal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

CREATE TABLE journal.about (
  subject_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  PRIMARY KEY (subject_id, entry_id)
);
COMMENT ON TABLE journal.about IS
  'Which entries are about whom, so that a person can read their own. Goes with the person; the entries stay.';
GRANT SELECT, INSERT, DELETE ON journal.about TO ubada_app;
GRANT INSERT ON journal.about TO ubada_keys;

CREATE TABLE consent.act (
  subject_id uuid NOT NULL,
  act_id uuid NOT NULL,
  at timestamptz NOT NULL,
  policy_version text NOT NULL,
  shown_hash bytea NOT NULL CHECK (octet_length(shown_hash) = 32),
  language text NOT NULL,
  form text NOT NULL,
  button_label text NOT NULL,
  offered text[] NOT NULL,
  given text[] NOT NULL,
  refused text[] NOT NULL,
  PRIMARY KEY (subject_id, act_id)
);
COMMENT ON TABLE consent.act IS
  'What the person saw and did when consent was asked (clauses 4, 6): exact text by hash, button, purposes offered, given, refused.';
GRANT SELECT, INSERT, DELETE ON consent.act TO ubada_app;

CREATE TABLE consent.event (
  subject_id uuid NOT NULL,
  event_id uuid NOT NULL,
  at timestamptz NOT NULL,
  purpose text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('asked', 'given', 'refused', 'withdrawn', 'expired', 'superseded')),
  act_id uuid,
  PRIMARY KEY (subject_id, event_id)
);
COMMENT ON TABLE consent.event IS
  'The series of events of each consent; the last one by event_id (UUIDv7) is its state. act_id: the act it came from.';
GRANT SELECT, INSERT, DELETE ON consent.event TO ubada_app;
GRANT SELECT ON consent.event TO ubada_keys;

CREATE TABLE consent.shown_text (
  shown_hash bytea PRIMARY KEY,
  language text NOT NULL,
  text text NOT NULL,
  first_shown_at timestamptz NOT NULL
);
COMMENT ON TABLE consent.shown_text IS 'Every text that anybody agreed to, by its SHA-256; belongs to no subject.';
GRANT SELECT, INSERT ON consent.shown_text TO ubada_app;

CREATE TABLE requests.request (
  subject_id uuid NOT NULL,
  request_id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  clause text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('cabinet', 'letter')),
  language text NOT NULL,
  received_at timestamptz NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('unconfirmed', 'staff', 'erasing', 'closed')),
  outcome text CHECK (outcome IN ('destroyed', 'answered', 'superseded')),
  confirmed_at timestamptz,
  closed_at timestamptz CHECK ((closed_at IS NOT NULL) = (state = 'closed')),
  closed_by uuid,
  PRIMARY KEY (subject_id, request_id)
);
COMMENT ON TABLE requests.request IS
  'The register of requests (clauses 7, 16, 17, 21). Holds no personal data; its row stays when the person is erased.';
CREATE INDEX request_due ON requests.request (due_on, number) WHERE state <> 'closed';
CREATE INDEX request_open ON requests.request (subject_id) WHERE state <> 'closed';
GRANT SELECT, INSERT, UPDATE (state, outcome, confirmed_at, closed_at, closed_by) ON requests.request TO ubada_app;
GRANT SELECT ON requests.request TO ubada_keys;

CREATE TABLE requests.confirmation (
  token_digest bytea NOT NULL CHECK (octet_length(token_digest) = 32),
  subject_id uuid NOT NULL,
  request_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (token_digest)
);
COMMENT ON TABLE requests.confirmation IS
  'The one-time link that proves a request came from the address on record; only the SHA-256 of its secret is kept.';
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON requests.confirmation TO ubada_app;

CREATE TABLE erasure.plan (
  subject_id uuid NOT NULL,
  erasure_id uuid NOT NULL,
  request_id uuid,
  event text NOT NULL CHECK (event IN ('17.1', '17.2', '17.3', '17.4')),
  accepted_at timestamptz NOT NULL,
  due_on date NOT NULL,
  cap_on date NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (subject_id, erasure_id)
);
COMMENT ON TABLE erasure.plan IS
  'The destruction of one subject''s data everywhere: the event of clause 17, when it is due (30 days) and the cap (6 months).';
CREATE UNIQUE INDEX plan_running ON erasure.plan (subject_id) WHERE finished_at IS NULL;
GRANT SELECT, INSERT, UPDATE (finished_at) ON erasure.plan TO ubada_app;
GRANT SELECT ON erasure.plan TO ubada_keys;

CREATE TABLE erasure.step (
  subject_id uuid NOT NULL,
  erasure_id uuid NOT NULL,
  position integer NOT NULL,
  target text NOT NULL,
  destroyed integer,
  remaining integer,
  finished_at timestamptz,
  PRIMARY KEY (subject_id, erasure_id, position)
);
COMMENT ON TABLE erasure.step IS
  'One target of an erasure, with what it destroyed and what a re-read found left (0 when it is done).';
GRANT SELECT, INSERT, UPDATE (destroyed, remaining, finished_at) ON erasure.step TO ubada_app;

-- No key without a reason: decides once more what policy/rules/decide-use.ts decided, writes the journal row,
-- and only then returns the wrapped key, all in the caller's transaction. The row lock orders it against a stop:
-- whoever stops first is obeyed.
CREATE FUNCTION vault.open_key(
  p_subject uuid, p_entry uuid, p_at timestamptz, p_purpose text, p_operation text, p_categories text[],
  p_actor text, p_staff uuid, OUT outcome text, OUT reason text, OUT clause text, OUT kek_epoch integer,
  OUT wrapped_key bytea
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_state text;
  v_ground vault.ground%ROWTYPE;
  v_consent text;
  v_basis text := 'none';
  v_policy text := '';
BEGIN
  SELECT s.state INTO v_state FROM vault.subject s WHERE s.subject_id = p_subject FOR SHARE;
  SELECT * INTO v_ground FROM vault.ground g WHERE g.ground = p_purpose;
  v_policy := coalesce(v_ground.policy_version, (SELECT max(g.policy_version) FROM vault.ground g), '');

  IF v_ground.ground IS NULL THEN
    reason := 'unknown-purpose'; clause := '10.2';
  ELSIF NOT p_categories <@ v_ground.categories THEN
    reason := 'category-not-listed'; clause := '10.5';
  ELSIF NOT p_operation = ANY (v_ground.operations) THEN
    reason := 'operation-not-listed'; clause := '10.3';
  ELSIF v_state IS NULL THEN
    reason := 'unknown-subject'; clause := '3';
  ELSIF v_state = 'erased' THEN
    reason := 'erased'; clause := '17';
  ELSIF v_ground.kind = 'duty' THEN
    IF p_actor <> 'subject'
      AND NOT EXISTS (SELECT FROM requests.request r WHERE r.subject_id = p_subject AND r.state <> 'closed')
      AND NOT EXISTS (SELECT FROM erasure.plan e WHERE e.subject_id = p_subject AND e.finished_at IS NULL)
      AND NOT (p_actor = 'system' AND EXISTS (SELECT FROM sign_in.code c
        WHERE c.subject_id = p_subject AND c.used_at IS NULL AND c.expires_at > p_at))
    THEN
      reason := 'not-owed'; clause := v_ground.clause;
    END IF;
  ELSIF v_state = 'stopped' THEN
    reason := 'stopped'; clause := '17';
  ELSE
    SELECT c.kind INTO v_consent FROM consent.event c
      WHERE c.subject_id = p_subject AND c.purpose = p_purpose ORDER BY c.event_id DESC LIMIT 1;
    IF v_consent IS DISTINCT FROM 'given' THEN
      reason := 'no-consent'; clause := '6';
    END IF;
  END IF;

  outcome := CASE WHEN reason IS NULL THEN 'done' ELSE 'refused' END;
  clause := coalesce(clause, v_ground.clause);
  v_basis := coalesce(v_ground.basis, 'none');
  INSERT INTO journal.entry
    (entry_id, at, operation, purpose, basis, clause, categories, actor, staff_id, outcome, reason, policy_version)
  VALUES
    (p_entry, p_at, p_operation, p_purpose, v_basis, clause, p_categories, p_actor, p_staff, outcome, reason, v_policy);
  IF v_state IS NOT NULL THEN
    INSERT INTO journal.about (subject_id, entry_id) VALUES (p_subject, p_entry);
  END IF;
  IF reason IS NULL THEN
    SELECT k.kek_epoch, k.wrapped_key INTO STRICT kek_epoch, wrapped_key
      FROM vault.subject_key k WHERE k.subject_id = p_subject;
  END IF;
END $$;
ALTER FUNCTION vault.open_key OWNER TO ubada_keys;
REVOKE ALL ON FUNCTION vault.open_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.open_key TO ubada_app;

-- A key is destroyed only under an erasure that runs; says how many keys were there and how many are left.
CREATE FUNCTION vault.destroy_key(p_subject uuid, OUT destroyed integer, OUT remaining integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM erasure.plan e WHERE e.subject_id = p_subject AND e.finished_at IS NULL) THEN
    RAISE EXCEPTION 'no erasure of this subject is under way' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM vault.subject_key k WHERE k.subject_id = p_subject;
  GET DIAGNOSTICS destroyed = ROW_COUNT;
  SELECT count(*) INTO remaining FROM vault.subject_key k WHERE k.subject_id = p_subject;
END $$;
ALTER FUNCTION vault.destroy_key OWNER TO ubada_keys;
REVOKE ALL ON FUNCTION vault.destroy_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.destroy_key TO ubada_app;
REVOKE CREATE ON SCHEMA vault FROM ubada_keys;
