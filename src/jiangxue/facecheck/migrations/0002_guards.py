"""What came of an attempt stays as it is; it goes with its archive, and an enrolment's with its account."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import removable_if, taken_from_application

_FINISHED_STAYS = """
REVOKE UPDATE, DELETE, TRUNCATE ON facecheck_faceattempt FROM jiangxue_app;
GRANT UPDATE (
    expires_at, claimed_at, was_challenged, finished_at, outcome, codes, script, facts, camera, models_used, frame_marks
) ON facecheck_faceattempt TO jiangxue_app;
CREATE FUNCTION facecheck_refuse_finished() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an attempt that was finished stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER facecheck_faceattempt_finished_stays BEFORE UPDATE ON facecheck_faceattempt
    FOR EACH ROW WHEN (OLD.outcome <> '') EXECUTE FUNCTION facecheck_refuse_finished();
CREATE TRIGGER facecheck_faceattempt_stays BEFORE DELETE ON facecheck_faceattempt
    FOR EACH ROW EXECUTE FUNCTION facecheck_refuse_finished();
ALTER TABLE facecheck_faceattempt ENABLE ALWAYS TRIGGER facecheck_faceattempt_finished_stays;
ALTER TABLE facecheck_faceattempt ENABLE ALWAYS TRIGGER facecheck_faceattempt_stays;
"""
_FINISHED_MAY_CHANGE = """
DROP TRIGGER facecheck_faceattempt_finished_stays ON facecheck_faceattempt;
DROP TRIGGER facecheck_faceattempt_stays ON facecheck_faceattempt;
DROP FUNCTION facecheck_refuse_finished();
GRANT UPDATE, DELETE ON facecheck_faceattempt TO jiangxue_app;
"""
_MAY_GO = """
CREATE FUNCTION facecheck_may_go(attempt uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN archive IS NULL
        THEN NOT EXISTS (SELECT FROM enrolment_enrolment WHERE learner_id = account_id AND NOT ledger_erased(aid))
        ELSE ledger_erased(archive) END
    FROM facecheck_faceattempt WHERE id = attempt
$$;
"""
_ERASE = """
CREATE FUNCTION facecheck_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    erased uuid;
    gone bigint;
BEGIN
    SELECT aid INTO erased FROM enrolment_enrolment WHERE id = place;
    DELETE FROM facecheck_facepicture WHERE attempt_id IN (SELECT id FROM facecheck_faceattempt WHERE archive = erased);
    DELETE FROM facecheck_faceattempt WHERE archive = erased;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION facecheck_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION facecheck_erase(bigint) TO jiangxue_app;
CREATE FUNCTION facecheck_erase_account(account bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM facecheck_enrolledpicture WHERE template_id = account;
    DELETE FROM facecheck_facetemplate WHERE account_id = account;
    DELETE FROM facecheck_faceattempt WHERE account_id = account;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION facecheck_erase_account(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION facecheck_erase_account(bigint) TO jiangxue_app;
"""
_NO_ERASING = """
DROP FUNCTION facecheck_erase(bigint);
DROP FUNCTION facecheck_erase_account(bigint);
"""


class Migration(migrations.Migration):
    """Guard finished attempts and their pictures; the guard lets them go with what they belong to."""

    dependencies: ClassVar = [
        ("facecheck", "0001_tables"),
        ("ledger", "0006_forgetting"),
        ("enrolment", "0002_versions"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(_FINISHED_STAYS, _FINISHED_MAY_CHANGE),
        migrations.RunSQL(_MAY_GO, "DROP FUNCTION facecheck_may_go(uuid);"),
        removable_if("facecheck_faceattempt", "facecheck_may_go", "SELECT ($1).id", trigger="stays"),
        taken_from_application("facecheck_facepicture", "UPDATE, DELETE"),
        taken_from_application("facecheck_facetemplate", "UPDATE"),
        taken_from_application("facecheck_enrolledpicture", "UPDATE"),
        migrations.RunSQL(_ERASE, _NO_ERASING),
    ]
