-- What the migrations make, read back from PostgreSQL's catalogs so that a review shows it.
-- Written by `npm run schema`; do not edit. Objects belong to ubada_owner unless the last part says so.
-- The schema pgboss is left out: the pg-boss package makes it.
SET check_function_bodies = off;

-- Schemas
CREATE SCHEMA consent;
CREATE SCHEMA enquiries;
CREATE SCHEMA erasure;
CREATE SCHEMA journal;
CREATE SCHEMA letters;
CREATE SCHEMA publishing;
CREATE SCHEMA requests;
CREATE SCHEMA sign_in;
CREATE SCHEMA staff;
CREATE SCHEMA vault;

-- Rights to schemas
GRANT USAGE ON SCHEMA consent TO ubada_app;
GRANT USAGE ON SCHEMA consent TO ubada_keys;
GRANT USAGE ON SCHEMA enquiries TO ubada_app;
GRANT USAGE ON SCHEMA erasure TO ubada_app;
GRANT USAGE ON SCHEMA erasure TO ubada_keys;
GRANT USAGE ON SCHEMA journal TO ubada_app;
GRANT USAGE ON SCHEMA journal TO ubada_keys;
GRANT USAGE ON SCHEMA letters TO ubada_app;
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT CREATE, USAGE ON SCHEMA public TO ubada_owner;
GRANT USAGE ON SCHEMA publishing TO ubada_app;
GRANT USAGE ON SCHEMA requests TO ubada_app;
GRANT USAGE ON SCHEMA requests TO ubada_keys;
GRANT USAGE ON SCHEMA sign_in TO ubada_app;
GRANT USAGE ON SCHEMA sign_in TO ubada_keys;
GRANT USAGE ON SCHEMA staff TO ubada_app;
GRANT USAGE ON SCHEMA vault TO ubada_app;
GRANT USAGE ON SCHEMA vault TO ubada_keys;

-- consent.act
CREATE TABLE consent.act (
  subject_id uuid NOT NULL,
  act_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  policy_version text NOT NULL,
  shown_hash bytea NOT NULL,
  language text NOT NULL,
  form text NOT NULL,
  button_label text NOT NULL,
  offered text[] NOT NULL,
  given text[] NOT NULL,
  refused text[] NOT NULL
);
ALTER TABLE consent.act ADD CONSTRAINT act_pkey PRIMARY KEY (subject_id, act_id);
ALTER TABLE consent.act ADD CONSTRAINT act_shown_hash_check CHECK ((octet_length(shown_hash) = 32));
COMMENT ON TABLE consent.act IS 'What the person saw and did when consent was asked (clauses 4, 6): exact text by hash, button, purposes offered, given, refused.';
GRANT DELETE, INSERT, SELECT ON consent.act TO ubada_app;

-- consent.event
CREATE TABLE consent.event (
  subject_id uuid NOT NULL,
  event_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  purpose text NOT NULL,
  kind text NOT NULL,
  act_id uuid
);
ALTER TABLE consent.event ADD CONSTRAINT event_pkey PRIMARY KEY (subject_id, event_id);
ALTER TABLE consent.event ADD CONSTRAINT event_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'given'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text, 'superseded'::text])));
COMMENT ON TABLE consent.event IS 'The series of events of each consent; the last one by event_id (UUIDv7) is its state. act_id: the act it came from.';
GRANT DELETE, INSERT, SELECT ON consent.event TO ubada_app;
GRANT SELECT ON consent.event TO ubada_keys;

-- consent.shown_text
CREATE TABLE consent.shown_text (
  shown_hash bytea NOT NULL,
  language text NOT NULL,
  text text NOT NULL,
  first_shown_at timestamp with time zone NOT NULL
);
ALTER TABLE consent.shown_text ADD CONSTRAINT shown_text_pkey PRIMARY KEY (shown_hash);
COMMENT ON TABLE consent.shown_text IS 'Every text that anybody agreed to, by its SHA-256; belongs to no subject.';
GRANT INSERT, SELECT ON consent.shown_text TO ubada_app;

-- enquiries.enquiry
CREATE TABLE enquiries.enquiry (
  subject_id uuid NOT NULL,
  enquiry_id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  form text NOT NULL,
  purpose text NOT NULL,
  language text NOT NULL,
  submitted_at timestamp with time zone NOT NULL,
  declared_adult_and_capable boolean NOT NULL,
  consent_act_id uuid NOT NULL,
  fulfilled_at timestamp with time zone,
  fulfilled_by uuid
);
ALTER TABLE enquiries.enquiry ADD CONSTRAINT enquiry_pkey PRIMARY KEY (subject_id, enquiry_id);
ALTER TABLE enquiries.enquiry ADD CONSTRAINT enquiry_declared_adult_and_capable_check CHECK (declared_adult_and_capable);
CREATE UNIQUE INDEX enquiry_number ON enquiries.enquiry USING btree (number);
CREATE INDEX enquiry_open ON enquiries.enquiry USING btree (submitted_at) WHERE (fulfilled_at IS NULL);
COMMENT ON TABLE enquiries.enquiry IS 'What a person asked for through a form (clauses 4, 8.2); what they typed lies in vault.attribute under the same record id.';
GRANT DELETE, INSERT, SELECT ON enquiries.enquiry TO ubada_app;
GRANT UPDATE (fulfilled_at, fulfilled_by) ON enquiries.enquiry TO ubada_app;

-- erasure.plan
CREATE TABLE erasure.plan (
  subject_id uuid NOT NULL,
  erasure_id uuid NOT NULL,
  request_id uuid,
  event text NOT NULL,
  accepted_at timestamp with time zone NOT NULL,
  due_on date NOT NULL,
  cap_on date NOT NULL,
  finished_at timestamp with time zone
);
ALTER TABLE erasure.plan ADD CONSTRAINT plan_pkey PRIMARY KEY (subject_id, erasure_id);
ALTER TABLE erasure.plan ADD CONSTRAINT plan_event_check CHECK ((event = ANY (ARRAY['17.1'::text, '17.2'::text, '17.3'::text, '17.4'::text])));
CREATE UNIQUE INDEX plan_running ON erasure.plan USING btree (subject_id) WHERE (finished_at IS NULL);
COMMENT ON TABLE erasure.plan IS 'The destruction of one subject''s data everywhere: the event of clause 17, when it is due (30 days) and the cap (6 months).';
GRANT INSERT, SELECT ON erasure.plan TO ubada_app;
GRANT SELECT ON erasure.plan TO ubada_keys;
GRANT UPDATE (finished_at) ON erasure.plan TO ubada_app;

-- erasure.step
CREATE TABLE erasure.step (
  subject_id uuid NOT NULL,
  erasure_id uuid NOT NULL,
  "position" integer NOT NULL,
  target text NOT NULL,
  destroyed integer,
  remaining integer,
  finished_at timestamp with time zone
);
ALTER TABLE erasure.step ADD CONSTRAINT step_pkey PRIMARY KEY (subject_id, erasure_id, "position");
COMMENT ON TABLE erasure.step IS 'One target of an erasure, with what it destroyed and what a re-read found left (0 when it is done).';
GRANT INSERT, SELECT ON erasure.step TO ubada_app;
GRANT UPDATE (destroyed, remaining, finished_at) ON erasure.step TO ubada_app;

-- journal.about
CREATE TABLE journal.about (
  subject_id uuid NOT NULL,
  entry_id uuid NOT NULL
);
ALTER TABLE journal.about ADD CONSTRAINT about_pkey PRIMARY KEY (subject_id, entry_id);
COMMENT ON TABLE journal.about IS 'Which entries are about whom, so that a person can read their own. Goes with the person; the entries stay.';
GRANT DELETE, INSERT, SELECT ON journal.about TO ubada_app;
GRANT INSERT ON journal.about TO ubada_keys;

-- journal.entry
CREATE TABLE journal.entry (
  entry_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  operation text NOT NULL,
  purpose text NOT NULL,
  basis text NOT NULL,
  clause text NOT NULL,
  categories text[] NOT NULL,
  actor text NOT NULL,
  staff_id uuid,
  outcome text NOT NULL,
  reason text,
  policy_version text NOT NULL
);
ALTER TABLE journal.entry ADD CONSTRAINT entry_pkey PRIMARY KEY (entry_id);
ALTER TABLE journal.entry ADD CONSTRAINT entry_actor_check CHECK ((actor = ANY (ARRAY['subject'::text, 'staff'::text, 'system'::text])));
ALTER TABLE journal.entry ADD CONSTRAINT entry_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text, 'duty'::text, 'none'::text])));
ALTER TABLE journal.entry ADD CONSTRAINT entry_check CHECK (((staff_id IS NOT NULL) = (actor = 'staff'::text)));
ALTER TABLE journal.entry ADD CONSTRAINT entry_check1 CHECK (((reason IS NOT NULL) = (outcome = 'refused'::text)));
ALTER TABLE journal.entry ADD CONSTRAINT entry_operation_check CHECK ((operation = ANY (ARRAY['collection'::text, 'obtaining'::text, 'recording'::text, 'systematisation'::text, 'accumulation'::text, 'storage'::text, 'clarification'::text, 'extraction'::text, 'use'::text, 'transfer'::text, 'depersonalisation'::text, 'blocking'::text, 'deletion'::text, 'destruction'::text, 'dissemination'::text, 'provision'::text, 'access'::text])));
ALTER TABLE journal.entry ADD CONSTRAINT entry_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text])));
CREATE INDEX entry_at ON journal.entry USING btree (at DESC, entry_id);
COMMENT ON TABLE journal.entry IS 'Every processing operation, by the vocabulary of clause 1: why, what kinds of data, who by class. Append-only; names nobody whose data it is.';
GRANT INSERT, SELECT ON journal.entry TO ubada_app;
GRANT INSERT, SELECT ON journal.entry TO ubada_keys;

-- letters.incoming
CREATE TABLE letters.incoming (
  subject_id uuid NOT NULL,
  letter_id uuid NOT NULL,
  request_id uuid NOT NULL,
  digest bytea NOT NULL,
  sealed bytea NOT NULL,
  received_at timestamp with time zone NOT NULL
);
ALTER TABLE letters.incoming ADD CONSTRAINT incoming_pkey PRIMARY KEY (subject_id, letter_id);
ALTER TABLE letters.incoming ADD CONSTRAINT incoming_digest_check CHECK ((octet_length(digest) = 32));
CREATE UNIQUE INDEX incoming_digest ON letters.incoming USING btree (digest);
CREATE INDEX incoming_request ON letters.incoming USING btree (request_id);
COMMENT ON TABLE letters.incoming IS 'Letters from people, sealed whole under the sender''s key; digest: keyed HMAC of the raw letter, so that none is taken twice.';
GRANT DELETE, INSERT, SELECT ON letters.incoming TO ubada_app;

-- letters.outgoing
CREATE TABLE letters.outgoing (
  subject_id uuid NOT NULL,
  letter_id uuid NOT NULL,
  purpose text NOT NULL,
  kind text NOT NULL,
  number bigint,
  language text NOT NULL,
  sealed bytea NOT NULL,
  state text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  settled_at timestamp with time zone
);
ALTER TABLE letters.outgoing ADD CONSTRAINT outgoing_pkey PRIMARY KEY (subject_id, letter_id);
ALTER TABLE letters.outgoing ADD CONSTRAINT outgoing_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'handed-over'::text, 'failed'::text])));
CREATE INDEX outgoing_waiting ON letters.outgoing USING btree (created_at) WHERE (state = 'waiting'::text);
COMMENT ON TABLE letters.outgoing IS 'Letters to people, sealed whole (address, subject, text) under the subject''s key. purpose: the ground they are sent under; number: of the enquiry or request they are about.';
GRANT DELETE, INSERT, SELECT ON letters.outgoing TO ubada_app;
GRANT UPDATE (state, attempts, settled_at) ON letters.outgoing TO ubada_app;

-- public.ubada_migration
CREATE TABLE public.ubada_migration (
  number integer NOT NULL,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.ubada_migration ADD CONSTRAINT ubada_migration_pkey PRIMARY KEY (number);
COMMENT ON TABLE public.ubada_migration IS 'Which of server/database/migrations have run here, and the SHA-256 of each as it ran.';

-- publishing.installation
CREATE TABLE publishing.installation (
  only_row boolean DEFAULT true NOT NULL,
  kind text NOT NULL,
  created_at timestamp with time zone NOT NULL
);
ALTER TABLE publishing.installation ADD CONSTRAINT installation_pkey PRIMARY KEY (only_row);
ALTER TABLE publishing.installation ADD CONSTRAINT installation_kind_check CHECK ((kind = ANY (ARRAY['production'::text, 'demo'::text])));
ALTER TABLE publishing.installation ADD CONSTRAINT installation_only_row_check CHECK (only_row);
COMMENT ON TABLE publishing.installation IS 'Whether this database is real or a demo; a demo never runs on a real one.';
GRANT SELECT ON publishing.installation TO ubada_app;

-- publishing.policy_text
CREATE TABLE publishing.policy_text (
  policy_version text NOT NULL,
  language text NOT NULL,
  text_hash bytea NOT NULL,
  text text NOT NULL,
  effective_from date NOT NULL,
  published_at timestamp with time zone NOT NULL
);
ALTER TABLE publishing.policy_text ADD CONSTRAINT policy_text_pkey PRIMARY KEY (policy_version, language);
ALTER TABLE publishing.policy_text ADD CONSTRAINT policy_text_text_hash_check CHECK ((octet_length(text_hash) = 32));
COMMENT ON TABLE publishing.policy_text IS 'Every published version of the policy in every language (clause 19); a version that was published never changes.';
GRANT SELECT ON publishing.policy_text TO ubada_app;

-- requests.confirmation
CREATE TABLE requests.confirmation (
  token_digest bytea NOT NULL,
  subject_id uuid NOT NULL,
  request_id uuid NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone
);
ALTER TABLE requests.confirmation ADD CONSTRAINT confirmation_pkey PRIMARY KEY (token_digest);
ALTER TABLE requests.confirmation ADD CONSTRAINT confirmation_token_digest_check CHECK ((octet_length(token_digest) = 32));
COMMENT ON TABLE requests.confirmation IS 'The one-time link that proves a request came from the address on record; only the SHA-256 of its secret is kept.';
GRANT DELETE, INSERT, SELECT ON requests.confirmation TO ubada_app;
GRANT UPDATE (used_at) ON requests.confirmation TO ubada_app;

-- requests.request
CREATE TABLE requests.request (
  subject_id uuid NOT NULL,
  request_id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  clause text NOT NULL,
  channel text NOT NULL,
  language text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL,
  outcome text,
  confirmed_at timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by uuid
);
ALTER TABLE requests.request ADD CONSTRAINT request_pkey PRIMARY KEY (subject_id, request_id);
ALTER TABLE requests.request ADD CONSTRAINT request_channel_check CHECK ((channel = ANY (ARRAY['cabinet'::text, 'letter'::text])));
ALTER TABLE requests.request ADD CONSTRAINT request_check CHECK (((closed_at IS NOT NULL) = (state = 'closed'::text)));
ALTER TABLE requests.request ADD CONSTRAINT request_outcome_check CHECK ((outcome = ANY (ARRAY['destroyed'::text, 'answered'::text, 'superseded'::text])));
ALTER TABLE requests.request ADD CONSTRAINT request_state_check CHECK ((state = ANY (ARRAY['unconfirmed'::text, 'staff'::text, 'erasing'::text, 'closed'::text])));
CREATE INDEX request_due ON requests.request USING btree (due_on, number) WHERE (state <> 'closed'::text);
CREATE INDEX request_open ON requests.request USING btree (subject_id) WHERE (state <> 'closed'::text);
COMMENT ON TABLE requests.request IS 'The register of requests (clauses 7, 16, 17, 21). Holds no personal data; its row stays when the person is erased.';
GRANT INSERT, SELECT ON requests.request TO ubada_app;
GRANT SELECT ON requests.request TO ubada_keys;
GRANT UPDATE (state, outcome, confirmed_at, closed_at, closed_by) ON requests.request TO ubada_app;

-- sign_in.cabinet_session
CREATE TABLE sign_in.cabinet_session (
  subject_id uuid NOT NULL,
  token_digest bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL
);
ALTER TABLE sign_in.cabinet_session ADD CONSTRAINT cabinet_session_pkey PRIMARY KEY (subject_id, token_digest);
ALTER TABLE sign_in.cabinet_session ADD CONSTRAINT cabinet_session_token_digest_check CHECK ((octet_length(token_digest) = 32));
CREATE INDEX cabinet_session_expires ON sign_in.cabinet_session USING btree (expires_at);
COMMENT ON TABLE sign_in.cabinet_session IS 'A person signed in to their cabinet; only the SHA-256 of the cookie is kept.';
GRANT DELETE, INSERT, SELECT ON sign_in.cabinet_session TO ubada_app;

-- sign_in.code
CREATE TABLE sign_in.code (
  code_id uuid NOT NULL,
  subject_id uuid,
  digest bytea NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  used_at timestamp with time zone
);
ALTER TABLE sign_in.code ADD CONSTRAINT code_pkey PRIMARY KEY (code_id);
ALTER TABLE sign_in.code ADD CONSTRAINT code_digest_check CHECK ((octet_length(digest) = 32));
CREATE INDEX code_expires ON sign_in.code USING btree (expires_at);
CREATE INDEX code_subject ON sign_in.code USING btree (subject_id);
COMMENT ON TABLE sign_in.code IS 'One-time codes for the cabinet, by keyed HMAC. A row without a subject belongs to an address nobody has: the answer is the same.';
GRANT DELETE, INSERT, SELECT ON sign_in.code TO ubada_app;
GRANT SELECT ON sign_in.code TO ubada_keys;
GRANT UPDATE (attempts, used_at) ON sign_in.code TO ubada_app;

-- staff.console_session
CREATE TABLE staff.console_session (
  token_digest bytea NOT NULL,
  staff_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL
);
ALTER TABLE staff.console_session ADD CONSTRAINT console_session_pkey PRIMARY KEY (token_digest);
ALTER TABLE staff.console_session ADD CONSTRAINT console_session_token_digest_check CHECK ((octet_length(token_digest) = 32));
COMMENT ON TABLE staff.console_session IS 'A member of staff signed in to the console; only the SHA-256 of the cookie is kept.';
GRANT DELETE, INSERT, SELECT ON staff.console_session TO ubada_app;

-- staff.invitation
CREATE TABLE staff.invitation (
  token_digest bytea NOT NULL,
  role text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone
);
ALTER TABLE staff.invitation ADD CONSTRAINT invitation_pkey PRIMARY KEY (token_digest);
ALTER TABLE staff.invitation ADD CONSTRAINT invitation_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'staff'::text])));
ALTER TABLE staff.invitation ADD CONSTRAINT invitation_token_digest_check CHECK ((octet_length(token_digest) = 32));
COMMENT ON TABLE staff.invitation IS 'One-time links by which a member of staff chooses a password; the first is printed at first start.';
GRANT DELETE, INSERT, SELECT ON staff.invitation TO ubada_app;
GRANT UPDATE (used_at) ON staff.invitation TO ubada_app;

-- staff.member
CREATE TABLE staff.member (
  staff_id uuid NOT NULL,
  login text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  password_hash text NOT NULL,
  created_at timestamp with time zone NOT NULL
);
ALTER TABLE staff.member ADD CONSTRAINT member_pkey PRIMARY KEY (staff_id);
ALTER TABLE staff.member ADD CONSTRAINT member_login_key UNIQUE (login);
ALTER TABLE staff.member ADD CONSTRAINT member_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'staff'::text])));
COMMENT ON TABLE staff.member IS 'Who works in the console. The journal names them by staff_id.';
GRANT INSERT, SELECT ON staff.member TO ubada_app;

-- vault.attribute
CREATE TABLE vault.attribute (
  subject_id uuid NOT NULL,
  attribute_id uuid NOT NULL,
  record_id uuid NOT NULL,
  category text NOT NULL,
  sealed bytea NOT NULL,
  recorded_at timestamp with time zone NOT NULL
);
ALTER TABLE vault.attribute ADD CONSTRAINT attribute_pkey PRIMARY KEY (subject_id, attribute_id);
COMMENT ON TABLE vault.attribute IS 'One piece of personal data of one category, sealed under the subject''s key; record_id is the enquiry it came with.';
GRANT DELETE, INSERT, SELECT ON vault.attribute TO ubada_app;

-- vault.ground
CREATE TABLE vault.ground (
  ground text NOT NULL,
  kind text NOT NULL,
  clause text NOT NULL,
  basis text NOT NULL,
  categories text[] NOT NULL,
  operations text[] NOT NULL,
  policy_version text NOT NULL
);
ALTER TABLE vault.ground ADD CONSTRAINT ground_pkey PRIMARY KEY (ground);
ALTER TABLE vault.ground ADD CONSTRAINT ground_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text, 'duty'::text])));
ALTER TABLE vault.ground ADD CONSTRAINT ground_kind_check CHECK ((kind = ANY (ARRAY['purpose'::text, 'duty'::text])));
COMMENT ON TABLE vault.ground IS 'The purposes (clause 8) and duties of the policy in force, as published; only the owner writes it.';
GRANT SELECT ON vault.ground TO ubada_app;
GRANT SELECT ON vault.ground TO ubada_keys;

-- vault.key_fingerprint
CREATE TABLE vault.key_fingerprint (
  name text NOT NULL,
  fingerprint bytea NOT NULL
);
ALTER TABLE vault.key_fingerprint ADD CONSTRAINT key_fingerprint_pkey PRIMARY KEY (name);
ALTER TABLE vault.key_fingerprint ADD CONSTRAINT key_fingerprint_fingerprint_check CHECK ((octet_length(fingerprint) = 32));
COMMENT ON TABLE vault.key_fingerprint IS 'By which keys outside the database this data is kept (HMAC of a fixed text), so that wrong ones are noticed at start.';

-- vault.lookup
CREATE TABLE vault.lookup (
  digest bytea NOT NULL,
  subject_id uuid NOT NULL,
  category text NOT NULL,
  identifies boolean NOT NULL
);
ALTER TABLE vault.lookup ADD CONSTRAINT lookup_pkey PRIMARY KEY (digest, subject_id);
ALTER TABLE vault.lookup ADD CONSTRAINT lookup_digest_check CHECK ((octet_length(digest) = 32));
CREATE UNIQUE INDEX lookup_identifies ON vault.lookup USING btree (digest) WHERE identifies;
CREATE INDEX lookup_subject ON vault.lookup USING btree (subject_id);
COMMENT ON TABLE vault.lookup IS 'Blind index: HMAC-SHA256 of an e-mail address or a phone number. identifies: at most one subject is found by it.';
GRANT DELETE, INSERT, SELECT ON vault.lookup TO ubada_app;

-- vault.subject
CREATE TABLE vault.subject (
  subject_id uuid NOT NULL,
  state text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL
);
ALTER TABLE vault.subject ADD CONSTRAINT subject_pkey PRIMARY KEY (subject_id);
ALTER TABLE vault.subject ADD CONSTRAINT subject_state_check CHECK ((state = ANY (ARRAY['active'::text, 'stopped'::text, 'erased'::text])));
COMMENT ON TABLE vault.subject IS 'Whose data is held. active: purposes may live; stopped: only duties are left (clause 17); erased: a tombstone without data.';
GRANT INSERT, SELECT ON vault.subject TO ubada_app;
GRANT SELECT ON vault.subject TO ubada_keys;
GRANT UPDATE (state, changed_at) ON vault.subject TO ubada_app;
GRANT UPDATE (state) ON vault.subject TO ubada_keys;

-- vault.subject_key
CREATE TABLE vault.subject_key (
  subject_id uuid NOT NULL,
  kek_epoch integer NOT NULL,
  wrapped_key bytea NOT NULL,
  created_at timestamp with time zone NOT NULL
);
ALTER TABLE vault.subject_key ADD CONSTRAINT subject_key_pkey PRIMARY KEY (subject_id);
ALTER TABLE vault.subject_key ADD CONSTRAINT subject_key_wrapped_key_check CHECK ((octet_length(wrapped_key) = 60));
COMMENT ON TABLE vault.subject_key IS 'One random 256-bit key per subject: nonce (12), AES-256-GCM under the KEK of the epoch (32), tag (16). Readable only through vault.open_key.';
GRANT INSERT ON vault.subject_key TO ubada_app;

-- Foreign keys
ALTER TABLE staff.console_session ADD CONSTRAINT console_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff.member(staff_id);

-- Functions
CREATE OR REPLACE FUNCTION enquiries.take_in(p_lookup json, p_subject json, p_subject_key json, p_attribute json, p_shown_text json, p_act json, p_event json, p_entry json, p_about json, p_enquiry json)
 RETURNS TABLE(subject_id uuid, number bigint)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  v_claimed uuid[];
BEGIN
  -- In the order of the digests, so that two transactions never wait for each other.
  WITH claimed AS (
    INSERT INTO vault.lookup
    SELECT * FROM json_populate_recordset(NULL::vault.lookup, p_lookup) WHERE identifies ORDER BY digest
    ON CONFLICT (digest) WHERE identifies DO NOTHING
    RETURNING subject_id
  )
  SELECT array_agg(claimed.subject_id) INTO v_claimed FROM claimed;
  IF v_claimed IS NULL THEN RETURN; END IF;

  INSERT INTO vault.lookup SELECT * FROM json_populate_recordset(NULL::vault.lookup, p_lookup)
    WHERE NOT identifies AND subject_id = ANY (v_claimed);
  INSERT INTO vault.subject SELECT * FROM json_populate_recordset(NULL::vault.subject, p_subject)
    WHERE subject_id = ANY (v_claimed);
  INSERT INTO vault.subject_key SELECT * FROM json_populate_recordset(NULL::vault.subject_key, p_subject_key)
    WHERE subject_id = ANY (v_claimed);
  INSERT INTO vault.attribute SELECT * FROM json_populate_recordset(NULL::vault.attribute, p_attribute)
    WHERE subject_id = ANY (v_claimed);
  INSERT INTO consent.shown_text SELECT * FROM json_populate_recordset(NULL::consent.shown_text, p_shown_text)
    ON CONFLICT DO NOTHING;
  INSERT INTO consent.act SELECT * FROM json_populate_recordset(NULL::consent.act, p_act)
    WHERE subject_id = ANY (v_claimed);
  INSERT INTO consent.event SELECT * FROM json_populate_recordset(NULL::consent.event, p_event)
    WHERE subject_id = ANY (v_claimed);
  INSERT INTO journal.entry SELECT entry.* FROM json_populate_recordset(NULL::journal.entry, p_entry) AS entry
    JOIN json_populate_recordset(NULL::journal.about, p_about) AS about USING (entry_id)
    WHERE about.subject_id = ANY (v_claimed);
  INSERT INTO journal.about SELECT * FROM json_populate_recordset(NULL::journal.about, p_about)
    WHERE subject_id = ANY (v_claimed);
  RETURN QUERY
  INSERT INTO enquiries.enquiry
    (subject_id, enquiry_id, form, purpose, language, submitted_at, declared_adult_and_capable, consent_act_id)
  SELECT subject_id, enquiry_id, form, purpose, language, submitted_at, declared_adult_and_capable, consent_act_id
    FROM json_populate_recordset(NULL::enquiries.enquiry, p_enquiry) WHERE subject_id = ANY (v_claimed)
  RETURNING enquiry.subject_id, enquiry.number;
END $function$;

CREATE OR REPLACE FUNCTION journal.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
END $function$;

CREATE OR REPLACE FUNCTION vault.destroy_key(p_subject uuid, OUT destroyed integer, OUT remaining integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM erasure.plan e WHERE e.subject_id = p_subject AND e.finished_at IS NULL) THEN
    RAISE EXCEPTION 'no erasure of this subject is under way' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM vault.subject_key k WHERE k.subject_id = p_subject;
  GET DIAGNOSTICS destroyed = ROW_COUNT;
  SELECT count(*) INTO remaining FROM vault.subject_key k WHERE k.subject_id = p_subject;
END $function$;

CREATE OR REPLACE FUNCTION vault.open_key(p_subject uuid, p_entry uuid, p_at timestamp with time zone, p_purpose text, p_operation text, p_categories text[], p_actor text, p_staff uuid, OUT outcome text, OUT reason text, OUT clause text, OUT kek_epoch integer, OUT wrapped_key bytea)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
END $function$;

-- Functions that not everyone may call
REVOKE ALL ON ROUTINE enquiries.take_in(json,json,json,json,json,json,json,json,json,json) FROM PUBLIC;
REVOKE ALL ON ROUTINE vault.destroy_key(uuid) FROM PUBLIC;
REVOKE ALL ON ROUTINE vault.open_key(uuid,uuid,timestamp with time zone,text,text,text[],text,uuid) FROM PUBLIC;

-- Rights to functions
GRANT EXECUTE ON ROUTINE enquiries.take_in(json,json,json,json,json,json,json,json,json,json) TO ubada_app;
GRANT EXECUTE ON ROUTINE vault.destroy_key(uuid) TO ubada_app;
GRANT EXECUTE ON ROUTINE vault.open_key(uuid,uuid,timestamp with time zone,text,text,text[],text,uuid) TO ubada_app;

-- Triggers
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON journal.entry FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- What belongs to another role than ubada_owner
ALTER ROUTINE vault.destroy_key(uuid) OWNER TO ubada_keys;
ALTER ROUTINE vault.open_key(uuid,uuid,timestamp with time zone,text,text,text[],text,uuid) OWNER TO ubada_keys;
ALTER TABLE vault.subject_key OWNER TO ubada_keys;
