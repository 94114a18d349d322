"""What was learned at a place goes when its archive has been erased: every row of it, and no other."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import removable_if

_OF_PLACE = "SELECT aid FROM enrolment_enrolment WHERE id = {place}"
_OF_SESSION = _OF_PLACE.format(place="(SELECT enrolment_id FROM learning_studysession WHERE id = {session})")
SESSION = _OF_SESSION.format(session="($1).session_id")
SEGMENT = _OF_SESSION.format(session="(SELECT session_id FROM learning_segment WHERE id = ($1).segment_id)")
APPEAL = _OF_SESSION.format(session="(SELECT session_id FROM learning_appeal WHERE id = ($1).appeal_id)")

# Sessions of five years lie in some 1,800 parts of the beats: each is sought in its own days alone. A check of this place may have
# judged time in another class: that verdict goes with it, and the guard of its table lets it only if that archive is erased too.
ERASE = """
CREATE FUNCTION learning_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    archive uuid;
    learner bigint;
    class bigint;
    sessions uuid[];
    one record;
BEGIN
    SELECT aid, learner_id, training_class_id INTO archive, learner, class FROM enrolment_enrolment WHERE id = place;
    IF archive IS NULL OR NOT ledger_erased(archive) THEN
        RAISE EXCEPTION 'the archive of place % is not erased', place USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(array_agg(id), '{}') INTO sessions FROM learning_studysession WHERE enrolment_id = place;
    DELETE FROM learning_correction WHERE session_id = ANY (sessions);
    DELETE FROM learning_appealpicture WHERE appeal_id IN (SELECT id FROM learning_appeal WHERE session_id = ANY (sessions));
    DELETE FROM learning_appealstep WHERE appeal_id IN (SELECT id FROM learning_appeal WHERE session_id = ANY (sessions));
    DELETE FROM learning_appeal WHERE session_id = ANY (sessions);
    DELETE FROM learning_verdict WHERE segment_id IN (SELECT id FROM learning_segment WHERE session_id = ANY (sessions))
        OR check_id IN (SELECT id FROM learning_check WHERE session_id = ANY (sessions));
    DELETE FROM learning_check WHERE session_id = ANY (sessions);
    DELETE FROM learning_segment WHERE session_id = ANY (sessions);
    FOR one IN SELECT id, opened_at, coalesce(closed_at, now()) AS until FROM learning_studysession WHERE id = ANY (sessions) LOOP
        EXECUTE format(
            'DELETE FROM learning_beat WHERE session_id = %L AND received_at >= %L AND received_at <= %L',
            one.id, one.opened_at - interval '1 hour', one.until + interval '1 hour'
        );
    END LOOP;
    DELETE FROM learning_studysession WHERE id = ANY (sessions);
    DELETE FROM learning_lessonprogress WHERE enrolment_id = place;
    DELETE FROM learning_daytotal WHERE learner_id = learner AND training_class_id = class;
    RETURN cardinality(sessions);
END $$;
REVOKE ALL ON FUNCTION learning_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION learning_erase(bigint) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let what was learned be removed with its archive."""

    dependencies: ClassVar = [
        ("learning", "0012_unconfirmed"),
        ("ledger", "0006_forgetting"),
        ("enrolment", "0002_versions"),
    ]
    operations: ClassVar = [
        *(
            removable_if(f"learning_{table}", "ledger_erased", SESSION)
            for table in ("beat", "segment", "appeal", "correction")
        ),
        removable_if("learning_verdict", "ledger_erased", SEGMENT),
        removable_if("learning_appealstep", "ledger_erased", APPEAL),
        removable_if("learning_check", "ledger_erased", SESSION, trigger="stays"),
        migrations.RunSQL(ERASE, "DROP FUNCTION learning_erase(bigint);"),
    ]
