-- Key epochs: subjects' keys are wrapped by the key-encryption key (KEK) of one epoch, and keys rotate
-- (docs/decisions/005-key-epochs.md).

CREATE TABLE vault.key_epoch (
  epoch integer PRIMARY KEY CHECK (epoch > 0),
  opened_at timestamptz NOT NULL,
  retired_at timestamptz,
  emptied_at timestamptz,
  destroyed_at timestamptz,
  CHECK (retired_at IS NOT NULL OR emptied_at IS NULL),
  CHECK (emptied_at IS NOT NULL OR destroyed_at IS NULL)
);
COMMENT ON TABLE vault.key_epoch IS
  'Each key-encryption key: retired_at, since when nothing is wrapped under it; emptied_at, when a count found nothing left under it, so that only backups older than that need it; destroyed_at, when it was found to be held no more.';
GRANT SELECT, UPDATE (destroyed_at) ON vault.key_epoch TO ubada_app;

INSERT INTO vault.key_epoch (epoch, opened_at)
  SELECT 1, min(created_at) FROM vault.subject_key HAVING count(*) > 0;

-- Retiring an epoch raises this bound, and validating it is the count that finds nothing below. A trigger or a foreign
-- key would be asked with every form, and lock the epoch's row.
ALTER TABLE vault.subject_key ADD CONSTRAINT subject_key_live_epoch CHECK (kek_epoch >= 1);

-- The server destroys keys that are due, and may not look at subject_key itself.
GRANT CREATE ON SCHEMA vault TO ubada_keys;
CREATE FUNCTION vault.holds_keys_up_to(p_epoch integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM vault.subject_key k WHERE k.kek_epoch <= p_epoch);
$$;
ALTER FUNCTION vault.holds_keys_up_to OWNER TO ubada_keys;
REVOKE ALL ON FUNCTION vault.holds_keys_up_to FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.holds_keys_up_to TO ubada_app;
REVOKE CREATE ON SCHEMA vault FROM ubada_keys;
