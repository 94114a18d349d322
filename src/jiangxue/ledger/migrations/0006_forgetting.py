"""Forgetting an archive: its key and contents go, and only after the log holds, signed, that they were erased."""

from typing import ClassVar

from django.db import migrations

# Five years after the last record that is not itself about erasing, by the database's own clock, whatever the program believes.
# Backwards along the index: it is the first or second entry that is looked at.
TERM = """
CREATE FUNCTION ledger_term_is_over(archive uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS $$
    SELECT coalesce((
        SELECT to_timestamp((leaf::jsonb ->> 'o')::bigint / 1000.0) + interval '5 years' <= now() FROM ledger_entry
        WHERE aid = archive AND (leaf::jsonb ->> 'k') <> 'archive.erased' ORDER BY sequence DESC LIMIT 1
    ), false)
$$;
REVOKE ALL ON FUNCTION ledger_term_is_over(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_term_is_over(uuid) TO jiangxue_app;
"""
# An archive counts as erased when its term is over, its last entry says that it is erased, and that entry is signed.
ERASED = """
CREATE FUNCTION ledger_erased(archive uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS $$
    SELECT EXISTS (
        SELECT FROM ledger_entry e JOIN ledger_head h ON h.aid = e.aid AND h.sequence = e.sequence
        WHERE e.aid = archive AND (e.leaf::jsonb ->> 'k') = 'archive.erased'
            AND e."index" < (SELECT max(size) FROM ledger_checkpoint)
    ) AND ledger_term_is_over(archive)
$$;
REVOKE ALL ON FUNCTION ledger_erased(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_erased(uuid) TO jiangxue_app;
"""
# The content of the entry that says it stays readable, under a key that never opened anything else.
FORGET = """
CREATE FUNCTION ledger_forget(archive uuid, fresh_key bytea, event uuid, content bytea) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF NOT ledger_erased(archive) THEN
        RAISE EXCEPTION 'the log does not hold, signed and after its term, that archive % is erased', archive
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM ledger_inboxentry WHERE aid = archive) THEN
        RAISE EXCEPTION 'records of archive % wait to be sealed', archive USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (
        SELECT FROM ledger_entry e JOIN ledger_head h ON h.aid = e.aid AND h.sequence = e.sequence
        WHERE e.aid = archive AND e.eid = event
    ) THEN
        RAISE EXCEPTION 'event % is not the one that says it', event USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE ledger_subjectkey SET sealed_key = fresh_key WHERE aid = archive;
    UPDATE ledger_payload SET ciphertext = content WHERE eid = event AND aid = archive;
    DELETE FROM ledger_payload WHERE aid = archive AND eid <> event;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION ledger_forget(uuid, bytea, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_forget(uuid, bytea, uuid, bytea) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let contents of the log be erased when their time is over, and not before."""

    dependencies: ClassVar = [("ledger", "0005_audits")]
    operations: ClassVar = [
        migrations.RunSQL(TERM, "DROP FUNCTION ledger_term_is_over(uuid);"),
        migrations.RunSQL(ERASED, "DROP FUNCTION ledger_erased(uuid);"),
        migrations.RunSQL(FORGET, "DROP FUNCTION ledger_forget(uuid, bytea, uuid, bytea);"),
    ]
