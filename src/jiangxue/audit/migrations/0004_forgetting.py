"""The addresses from which an erased account acted go once they need not be kept any more; everything else stays as it is."""

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.address IS NULL AND OLD.at < now() - interval '180 days'
        AND to_jsonb(NEW) - 'address' = to_jsonb(OLD) - 'address' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER audit_auditentry_append_only ON audit_auditentry;
CREATE TRIGGER audit_auditentry_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER audit_auditentry_append_only;
CREATE FUNCTION audit_forget_addresses(actors bigint[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    UPDATE audit_auditentry SET address = NULL
        WHERE actor_id = ANY (actors) AND address IS NOT NULL AND at < now() - interval '180 days'
        AND EXISTS (SELECT FROM accounts_account WHERE id = actor_id AND name = '' AND login_name = 'erased-' || id);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION audit_forget_addresses(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_forget_addresses(bigint[]) TO jiangxue_app;
"""
BEFORE = """
DROP FUNCTION audit_forget_addresses(bigint[]);
DROP TRIGGER audit_auditentry_append_only ON audit_auditentry;
CREATE TRIGGER audit_auditentry_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER audit_auditentry_append_only;
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    """Let addresses be forgotten after half a year, and nothing else."""

    dependencies: ClassVar = [("audit", "0003_reasons")]
    operations: ClassVar = [migrations.RunSQL(GUARD, BEFORE)]
