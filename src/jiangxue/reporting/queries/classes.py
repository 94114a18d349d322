"""The sheet of classes (班级): a row for each class of a scope, with those of its places that the filter chooses."""

from django.utils.translation import gettext as _

from jiangxue.reporting.queries.people import CLASSES, TAUGHT, aim_cells, class_cells, plain
from jiangxue.reporting.queries.scope import LEARNER_STATE, Scope
from jiangxue.reporting.queries.sheets import Plan, Sheet, day_key, id_key
from jiangxue.reporting.queries.time_cells import HELD, SETTLED, time_cells
from jiangxue.reporting.rules.sheets import Column, Kind
from jiangxue.ui.report_words import CLASS_STATES


def _places(scope: Scope) -> str:
    """Return the lateral that counts the chosen places of one class and adds up what they hold.

    Inside it `class` is the class of a place; the one that is shown is called so outside as well, and therefore `shown` too.
    """
    return f"""
LEFT JOIN LATERAL (
    SELECT count(*) AS enrolled, count(*) FILTER (WHERE {LEARNER_STATE} = 'learning') AS learning,
        count(*) FILTER (WHERE {LEARNER_STATE} = 'finished') AS finished,
        count(*) FILTER (WHERE {LEARNER_STATE} = 'unfinished') AS unfinished,
        count(*) FILTER (WHERE {LEARNER_STATE} = 'left') AS gone, count(settled.hours) AS settled,
        sum(held.credited)::bigint AS credited, sum(held.effective)::bigint AS effective,
        sum(held.corrected)::bigint AS corrected, sum(held.refused)::bigint AS refused,
        sum(settled.hours)::bigint AS recognised
    {scope.places(f"{HELD} {SETTLED}", "AND place.training_class_id = shown.id")}
) AS sums ON true
"""


def classes_sheet(scope: Scope, *, masked: bool) -> Sheet:
    """Return the classes of a scope; nothing of it is personal."""
    return Sheet(
        name="classes",
        title=_("Classes"),
        cells=(
            *class_cells(),
            *aim_cells(),
            plain("opens_on", _("First day"), Kind.DAY),
            plain("closes_on", _("Last day"), Kind.DAY),
            (Column("state", _("State"), Kind.TEXT), lambda raw: str(CLASS_STATES[scope.states[raw["class_id"]]])),
            plain("enrolled", _("Enrolled learners"), Kind.NUMBER),
            plain("learning", _("Still learning"), Kind.NUMBER),
            plain("finished", _("All lessons finished"), Kind.NUMBER),
            plain("unfinished", _("Over without finishing"), Kind.NUMBER),
            (Column("left", _("Have left"), Kind.NUMBER), lambda raw: raw["gone"]),
            plain("settled", _("Hours recognised for"), Kind.NUMBER),
            *time_cells(),
            plain("recognised", _("Hours recognised"), Kind.HOURS),
        ),
        scope=scope,
        plan=Plan(
            select=f"class.id AS class_id, {TAUGHT}, version.content #>> '{{facts,project_type}}' AS project, sums.*",
            source="FROM enrolment_trainingclass AS class JOIN enrolment_trainingclass AS shown ON shown.id = class.id",
            where="WHERE class.id = ANY(%(classes)s)",
            keys=(day_key("class.opens_on"), id_key("class.id")),
            beside=f"{CLASSES} {_places(scope)}",
        ),
    )
