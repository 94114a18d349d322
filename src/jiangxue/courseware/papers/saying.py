"""How papers say hours, lengths, versions and what a course is: the same in each of them."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.courseware.rules.content import HOUR_PARTS, CourseContent, Fee, Mode, TaughtLesson
from jiangxue.courseware.rules.content import Facts as CourseFacts
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.lengths import MINUTE_MS, Pace
from jiangxue.courseware.rules.paper_facts import PaperFacts
from jiangxue.typesetting.words import plain
from jiangxue.ui.course_words import FEES, LEVELS, MODES, PRIORITY_GROUPS
from jiangxue.ui.durations import duration
from jiangxue.ui.listing import listed

SHORT_HASH = 12
_LONGEST_IN_HEAD = 24


def hours_said(hours: int, pace: Pace) -> str:
    """Return hours with the minutes in brackets: 8.00 学时（360 分钟）."""
    return _("%(hours)s class hours (%(minutes)d min)") % {
        "hours": hours_alone(hours),
        "minutes": _minutes(pace.declared_ms(hours)),
    }


def _minutes(length_ms: int) -> int:
    """Return whole minutes, rounded; less than one is one, because nothing would be untrue."""
    return max(min(length_ms, 1), (length_ms + MINUTE_MS // 2) // MINUTE_MS)


def length_as_hours(length_ms: int, pace: Pace) -> str:
    """Return a measured length as hours, rounded down, with its own minutes in brackets."""
    return _("%(hours)s class hours (%(minutes)d min)") % {
        "hours": hours_alone(pace.hours(length_ms)),
        "minutes": _minutes(length_ms),
    }


def hours_alone(hours: int) -> str:
    """Return hours as a figure of two decimals."""
    return f"{hours // HOUR_PARTS}.{hours % HOUR_PARTS:02d}"


def lesson_length(lesson: TaughtLesson) -> str:
    """Return a lesson's length in the words of its kind: 45 分, or 60 页."""
    if lesson.kind is LessonKind.DOCUMENT:
        return ngettext("%(pages)d page", "%(pages)d pages", lesson.pages) % {"pages": lesson.pages}
    return duration(lesson.length_ms)


def aim_said(facts: CourseFacts) -> str:
    """Return that to which a course leads: 电工 · 四级/中级工, or a special ability."""
    occupation = plain(facts.occupation.name) if facts.occupation else ""
    if facts.special_ability:
        ability = _("%(ability)s (special ability)") % {"ability": plain(facts.special_ability)}
        return f"{occupation} · {ability}" if occupation else ability
    return f"{occupation} · {LEVELS[facts.level]}" if facts.level else occupation


def occupation_said(facts: CourseFacts) -> str:
    """Return the occupation with its code, or nothing."""
    return f"{plain(facts.occupation.name)} {plain(facts.occupation.code)}" if facts.occupation else ""


def basis_said(facts: CourseFacts) -> str:
    """Return the standard with its number and edition."""
    return " ".join(plain(part) for part in (facts.basis.name, facts.basis.number, facts.basis.edition) if part)


def fee_said(facts: CourseFacts) -> str:
    """Return who pays, and for which groups nobody does."""
    if facts.fee is not Fee.FREE_FOR_GROUPS:
        return str(FEES[facts.fee])
    return _("Free for: %(groups)s") % {"groups": listed(*(PRIORITY_GROUPS[group] for group in facts.free_for))}


def supplier_said(facts: CourseFacts) -> str:
    """Return whether the resources are the institution's own or imported, and from whom."""
    if not facts.is_imported:
        return _("Own resources")
    return (
        _("Imported resources, from %(supplier)s") % {"supplier": plain(facts.supplier)}
        if facts.supplier
        else _("Imported resources")
    )


def modes_said(content: CourseContent, pace: Pace) -> tuple[tuple[Mode, str, str], ...]:
    """Return each mode that has declared hours, with its name and its hours."""
    hours = content.facts.hours
    declared = {Mode.ONLINE: hours.online, Mode.LIVE: hours.live, Mode.PRACTICE: hours.practice}
    return tuple((mode, str(MODES[mode]), hours_said(each, pace)) for mode, each in declared.items() if each)


def version_said(facts: PaperFacts) -> str:
    """Return the version's number, or that it is a draft."""
    return _("Version %(version)d") % {"version": facts.version} if facts.version is not None else _("Draft")


def head_of(title: str, facts: PaperFacts) -> tuple[str, str]:
    """Return what stands at the head of every page: the course on the left, its version and short hash on the right."""
    short = title if len(title) <= _LONGEST_IN_HEAD else title[: _LONGEST_IN_HEAD - 1] + "…"
    return short, " · ".join(part for part in (version_said(facts), hash_said(facts.sha256)) if part)


def hash_said(sha256: str) -> str:
    """Return the beginning of a hash, enough to tell versions apart, or nothing."""
    return _("hash %(hash)s") % {"hash": sha256[:SHORT_HASH]} if sha256 else ""


def whole_hash(sha256: str) -> str:
    """Return a hash in two lines, so that no line of a paper ends somewhere within it."""
    half = len(sha256) // 2
    return f"{sha256[:half]}\n{sha256[half:]}" if sha256 else ""


def day(value: date | None) -> str:
    """Return a day as it is written everywhere, or nothing."""
    return value.isoformat() if value else ""


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in plain(text).split("\n") if line.strip())
