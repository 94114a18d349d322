"""Who may do what to the log: the sealer moves the inbox into it, the signer signs it, the application reads it and keeps cosignatures."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import append_only, given, taken_from_application

# A row leaves the inbox only in the transaction that seals it or puts it into quarantine, whoever removes it.
INBOX = """
ALTER TABLE ledger_inboxentry ADD COLUMN arrival bigint GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX ledger_inboxentry_arrival ON ledger_inboxentry (arrival);
CREATE FUNCTION refuse_removal_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_entry WHERE eid = OLD.eid)
        OR EXISTS (SELECT FROM ledger_quarantined WHERE eid = OLD.eid) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'table % is append-only until its rows are sealed', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER ledger_inboxentry_append_only ON ledger_inboxentry;
CREATE TRIGGER ledger_inboxentry_append_only BEFORE UPDATE ON ledger_inboxentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_inboxentry_only_sealed BEFORE DELETE ON ledger_inboxentry
    FOR EACH ROW EXECUTE FUNCTION refuse_removal_unsealed();
ALTER TABLE ledger_inboxentry ENABLE ALWAYS TRIGGER ledger_inboxentry_append_only;
ALTER TABLE ledger_inboxentry ENABLE ALWAYS TRIGGER ledger_inboxentry_only_sealed;
"""
INBOX_BEFORE = """
DROP TRIGGER ledger_inboxentry_only_sealed ON ledger_inboxentry;
DROP TRIGGER ledger_inboxentry_append_only ON ledger_inboxentry;
DROP FUNCTION refuse_removal_unsealed();
CREATE TRIGGER ledger_inboxentry_append_only BEFORE UPDATE OR DELETE ON ledger_inboxentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_inboxentry ENABLE ALWAYS TRIGGER ledger_inboxentry_append_only;
ALTER TABLE ledger_inboxentry DROP COLUMN arrival;
"""
# The application may not read the inbox, but people must see whether something waits in it.
WAITING = """
CREATE FUNCTION ledger_waiting(archive uuid DEFAULT NULL, OUT events bigint, OUT oldest_ms bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*), min(at_ms) FROM ledger_inboxentry WHERE archive IS NULL OR aid = archive
$$;
CREATE INDEX ledger_inboxentry_aid ON ledger_inboxentry (aid);
"""
WAITING_BEFORE = "DROP INDEX ledger_inboxentry_aid; DROP FUNCTION ledger_waiting(uuid);"
GUARDED = ("entry", "tile", "checkpoint", "signingkey", "quarantined", "heads", "alarm", "cosignature", "witnessrule")
NOT_FOR_THE_APPLICATION = ("entry", "tile", "checkpoint", "signingkey", "quarantined", "heads")
FOLLOWING = ("head", "edge", "headsplace", "headsnode")
SEALER, SIGNER = "jiangxue_sealer", "jiangxue_signer"


class Migration(migrations.Migration):
    """Guard the log."""

    dependencies: ClassVar = [("ledger", "0003_log")]
    operations: ClassVar = [
        *(append_only(f"ledger_{table}") for table in GUARDED),
        *(taken_from_application(f"ledger_{table}", "INSERT") for table in NOT_FOR_THE_APPLICATION),
        *(taken_from_application(f"ledger_{table}", "INSERT, UPDATE, DELETE") for table in FOLLOWING),
        taken_from_application("ledger_headswish", "UPDATE, DELETE"),
        taken_from_application("ledger_witness", "DELETE"),
        migrations.RunSQL(INBOX, INBOX_BEFORE),
        migrations.RunSQL(WAITING, WAITING_BEFORE),
        given(SEALER, "SELECT, DELETE", "ledger_inboxentry", "ledger_headswish"),
        given(SEALER, "SELECT", "ledger_payload", "ledger_subjectkey", "ledger_cosignature", "ledger_witnessrule"),
        given(
            SEALER,
            "SELECT, INSERT",
            "ledger_entry",
            "ledger_tile",
            "ledger_quarantined",
            "ledger_heads",
            "ledger_alarm",
        ),
        given(SEALER, "SELECT, INSERT, UPDATE", "ledger_head", "ledger_edge"),
        given(SEALER, "SELECT, INSERT, DELETE", "ledger_headsplace", "ledger_headsnode"),
        given(SIGNER, "SELECT", "ledger_entry", "ledger_edge"),
        given(SIGNER, "SELECT, INSERT", "ledger_checkpoint", "ledger_signingkey", "ledger_alarm"),
    ]
