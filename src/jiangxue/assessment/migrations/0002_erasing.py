"""Attempts at tests go when the archive of their place has been erased."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import removable_if

PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = ($1).enrolment_id"
ERASE = """
CREATE FUNCTION assessment_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM assessment_attempt WHERE enrolment_id = place;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION assessment_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assessment_erase(bigint) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let attempts be removed with their archive; the guard of the table refuses any other removal."""

    dependencies: ClassVar = [("assessment", "0001_tables"), ("ledger", "0006_forgetting")]
    operations: ClassVar = [
        removable_if("assessment_attempt", "ledger_erased", PLACE, trigger="stays"),
        migrations.RunSQL(ERASE, "DROP FUNCTION assessment_erase(bigint);"),
    ]
