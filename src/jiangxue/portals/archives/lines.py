"""The lists of an archive in words: lessons, tests, appeals, ratings, versions. Clauses T1.3, T8.1."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.queries import names_of
from jiangxue.accounts.queries.consents import text_of
from jiangxue.accounts.rules.consents import PURPOSES
from jiangxue.archive.rules.disputed import Appeal, Step
from jiangxue.archive.rules.dossier import Attempt, Dossier, Lesson
from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.kernel.clock import from_ms
from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.appeals import Result, StepKind
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.portals.explaining import RESULTS, STEPS
from jiangxue.portals.figures import figures_of
from jiangxue.portals.lengths import length_said
from jiangxue.portals.stars import STANDING_LABELS, drawn, stars_said
from jiangxue.rating.rules.drafts import Standing
from jiangxue.ui.course_words import KINDS
from jiangxue.ui.durations import duration
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import ROLE_LABELS, recorded_role

OUTCOMES: dict[str, str | Promise] = {
    "": gettext_lazy("begun, not handed in yet"),
    "submitted": gettext_lazy("handed in"),
    "expired": gettext_lazy("not handed in in time"),
    "withdrawn": gettext_lazy("withdrawn with its course, does not count"),
}

type People = Mapping[int, str]
"""Names of those who decided something, masked, by account."""


def people_of(dossier: Dossier) -> People:
    """Return the names of all staff that the archive speaks of."""
    named = {step.by for appeal in dossier.appeals for step in appeal.steps}
    named |= {word.by for word in dossier.words}
    for case in dossier.cases:
        named |= {case.values["by"], *(step.by for step in case.steps if step.by is not None)}
    named |= {each.values["by"] for each in dossier.attendance if "by" in each.values}
    for settled in dossier.settlements:
        named |= {settled.values["proposed_by"], settled.values["confirmed_by"]}
    return {pk: masked_name(name) for pk, name in names_of(named - {None}).items()}


def lesson_title(dossier: Dossier, lesson_id: int) -> str:
    """Return what a lesson is called, by its number in archives that do not describe it."""
    lesson = dossier.lessons.get(lesson_id)
    return lesson.title if lesson else _("lesson no. {number}").format(number=lesson_id)


def lesson_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the lessons of the outline, then others in which time was spent: what was learned of each, and how its test went."""
    spent: dict[int, list[Stretch]] = {}
    lengths: dict[int, int] = {}
    for session in dossier.sessions:
        spent.setdefault(session.lesson_id, []).extend(session.stretches)
        lengths[session.lesson_id] = session.length_ms
    outline = {lesson.lesson_id: lesson for lesson in dossier.outline}
    return [
        {
            "title": lesson_title(dossier, lesson_id),
            "module": outline[lesson_id].module if lesson_id in outline else "",
            "kind_label": KINDS[outline[lesson_id].kind] if lesson_id in outline else "",
            "is_taught": lesson_id in outline or not outline,
            "length": _length_said(outline.get(lesson_id), lengths.get(lesson_id, 0)),
            "figures": figures_of(spent.get(lesson_id, [])),
            "test": _test_of(dossier, lesson_id),
        }
        for lesson_id in [*outline, *sorted(spent.keys() - outline.keys())]
    ]


def _length_said(lesson: Lesson | None, opened_ms: int) -> str:
    """Return how long a lesson is, of a document by the pace at which it was opened: 3 分 20 秒, 12 页."""
    if lesson is not None:
        return length_said(Extent(LessonKind(lesson.kind), lesson.length_ms, lesson.pages))
    return duration(opened_ms) if opened_ms else "—"


def _test_of(dossier: Dossier, lesson_id: int) -> str:
    """Say how the test of a lesson went; empty where none was taken."""
    marked = [each for each in dossier.attempts if each.lesson_id == lesson_id and each.score is not None]
    if not marked:
        return ""
    best = max(marked, key=lambda each: (bool(each.passed), each.score or 0))
    text = _("passed with {score} points") if best.passed else _("not passed, {score} points")
    return text.format(score=best.score)


def attempt_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the attempts at tests in the order in which they were begun."""
    return [_attempt(dossier, attempt) for attempt in dossier.attempts]


def _attempt(dossier: Dossier, attempt: Attempt) -> dict[str, Any]:
    return {
        "lesson_title": lesson_title(dossier, attempt.lesson_id),
        "begun_at": from_ms(attempt.begun_at_ms),
        "ended_at": from_ms(attempt.ended_at_ms) if attempt.ended_at_ms is not None else None,
        "outcome_label": OUTCOMES[attempt.outcome],
        "questions": len(attempt.answers),
        "answered": sum(option is not None for _, option, _ in attempt.answers),
        "right_answers": attempt.right_answers,
        "score": attempt.score,
        "pass_percent": attempt.pass_percent,
        "passed": attempt.passed,
    }


def appeal_lines(dossier: Dossier, people: People) -> list[dict[str, Any]]:
    """Return the appeals with every step."""
    return [_appeal(dossier, appeal, people) for appeal in dossier.appeals]


def _appeal(dossier: Dossier, appeal: Appeal, people: People) -> dict[str, Any]:
    opening = {
        "role_label": ROLE_LABELS[Role.LEARNER],
        "name": "",
        "at": from_ms(appeal.opened_at_ms),
        "act": _("appeals"),
        "text": appeal.text,
    }
    return {
        "day": appeal.day,
        "from_at": from_ms(appeal.start_ms),
        "to_at": from_ms(appeal.end_ms),
        "kind": appeal.reason,
        "ms": appeal.end_ms - appeal.start_ms,
        "picture": (appeal.picture or "")[:16],
        "corrected_ms": appeal.corrected_ms,
        "steps": [opening, *(_step(step, people) for step in appeal.steps)],
    }


def _step(step: Step, people: People) -> dict[str, Any]:
    return {
        "role_label": recorded_role(step.role),
        "name": people.get(step.by, ""),
        "at": from_ms(step.at_ms),
        "act": STEPS[StepKind(step.kind)],
        "text": step.text,
        "result": RESULTS[Result(step.result)] if step.result else "",
        "ms": step.ms,
    }


def rating_lines(dossier: Dossier, *, masked: bool) -> list[dict[str, Any]]:
    """Return what the learner thought of the course, in order; words that are held or hidden are quoted to their author alone."""
    return [
        {
            "at": from_ms(rating.at_ms),
            "drawn": drawn(rating.stars),
            "said": stars_said(rating.stars),
            "comment": "" if masked and rating.standing != Standing.SHOWN else rating.comment,
            "standing_label": STANDING_LABELS[Standing(rating.standing)] if rating.comment else "",
            "hidden_for": rating.hidden_for,
        }
        for rating in dossier.ratings
    ]


def change_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return when the class went on by another version of its course."""
    return [{"at": from_ms(at_ms)} for at_ms, _before, _after in dossier.versions_changed]


def consent_lines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return what the learner agreed to and agreed to no longer, in order; a purpose that is asked no more goes by its name."""
    titles = {purpose.value: text_of(purpose).title for purpose in PURPOSES}
    return [
        {
            "at": from_ms(each.at_ms),
            "title": titles.get(each.purpose, each.purpose),
            "version": each.version,
            "is_given": each.is_given,
        }
        for each in dossier.consents
    ]
