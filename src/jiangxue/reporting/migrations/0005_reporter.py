"""What the reporter may read: what statistics are made of, and no more of a person than they are counted by. Decision 0045."""

from django.db import migrations

READS = (
    *(
        f"reporting_{each}"
        for each in ("classday", "lastlook", "placeattendance", "placeday", "placestanding", "placetotal")
    ),
    *("archive_freeze", "archive_freezeend", "learning_daytotal", "organisations_region"),
    "accounts_account (id, name, restricted_at)",
    "accounts_identity (account_id, id_type, sex, born_in)",
    "archive_settledplace (enrolment_id, ordinal, hours)",
    "assessment_attempt (enrolment_id, ended_at, outcome, passed, score)",
    "audit_auditentry (action, result, at, actor_id)",
    "courseware_courseversion (id, title, occupation_code, occupation_name, level)",
    'enrolment_enrolment (id, training_class_id, learner_id, "group", education, left_at, erased_at)',
    "enrolment_trainingclass (id, institution_id, course_id, version_id, name, opens_on, closes_on, closed_at)",
    "learning_check (id, session_id, kind, outcome, asked_at)",
    "learning_studysession (id, enrolment_id, opened_at)",
    "organisations_organisation (id, name, region_id)",
    "rating_courserating (enrolment_id, stars, rated_at)",
)


UNDER_POLICIES = (
    *(f"reporting_{each}" for each in ("classday", "placeattendance", "placeday", "placestanding", "placetotal")),
    *("accounts_identity", "archive_freeze", "archive_freezeend", "archive_settledplace", "assessment_attempt"),
    *("enrolment_enrolment", "enrolment_trainingclass", "learning_check", "learning_daytotal", "learning_studysession"),
)
"""Those of them that are under row-level security: of these it reads all rows."""


def _granted(what: str) -> str:
    table, _, columns = what.partition(" ")
    return f"SELECT {columns} ON {table}"


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_row_security"),
        ("archive", "0005_hours_of_all_modes"),
        ("assessment", "0004_row_security"),
        ("audit", "0007_sign_ins"),
        ("courseware", "0005_catalogue"),
        ("learning", "0019_row_security"),
        ("rating", "0002_erasing"),
    ]

    operations = [
        migrations.RunSQL(
            [
                "GRANT USAGE ON SCHEMA public TO jiangxue_reporter",
                *(f"GRANT {_granted(each)} TO jiangxue_reporter" for each in READS),
                *(
                    f"CREATE POLICY {table}_added_up ON {table} FOR SELECT TO jiangxue_reporter USING (true)"
                    for table in UNDER_POLICIES
                ),
            ],
            reverse_sql=[
                *(f"DROP POLICY {table}_added_up ON {table}" for table in UNDER_POLICIES),
                *(f"REVOKE {_granted(each)} FROM jiangxue_reporter" for each in READS),
                "REVOKE USAGE ON SCHEMA public FROM jiangxue_reporter",
            ],
        )
    ]
