"""Row-level security of what was learned. Decision 0045."""

from django.db import migrations

from jiangxue.djangokit.row_security import seen_where, seen_with


class Migration(migrations.Migration):
    dependencies = [("learning", "0018_checks_for_people"), ("enrolment", "0009_row_security")]

    operations = [
        seen_with("learning_studysession", "enrolment_id", "enrolment_enrolment"),
        seen_with("learning_lessonprogress", "enrolment_id", "enrolment_enrolment"),
        seen_with("learning_identitystatement", "enrolment_id", "enrolment_enrolment"),
        seen_with("learning_identityreview", "statement_id", "learning_identitystatement"),
        seen_with("learning_recomputation", "training_class_id", "enrolment_trainingclass"),
        seen_where(
            "learning_daytotal",
            "learner_id = (SELECT scope_account()) OR EXISTS (SELECT FROM enrolment_trainingclass parent"
            " WHERE parent.id = training_class_id AND parent.institution_id = ANY ((SELECT scope_institutions())::bigint[]))",
        ),
        seen_with("learning_segment", "session_id", "learning_studysession"),
        seen_with("learning_beat", "session_id", "learning_studysession"),
        seen_with("learning_verdict", "segment_id", "learning_segment"),
        seen_with("learning_check", "session_id", "learning_studysession"),
        seen_with("learning_facereviewstep", "check_id", "learning_check"),
        seen_with("learning_appeal", "session_id", "learning_studysession"),
        seen_with("learning_appealpicture", "appeal_id", "learning_appeal"),
        seen_with("learning_appealstep", "appeal_id", "learning_appeal"),
        seen_with("learning_correction", "session_id", "learning_studysession"),
    ]
