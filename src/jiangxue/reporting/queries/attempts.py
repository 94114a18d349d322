"""The sheet of lesson tests (课节测验): a row for each attempt that was handed in or ran out. Clauses T0, T1.3."""

from django.utils.translation import gettext as _

from jiangxue.reporting.queries.people import CLASSES, PERSON, TAUGHT, class_cells, person_cells, plain, word
from jiangxue.reporting.queries.scope import PLACES, Scope
from jiangxue.reporting.queries.sheets import Plan, Sheet, moment_key, uuid_key
from jiangxue.reporting.rules.sheets import Kind
from jiangxue.ui.report_words import ATTEMPTS

_ATTEMPTS = """
JOIN assessment_attempt AS attempt ON attempt.enrolment_id = place.id AND attempt.outcome IN ('submitted', 'expired')
    AND attempt.ended_at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND attempt.ended_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
"""
_SELECT = f"""
{PERSON}, {TAUGHT}, lesson.title AS lesson, attempt.begun_at, attempt.ended_at, attempt.score, attempt.pass_percent,
CASE WHEN attempt.passed THEN 'passed' WHEN attempt.outcome = 'expired' THEN 'expired' ELSE 'failed' END AS came_to
"""


def attempts(scope: Scope, *, masked: bool) -> Sheet:
    """Return the attempts at tests of a scope."""
    return Sheet(
        name="tests",
        title=_("Lesson tests"),
        cells=(
            plain("ended_at", _("Handed in at"), Kind.MOMENT),
            *person_cells(masked=masked),
            *class_cells(),
            plain("lesson", _("Lesson")),
            plain("begun_at", _("Begun at"), Kind.MOMENT),
            word("came_to", _("Result"), ATTEMPTS),
            plain("score", _("Mark reached"), Kind.NUMBER),
            plain("pass_percent", _("Pass mark"), Kind.NUMBER),
        ),
        scope=scope,
        plan=Plan(
            select=_SELECT,
            source=f"{PLACES} {_ATTEMPTS}",
            where=scope.where,
            keys=(moment_key("attempt.ended_at"), uuid_key("attempt.id")),
            beside=f"{CLASSES} JOIN courseware_lesson AS lesson ON lesson.id = attempt.lesson_id",
        ),
        sums=lambda _scope: {},
    )
