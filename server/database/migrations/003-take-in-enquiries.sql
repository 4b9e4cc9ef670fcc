-- Takes in the first enquiries of people who are not known yet, as many forms at a time as wait: rows of eleven tables
-- in one round trip. Of forms with one address the first claims it, and the unique index makes every other, here or
-- in another transaction, wait for it; what is not claimed is left out of the answer, and nothing of it is stored.
--
-- p_forms: an array of {subject_id, at, policy_version, kek_epoch, wrapped_key, lookups: [{digest, category}], the
-- identifying one first, enquiry_id, form, purpose, language, basis, clause, categories, entry_id, act_id, shown_hash,
-- shown_text, button_label, offered, given, refused, values: [{attribute_id, category, sealed}],
-- events: [{event_id, purpose, kind}]}; bytes as "\x…".
CREATE FUNCTION enquiries.take_in(p_forms jsonb) RETURNS TABLE (subject_id uuid, number bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_forms jsonb;
BEGIN
  -- In the order of the digests, so that two transactions never wait for each other.
  WITH claimed AS (
    INSERT INTO vault.lookup (digest, subject_id, category, identifies)
    SELECT (f.lookups -> 0 ->> 'digest')::bytea, f.subject_id, f.lookups -> 0 ->> 'category', true
    FROM jsonb_to_recordset(p_forms) AS f (subject_id uuid, lookups jsonb)
    ORDER BY 1
    ON CONFLICT (digest) WHERE identifies DO NOTHING
    RETURNING lookup.subject_id
  )
  SELECT jsonb_agg(f) INTO v_forms
  FROM jsonb_array_elements(p_forms) AS f JOIN claimed ON claimed.subject_id = (f ->> 'subject_id')::uuid;
  IF v_forms IS NULL THEN RETURN; END IF;

  INSERT INTO vault.lookup (digest, subject_id, category, identifies)
  SELECT (l.lookup ->> 'digest')::bytea, f.subject_id, l.lookup ->> 'category', false
  FROM jsonb_to_recordset(v_forms) AS f (subject_id uuid, lookups jsonb),
    jsonb_array_elements(f.lookups) WITH ORDINALITY AS l (lookup, position)
  WHERE l.position > 1;

  INSERT INTO vault.subject (subject_id, state, created_at, changed_at)
  SELECT f.subject_id, 'active', f.at, f.at FROM jsonb_to_recordset(v_forms) AS f (subject_id uuid, at timestamptz);

  INSERT INTO vault.subject_key (subject_id, kek_epoch, wrapped_key, created_at)
  SELECT f.* FROM jsonb_to_recordset(v_forms)
    AS f (subject_id uuid, kek_epoch integer, wrapped_key bytea, at timestamptz);

  INSERT INTO vault.attribute (subject_id, attribute_id, record_id, category, sealed, recorded_at)
  SELECT f.subject_id, v.attribute_id, f.enquiry_id, v.category, v.sealed, f.at
  FROM jsonb_to_recordset(v_forms) AS f (subject_id uuid, enquiry_id uuid, at timestamptz, values jsonb),
    jsonb_to_recordset(f.values) AS v (attribute_id uuid, category text, sealed bytea);

  INSERT INTO consent.shown_text (shown_hash, language, text, first_shown_at)
  SELECT DISTINCT ON (f.shown_hash) f.shown_hash, f.language, f.shown_text, f.at FROM jsonb_to_recordset(v_forms)
    AS f (shown_hash bytea, language text, shown_text text, at timestamptz)
  ON CONFLICT DO NOTHING;

  INSERT INTO consent.act (subject_id, act_id, at, policy_version, shown_hash, language, form, button_label, offered, given, refused)
  SELECT f.* FROM jsonb_to_recordset(v_forms)
    AS f (subject_id uuid, act_id uuid, at timestamptz, policy_version text, shown_hash bytea, language text,
      form text, button_label text, offered text[], given text[], refused text[]);

  INSERT INTO consent.event (subject_id, event_id, at, purpose, kind, act_id)
  SELECT f.subject_id, e.event_id, f.at, e.purpose, e.kind, f.act_id
  FROM jsonb_to_recordset(v_forms) AS f (subject_id uuid, act_id uuid, at timestamptz, events jsonb),
    jsonb_to_recordset(f.events) AS e (event_id uuid, purpose text, kind text);

  INSERT INTO journal.entry (entry_id, at, operation, purpose, basis, clause, categories, actor, outcome, policy_version)
  SELECT f.entry_id, f.at, 'collection', f.purpose, f.basis, f.clause, f.categories, 'subject', 'done', f.policy_version
  FROM jsonb_to_recordset(v_forms)
    AS f (entry_id uuid, at timestamptz, purpose text, basis text, clause text, categories text[], policy_version text);

  INSERT INTO journal.about (subject_id, entry_id)
  SELECT f.* FROM jsonb_to_recordset(v_forms) AS f (subject_id uuid, entry_id uuid);

  RETURN QUERY
  INSERT INTO enquiries.enquiry
    (subject_id, enquiry_id, form, purpose, language, submitted_at, declared_adult_and_capable, consent_act_id)
  SELECT f.subject_id, f.enquiry_id, f.form, f.purpose, f.language, f.at, true, f.act_id
  FROM jsonb_to_recordset(v_forms)
    AS f (subject_id uuid, enquiry_id uuid, form text, purpose text, language text, at timestamptz, act_id uuid)
  RETURNING enquiry.subject_id, enquiry.number;
END $$;
REVOKE ALL ON FUNCTION enquiries.take_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enquiries.take_in TO ubada_app;
