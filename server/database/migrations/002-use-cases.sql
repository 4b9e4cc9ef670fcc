-- Enquiries, letters, sign-in of subjects, staff, published policy, and what kind of installation this is.

CREATE SCHEMA enquiries;
CREATE SCHEMA letters;
CREATE SCHEMA sign_in;
CREATE SCHEMA staff;
CREATE SCHEMA publishing;
GRANT USAGE ON SCHEMA enquiries, letters, sign_in, staff, publishing TO ubada_app;

CREATE TABLE enquiries.enquiry (
  subject_id uuid NOT NULL,
  enquiry_id uuid NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  form text NOT NULL,
  purpose text NOT NULL,
  language text NOT NULL,
  submitted_at timestamptz NOT NULL,
  declared_adult_and_capable boolean NOT NULL CHECK (declared_adult_and_capable),
  consent_act_id uuid NOT NULL,
  fulfilled_at timestamptz,
  fulfilled_by uuid,
  PRIMARY KEY (subject_id, enquiry_id)
);
COMMENT ON TABLE enquiries.enquiry IS
  'What a person asked for through a form (clauses 4, 8.2); what they typed lies in vault.attribute under the same record id.';
CREATE INDEX enquiry_open ON enquiries.enquiry (submitted_at) WHERE fulfilled_at IS NULL;
CREATE UNIQUE INDEX enquiry_number ON enquiries.enquiry (number);
GRANT SELECT, INSERT, UPDATE (fulfilled_at, fulfilled_by), DELETE ON enquiries.enquiry TO ubada_app;

CREATE TABLE letters.outgoing (
  subject_id uuid NOT NULL,
  letter_id uuid NOT NULL,
  purpose text NOT NULL,
  kind text NOT NULL,
  number bigint,
  language text NOT NULL,
  sealed bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'sent', 'handed-over', 'failed')),
  created_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  settled_at timestamptz,
  PRIMARY KEY (subject_id, letter_id)
);
COMMENT ON TABLE letters.outgoing IS
  'Letters to people, sealed whole (address, subject, text) under the subject''s key. purpose: the ground they are sent under; number: of the enquiry or request they are about.';
CREATE INDEX outgoing_waiting ON letters.outgoing (created_at) WHERE state = 'waiting';
GRANT SELECT, INSERT, UPDATE (state, attempts, settled_at), DELETE ON letters.outgoing TO ubada_app;

CREATE TABLE letters.incoming (
  subject_id uuid NOT NULL,
  letter_id uuid NOT NULL,
  request_id uuid NOT NULL,
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  sealed bytea NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (subject_id, letter_id)
);
COMMENT ON TABLE letters.incoming IS
  'Letters from people, sealed whole under the sender''s key; digest: keyed HMAC of the raw letter, so that none is taken twice.';
CREATE UNIQUE INDEX incoming_digest ON letters.incoming (digest);
CREATE INDEX incoming_request ON letters.incoming (request_id);
GRANT SELECT, INSERT, DELETE ON letters.incoming TO ubada_app;

CREATE TABLE sign_in.code (
  code_id uuid PRIMARY KEY,
  subject_id uuid,
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  used_at timestamptz
);
COMMENT ON TABLE sign_in.code IS
  'One-time codes for the cabinet, by keyed HMAC. A row without a subject belongs to an address nobody has: the answer is the same.';
CREATE INDEX code_subject ON sign_in.code (subject_id);
-- Somebody who has just asked for a code is owed the letter that brings it (see vault.open_key).
GRANT USAGE ON SCHEMA sign_in TO ubada_keys;
GRANT SELECT ON sign_in.code TO ubada_keys;
CREATE INDEX code_expires ON sign_in.code (expires_at);
GRANT SELECT, INSERT, UPDATE (attempts, used_at), DELETE ON sign_in.code TO ubada_app;

CREATE TABLE sign_in.cabinet_session (
  subject_id uuid NOT NULL,
  token_digest bytea NOT NULL CHECK (octet_length(token_digest) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (subject_id, token_digest)
);
COMMENT ON TABLE sign_in.cabinet_session IS 'A person signed in to their cabinet; only the SHA-256 of the cookie is kept.';
CREATE INDEX cabinet_session_expires ON sign_in.cabinet_session (expires_at);
GRANT SELECT, INSERT, DELETE ON sign_in.cabinet_session TO ubada_app;

CREATE TABLE staff.member (
  staff_id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('administrator', 'staff')),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE staff.member IS 'Who works in the console. The journal names them by staff_id.';
GRANT SELECT, INSERT ON staff.member TO ubada_app;

CREATE TABLE staff.invitation (
  token_digest bytea PRIMARY KEY CHECK (octet_length(token_digest) = 32),
  role text NOT NULL CHECK (role IN ('administrator', 'staff')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
COMMENT ON TABLE staff.invitation IS 'One-time links by which a member of staff chooses a password; the first is printed at first start.';
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON staff.invitation TO ubada_app;

CREATE TABLE staff.console_session (
  token_digest bytea PRIMARY KEY CHECK (octet_length(token_digest) = 32),
  staff_id uuid NOT NULL REFERENCES staff.member,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE staff.console_session IS 'A member of staff signed in to the console; only the SHA-256 of the cookie is kept.';
GRANT SELECT, INSERT, DELETE ON staff.console_session TO ubada_app;

CREATE TABLE publishing.policy_text (
  policy_version text NOT NULL,
  language text NOT NULL,
  text_hash bytea NOT NULL CHECK (octet_length(text_hash) = 32),
  text text NOT NULL,
  effective_from date NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (policy_version, language)
);
COMMENT ON TABLE publishing.policy_text IS
  'Every published version of the policy in every language (clause 19); a version that was published never changes.';
GRANT SELECT ON publishing.policy_text TO ubada_app;

CREATE TABLE publishing.installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  kind text NOT NULL CHECK (kind IN ('production', 'demo')),
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE publishing.installation IS 'Whether this database is real or a demo; a demo never runs on a real one.';
GRANT SELECT ON publishing.installation TO ubada_app;
