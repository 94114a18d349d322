"""The time parameters as people read and write them: group, label, unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from enum import Enum
from unicodedata import normalize

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.policies.rules.time_policy import RANGES
from jiangxue.ui.durations import duration


class Group(Enum):
    """What belongs together on a page."""

    LIMITS = "limits"
    SIGN_OUT = "sign_out"
    CHECKS = "checks"
    FACES = "faces"
    REVIEW = "review"
    TESTS = "tests"
    CLASSES = "classes"
    CASES = "cases"
    TECHNICAL = "technical"


GROUP_LABELS: dict[Group, str | Promise] = {
    Group.LIMITS: gettext_lazy("Counting and limits"),
    Group.SIGN_OUT: gettext_lazy("Automatic sign-out"),
    Group.CHECKS: gettext_lazy("Random check-ins"),
    Group.FACES: gettext_lazy("Face checks"),
    Group.REVIEW: gettext_lazy("Review of check-ins"),
    Group.TESTS: gettext_lazy("Lesson tests"),
    Group.CLASSES: gettext_lazy("Opening of classes"),
    Group.CASES: gettext_lazy("Cases of the supervisor"),
    Group.TECHNICAL: gettext_lazy("Technical parameters"),
}


class Unit(Enum):
    """What a number is written in."""

    MINUTES = "minutes"
    SECONDS = "seconds"
    PERMILLE = "permille"
    PERCENT = "percent"
    TIMES = "times"
    PARTS = "parts"
    POINTS = "points"
    WORKING_DAYS = "working_days"
    CLOCK = "clock"
    SWITCH = "switch"


UNIT_LABELS: dict[Unit, str | Promise] = {
    Unit.MINUTES: gettext_lazy("min"),
    Unit.SECONDS: gettext_lazy("s"),
    Unit.PERMILLE: "%",
    Unit.PERCENT: "%",
    Unit.TIMES: gettext_lazy("times"),
    Unit.PARTS: gettext_lazy("parts"),
    Unit.POINTS: gettext_lazy("points"),
    Unit.WORKING_DAYS: gettext_lazy("working days"),
    Unit.CLOCK: gettext_lazy("o'clock"),
    Unit.SWITCH: "",
}
_FINEST, _MOST = Decimal("0.001"), 10**12
_SWITCHED: dict[int, str | Promise] = {1: gettext_lazy("on"), 0: gettext_lazy("off")}
_ONE = {Unit.MINUTES: 60_000, Unit.SECONDS: 1_000, Unit.PERMILLE: 10}
"""How much of a stored number makes one of what is written; the others are stored as they are written."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name in the policy, and how it is called and written on pages."""

    name: str
    group: Group
    unit: Unit
    label: str | Promise

    @property
    def unit_label(self) -> str:
        """Return the word behind the number."""
        return str(UNIT_LABELS[self.unit])

    def written(self, value: int) -> str:
        """Return a stored value as it stands in a form: 90_000 ms are 1.5 minutes, 390 minutes after midnight 06:30."""
        if self.unit is Unit.CLOCK:
            return f"{value // 60:02d}:{value % 60:02d}"
        if self.unit is Unit.SWITCH:
            return str(_SWITCHED[value])
        return _number((Decimal(value) / _ONE.get(self.unit, 1)).quantize(_FINEST))

    def stored(self, text: str) -> int | None:
        """Return the value that a written number stands for, in any width; None for what is no number that can be kept.

        Minutes are taken to the second, so that 85 s, which no decimal of minutes says exactly, come back as they were.
        """
        if self.unit is Unit.CLOCK:
            return _minute_of_day(text)
        if self.unit is Unit.SWITCH:
            return _switched(text)
        try:
            value = Decimal(normalize("NFKC", text).strip()) * _ONE.get(self.unit, 1)
        except DecimalException:
            return None
        if self.unit is Unit.MINUTES and value.is_finite() and abs(value) < _MOST:
            value = (value / 1_000).to_integral_value() * 1_000
        return int(value) if value.is_finite() and abs(value) < _MOST and value == int(value) else None

    def said(self, value: int) -> str:
        """Return a value as people say it: 6 小时, 90 秒, 99%, 3 次."""
        if self.unit in {Unit.MINUTES, Unit.SECONDS}:
            return _time_said(value)
        if self.unit in {Unit.PERMILLE, Unit.PERCENT}:
            return f"{self.written(value)}%"
        if self.unit in {Unit.CLOCK, Unit.SWITCH}:
            return self.written(value)
        return f"{value} {self.unit_label}"

    @property
    def options(self) -> list[tuple[str, str]]:
        """Return what a switch is chosen from, as it is written and as it is said; nothing for what is no switch."""
        return [(str(word), str(word)) for word in _SWITCHED.values()] if self.unit is Unit.SWITCH else []

    @property
    def range_said(self) -> str:
        """Return what may be written, in the unit of the form."""
        if self.unit is Unit.SWITCH:
            return _("on or off")
        low, high = RANGES[self.name]
        values = {"low": self.written(low), "high": self.written(high), "unit": self.unit_label}
        return _("%(low)s to %(high)s %(unit)s") % values


def _minute_of_day(text: str) -> int | None:
    """Return the minutes since midnight of a time such as 06:30, in any width; 24:00 is the end of the day."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", normalize("NFKC", text).strip())
    if found is None or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + int(found[2])


def _switched(text: str) -> int | None:
    """Return 1 for on and 0 for off, as words or numbers."""
    word = normalize("NFKC", text).strip()
    return next((value for value, name in _SWITCHED.items() if word in {str(name), str(value)}), None)


def _time_said(ms: int) -> str:
    """Write a length of time as a sentence takes it: 90 秒, 15 分钟, 6 小时 30 分."""
    if 0 < ms < 120_000 or ms % 1_000:
        return f"{_number(Decimal(ms) / 1_000)} {UNIT_LABELS[Unit.SECONDS]}"
    if ms < 3_600_000 and ms % 60_000 == 0:
        return f"{ms // 60_000} {UNIT_LABELS[Unit.MINUTES]}"
    return duration(ms)


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _group(group: Group, *of: tuple[str, Unit, str | Promise]) -> Iterator[Parameter]:
    return (Parameter(name, group, unit, label) for name, unit, label in of)


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        *_group(
            Group.LIMITS,
            ("day_cap_ms", Unit.MINUTES, gettext_lazy("Daily limit of a person")),
            ("class_day_cap_ms", Unit.MINUTES, gettext_lazy("Daily limit in one class")),
            ("hours_from_min", Unit.CLOCK, gettext_lazy("Learning hours begin")),
            ("hours_until_min", Unit.CLOCK, gettext_lazy("Learning hours end")),
            ("max_gap_ms", Unit.SECONDS, gettext_lazy("Longest silence that counts")),
            ("complete_permille", Unit.PERMILLE, gettext_lazy("Lesson counts as finished from")),
            ("page_ms", Unit.SECONDS, gettext_lazy("A page of a document counts")),
        ),
        *_group(
            Group.SIGN_OUT,
            ("idle_ask_ms", Unit.MINUTES, gettext_lazy("Readers of documents are asked after")),
            ("silent_close_ms", Unit.SECONDS, gettext_lazy("Sign-out after silence")),
            ("paused_close_ms", Unit.MINUTES, gettext_lazy("Sign-out after a pause")),
            ("jumps_to_close", Unit.TIMES, gettext_lazy("Sign-out after jumps")),
            ("jumps_window_ms", Unit.MINUTES, gettext_lazy("Time in which jumps are counted")),
        ),
        *_group(
            Group.CHECKS,
            ("check_least_ms", Unit.MINUTES, gettext_lazy("Least time between check-ins")),
            ("check_mean_ms", Unit.MINUTES, gettext_lazy("Average time between check-ins")),
            ("check_most_ms", Unit.MINUTES, gettext_lazy("Longest time between check-ins")),
            ("check_answer_ms", Unit.SECONDS, gettext_lazy("Time to answer")),
            ("check_expiry_ms", Unit.SECONDS, gettext_lazy("A check-in expires after")),
            ("check_attempts", Unit.TIMES, gettext_lazy("Attempts at one check-in")),
            ("check_void_ms", Unit.MINUTES, gettext_lazy("Not counted after the first miss of a day")),
            ("check_confirm_weight", Unit.PARTS, gettext_lazy("Share of pressing a button")),
            ("check_simple_weight", Unit.PARTS, gettext_lazy("Share of simple questions")),
            ("check_course_weight", Unit.PARTS, gettext_lazy("Share of questions on the course")),
        ),
        *_group(
            Group.FACES,
            ("face_checks", Unit.SWITCH, gettext_lazy("Face checks while learning")),
            ("face_least_ms", Unit.MINUTES, gettext_lazy("Least time between face checks")),
            ("face_mean_ms", Unit.MINUTES, gettext_lazy("Average time between face checks")),
            ("face_most_ms", Unit.MINUTES, gettext_lazy("Longest time between face checks")),
            ("face_first_of_day", Unit.SWITCH, gettext_lazy("At the first lesson of a day")),
            ("face_lesson_start", Unit.SWITCH, gettext_lazy("At the start of each lesson")),
            ("face_lesson_end", Unit.SWITCH, gettext_lazy("At the end of each lesson")),
            ("face_device_change", Unit.SWITCH, gettext_lazy("After a change of device")),
            ("face_break_ms", Unit.MINUTES, gettext_lazy("After a break longer than")),
            ("face_long_percent", Unit.PERCENT, gettext_lazy("Share of checks with full liveness")),
            ("face_attempts", Unit.TIMES, gettext_lazy("Attempts at one face check")),
            ("face_answer_ms", Unit.SECONDS, gettext_lazy("Time for one attempt")),
            ("face_expiry_ms", Unit.MINUTES, gettext_lazy("A face check expires after")),
            ("face_pass_permille", Unit.PERMILLE, gettext_lazy("Similarity of the same person from")),
            ("face_unclear_permille", Unit.PERMILLE, gettext_lazy("Similarity that is unclear from")),
            ("face_camera_labels", Unit.SWITCH, gettext_lazy("Refuse cameras with the name of camera software")),
            (
                "face_unavailable_most",
                Unit.TIMES,
                gettext_lazy("Face checks that could not be made, until staff confirm"),
            ),
        ),
        *_group(
            Group.REVIEW,
            ("review_misses", Unit.TIMES, gettext_lazy("Review from so many misses a day")),
            ("review_missed_percent", Unit.PERCENT, gettext_lazy("Review above this share of misses")),
        ),
        *_group(
            Group.TESTS,
            ("test_pass_percent", Unit.POINTS, gettext_lazy("Pass mark of a lesson test")),
            ("test_attempts_a_day", Unit.TIMES, gettext_lazy("Attempts at a lesson test a day")),
        ),
        *_group(
            Group.CLASSES,
            ("class_approval", Unit.SWITCH, gettext_lazy("The supervisor approves a class before it opens")),
            (
                "outside_checker",
                Unit.SWITCH,
                gettext_lazy("The authority is the second person of settlements and appeals"),
            ),
            ("class_licence", Unit.SWITCH, gettext_lazy("No class opens without a licence in force")),
        ),
        *_group(
            Group.CASES,
            ("case_answer_days", Unit.WORKING_DAYS, gettext_lazy("Time to explain in a case")),
            ("case_days", Unit.WORKING_DAYS, gettext_lazy("Time to decide a case")),
            ("case_freeze_days", Unit.WORKING_DAYS, gettext_lazy("Hours stay frozen without a decision for at most")),
        ),
        *_group(
            Group.TECHNICAL,
            ("beat_ms", Unit.SECONDS, gettext_lazy("Interval of the page's signals")),
            ("beat_jitter_percent", Unit.PERCENT, gettext_lazy("Random spread of the interval")),
            ("min_beat_ms", Unit.SECONDS, gettext_lazy("Least time between two signals")),
            ("event_beats", Unit.TIMES, gettext_lazy("Extra signals allowed at once")),
            ("event_window_ms", Unit.SECONDS, gettext_lazy("Time in which extra signals are counted")),
            ("max_carry_ms", Unit.SECONDS, gettext_lazy("Time carried to the next signal")),
            ("jump_ms", Unit.SECONDS, gettext_lazy("Lead of the picture that is a jump")),
            ("dead_after_ms", Unit.SECONDS, gettext_lazy("A window is given up when overdue by")),
        ),
    )
}
"""Every parameter, in the order in which pages show them."""
