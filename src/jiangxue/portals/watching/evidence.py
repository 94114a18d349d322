"""One piece of evidence as a line: its day, its time of day, and what was seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.rules.anomalies import AnomalyKind, Evidence
from jiangxue.ui.durations import duration, seconds
from jiangxue.ui.faces import SIGNS, word_of
from jiangxue.ui.masking import masked_address


@dataclass(frozen=True, slots=True)
class Line:
    """A line of evidence in words."""

    day: date
    time: str
    text: str


def line_of(kind: AnomalyKind, seen: Evidence, name_of: Callable[[int], str]) -> Line:
    """Return a piece of evidence in words; network addresses are masked, and somebody else is called by `name_of`."""
    return Line(date.fromordinal(seen.day), _time(kind, seen), _text(kind, seen, name_of))


def _time(kind: AnomalyKind, seen: Evidence) -> str:
    if seen.at_ms is None:
        return ""
    if kind is AnomalyKind.STARTS_TOGETHER:
        return _time_of_day(seen.at_ms, "%H:%M:%S.%f")[:-3]
    if seen.until_ms is None:
        return _time_of_day(seen.at_ms)
    return f"{_time_of_day(seen.at_ms)} – {_time_of_day(seen.until_ms)}"


def _text(kind: AnomalyKind, seen: Evidence, name_of: Callable[[int], str]) -> str:
    match kind:
        case AnomalyKind.SHARED_DEVICE | AnomalyKind.SHARED_ADDRESS | AnomalyKind.STARTS_TOGETHER:
            return " · ".join(word for word in (seen.device, masked_address(seen.address)) if word)
        case AnomalyKind.QUICK_ANSWERS | AnomalyKind.STEADY_ANSWERS:
            return _("answered in %(time)s") % {"time": _seconds(seen.ms)}
        case AnomalyKind.MEASURES_APART:
            measures = {"server": _seconds(seen.ms), "page": _seconds(seen.other_ms)}
            return _("server %(server)s, page %(page)s") % measures
        case AnomalyKind.MISSES_ON_DAY | AnomalyKind.MISSES_IN_PERIOD:
            return _("check-in missed")
        case AnomalyKind.UNBROKEN_DAYS:
            return _("credited %(credited)s") % {"credited": duration(seen.ms or 0)}
        case _:
            return _of_face(kind, seen, name_of)


def _of_face(kind: AnomalyKind, seen: Evidence, name_of: Callable[[int], str]) -> str:
    match kind:
        case AnomalyKind.ENROLMENT_NOT_THE_LEARNER:
            return _("not the person of the document")
        case AnomalyKind.CORRECTED_AFTER_COMPARED:
            return _("name or number corrected")
        case AnomalyKind.SAME_FACE:
            assert seen.other is not None
            words = {"other": name_of(seen.other), "share": _percent(seen.permille)}
            return _("alike to %(other)s, likeness %(share)s") % words
        case AnomalyKind.NEAR_THE_LIMIT:
            words = {"share": _percent(seen.permille), "limit": _percent(seen.other_permille)}
            return _("likeness %(share)s, passed from %(limit)s") % words
        case AnomalyKind.CAMERA_ODDITIES:
            said = [seen.camera, "、".join(str(word_of(SIGNS, sign)) for sign in seen.signs)]
            return " · ".join(filter(None, said)) or _("camera without a name")
        case _:
            return _("colours could not be told")


def _percent(permille: int | None) -> str:
    return f"{(permille or 0) / 10:.1f} %"


def _seconds(ms: int | None) -> str:
    return seconds(ms or 0)


def _time_of_day(at_ms: int, form: str = "%H:%M:%S") -> str:
    return timezone.localtime(from_ms(at_ms)).strftime(form)
