"""Requests for corrections, with the numbers sealed in them, go with their account."""

from typing import ClassVar

from django.db import migrations

ERASE = """
CREATE FUNCTION accounts_erase(account bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF EXISTS (SELECT FROM enrolment_enrolment WHERE learner_id = account AND NOT ledger_erased(aid)) THEN
        RAISE EXCEPTION 'archives of account % still have contents', account USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM accounts_correctiondecision WHERE request_id IN (SELECT id FROM accounts_correctionrequest WHERE account_id = account);
    DELETE FROM accounts_correctionrequest WHERE account_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION accounts_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_erase(bigint) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let what was asked by an erased person be removed."""

    dependencies: ClassVar = [("accounts", "0004_requests"), ("ledger", "0006_forgetting")]
    operations: ClassVar = [migrations.RunSQL(ERASE, "DROP FUNCTION accounts_erase(bigint);")]
