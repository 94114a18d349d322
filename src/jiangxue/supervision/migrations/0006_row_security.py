"""Row-level security of cases, orders, proofs and samples. Decision 0045."""

from django.db import migrations

from jiangxue.djangokit.row_security import seen_where, seen_with

_OF_INSTITUTION = "institution_id = ANY ((SELECT scope_institutions())::bigint[])"
_OF_OWN_REGION = "starts_with(region, (SELECT CASE WHEN scope_part(1) = 'region' THEN nullif(scope_part(2), '') END))"
"""An institution may have moved since: its old authority still sees what it ordered."""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0005_worth_a_look"), ("enrolment", "0009_row_security")]

    operations = [
        seen_with("supervision_case", "enrolment_id", "enrolment_enrolment"),
        seen_with("supervision_casestep", "case_id", "supervision_case", "freeze_id"),
        seen_with("supervision_casepicture", "step_id", "supervision_casestep"),
        seen_with("supervision_hoursproof", "enrolment_id", "enrolment_enrolment"),
        seen_where("supervision_rectificationorder", f"{_OF_INSTITUTION} OR {_OF_OWN_REGION}"),
        seen_with("supervision_orderstep", "order_id", "supervision_rectificationorder"),
        seen_with("supervision_orderfile", "step_id", "supervision_orderstep"),
        seen_with("supervision_worthalook", "training_class_id", "enrolment_trainingclass"),
        seen_with("supervision_drawn", "enrolment_id", "enrolment_enrolment"),
        seen_with("supervision_drawnword", "drawn_id", "supervision_drawn"),
    ]
