-- The look-up key has versions, two of them in use while it turns over (docs/decisions/010-look-up-key-versions.md).

ALTER TABLE letters.incoming ADD COLUMN key_version integer NOT NULL DEFAULT 1;
ALTER TABLE letters.incoming ALTER COLUMN key_version DROP DEFAULT;
COMMENT ON COLUMN letters.incoming.key_version IS 'Under which version of the look-up key the digest was made.';

-- Opening a version raises these bounds, and validating them is the count that finds nothing below (as in 006).
ALTER TABLE vault.lookup
  DROP CONSTRAINT lookup_key_version_check,
  ADD CONSTRAINT lookup_live_version CHECK (key_version >= 1);
ALTER TABLE letters.incoming ADD CONSTRAINT incoming_live_version CHECK (key_version >= 1);

CREATE TABLE vault.lookup_key (
  version integer PRIMARY KEY CHECK (version > 0),
  opened_at timestamptz NOT NULL,
  emptied_at timestamptz
);
COMMENT ON TABLE vault.lookup_key IS
  'Each version of the look-up key: opened_at, since when no row of an earlier version is taken; emptied_at, when a count found no row of it left. Its key is still needed: later digests are made from those under it.';
GRANT SELECT ON vault.lookup_key TO ubada_app;
INSERT INTO vault.lookup_key (version, opened_at)
  SELECT 1, coalesce(min(created_at), now()) FROM vault.subject;

ALTER TABLE sign_in.code ADD COLUMN key_version integer NOT NULL DEFAULT 1;
ALTER TABLE sign_in.code ALTER COLUMN key_version DROP DEFAULT;
COMMENT ON COLUMN sign_in.code.key_version IS
  'Under which version of the look-up key the digest was made; one that turns over meanwhile leaves the code good.';
