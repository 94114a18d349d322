"""What the papers of a version say, in rows of a label and words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jiangxue.courseware.rules.content import HOUR_PARTS, CourseContent, Facts, Fee
from jiangxue.ui.course_words import FEES, LEVELS, MODES, PRIORITY_GROUPS, PROJECT_TYPES


def papers_shown(content: CourseContent) -> list[dict[str, str]]:
    """Return what the papers say, leaving out what nobody has entered."""
    rows = (*_of_facts(content.facts), *_of_lists(content))
    return [{"label": label, "text": text} for label, text in rows if text]


def hours_said(hundredths: int) -> str:
    """Return hours as they are declared: 8.00 学时."""
    return _("%(hours).2f class hours") % {"hours": hundredths / HOUR_PARTS}


def _of_facts(facts: Facts) -> Iterator[tuple[str, str]]:
    yield _("Introduction"), facts.summary
    occupation = facts.occupation
    yield _("Occupation"), f"{occupation.name}（{occupation.code}）" if occupation else ""
    yield _("Level"), str(LEVELS[facts.level]) if facts.level else ""
    yield _("Special ability"), facts.special_ability
    yield _("Project type"), str(PROJECT_TYPES[facts.project_type]) if facts.project_type else ""
    yield _("Basis"), " ".join(filter(None, (facts.basis.name, facts.basis.number, facts.basis.edition)))
    yield _("Target group"), facts.target_group
    yield _("Entry conditions"), facts.entry_conditions
    yield _("Goals"), facts.goals
    hours = facts.hours
    yield _("Online hours"), hours_said(hours.online)
    yield _("Live hours"), hours_said(hours.live) if hours.live else ""
    yield _("Practice hours"), hours_said(hours.practice) if hours.practice else ""
    yield _("Methods"), facts.methods
    yield _("Materials"), facts.materials
    groups = "、".join(str(PRIORITY_GROUPS[group]) for group in facts.free_for)
    yield _("Fee"), f"{FEES[facts.fee]}：{groups}" if facts.fee is Fee.FREE_FOR_GROUPS else str(FEES[facts.fee])
    yield _("Supplier"), facts.supplier


def _of_lists(content: CourseContent) -> Iterator[tuple[str, str]]:
    yield (
        _("Live and practice items"),
        "\n".join(
            " · ".join(
                filter(None, (str(MODES[item.mode]), item.title, hours_said(item.hours), item.place, item.work_content))
            )
            for item in content.planned
        ),
    )
    yield (
        _("Assessment scheme"),
        "\n".join(
            " · ".join(filter(None, (f"{part.name} {part.weight}%", part.method))) for part in content.assessment
        ),
    )
    yield (
        _("Lecturers"),
        "\n".join(" · ".join(filter(None, (each.name, each.qualification))) for each in content.lecturers),
    )
    yield (
        _("Licences"),
        "\n".join(
            " · ".join(
                filter(
                    None,
                    (each.title, each.holder, each.valid_until.isoformat() if each.valid_until else _("without end")),
                )
            )
            for each in content.licences
        ),
    )
