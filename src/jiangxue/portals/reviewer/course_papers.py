"""What the papers of a version say, in rows of a label and words."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.courseware.rules.content import CourseContent, Facts, PlannedItem
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.services.paper_words import (
    basis_said,
    fee_said,
    hours_said,
    occupation_said,
    supplier_said,
)
from jiangxue.ui.course_words import LEVELS, MODES, PROJECT_TYPES


def papers_shown(content: CourseContent, pace: Pace) -> list[dict[str, str]]:
    """Return what the papers say, leaving out what nobody has entered."""
    rows = (*_of_facts(content.facts, pace), *_of_lists(content, pace))
    return [{"label": label, "text": text} for label, text in rows if text]


def proofs_shown(content: CourseContent, version_id: int) -> list[dict[str, str]]:
    """Return the licences that have a proof, each with the address of its page."""
    return [
        {"title": each.title, "url": reverse("reviewer:licence", args=(version_id, number))}
        for number, each in enumerate(content.licences, 1)
        if each.proof_sha256
    ]


def _of_facts(facts: Facts, pace: Pace) -> Iterator[tuple[str, str]]:
    yield _("Introduction"), facts.summary
    yield _("Occupation"), occupation_said(facts)
    yield _("Level"), str(LEVELS[facts.level]) if facts.level else ""
    yield _("Special ability"), facts.special_ability
    yield _("Project type"), str(PROJECT_TYPES[facts.project_type]) if facts.project_type else ""
    yield _("Basis"), basis_said(facts)
    yield _("Target group"), facts.target_group
    yield _("Entry conditions"), facts.entry_conditions
    yield _("Goals"), facts.goals
    yield _("Online hours"), hours_said(facts.hours.online, pace)
    yield _("Live hours"), hours_said(facts.hours.live, pace) if facts.hours.live else ""
    yield _("Practice hours"), hours_said(facts.hours.practice, pace) if facts.hours.practice else ""
    yield _("Methods"), facts.methods
    yield _("Materials"), facts.materials
    yield _("Fee"), fee_said(facts)
    yield _("Supplier"), supplier_said(facts)


def _of_lists(content: CourseContent, pace: Pace) -> Iterator[tuple[str, str]]:
    yield _("Live and practice items"), _lines(_planned(item, pace) for item in content.planned)
    yield _("Assessment scheme"), _lines((f"{part.name} {part.weight}%", part.method) for part in content.assessment)
    yield _("Lecturers"), _lines((each.name, each.qualification) for each in content.lecturers)
    yield (
        _("Licences"),
        _lines(
            (each.title, each.holder, each.valid_until.isoformat() if each.valid_until else _("without end"))
            for each in content.licences
        ),
    )


def _planned(item: PlannedItem, pace: Pace) -> tuple[str, ...]:
    return (str(MODES[item.mode]), item.title, hours_said(item.hours, pace), item.place, item.work_content)


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(" · ".join(filter(None, row)) for row in rows)
