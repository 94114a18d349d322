"""What an archive says of itself, for a reader to be shown (docs/formats/archive.md, What a reader may show).

Asked for only after every check has passed. All of it is what the platform wrote, unaltered: nothing here is believed, and nothing fails. What
is not as expected is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from unicodedata import category

from jiangxue_verify.archive import Archive
from jiangxue_verify.entries import ERASED, Entry

MAX_TEXT = 60
"""Characters of a text that are shown; what is longer is cut."""
MAX_MARKS = 2
"""Combining marks in a row."""
MAX_NUMBER = 10**12
"""Above this, no number of hours, milliseconds or times is meant."""
DESCRIBED, SETTLED, OPENED, CHECKED = "enrolment.described", "hours.settled", "session.opened", "check.settled"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Described:
    """Whose archive it is and what was taught, as last described; None is what the record does not say as expected."""

    record: int
    at_ms: int
    name: str | None
    masked_number: str | None
    class_name: str | None
    class_code: str | None
    institution: str | None
    course: str | None
    version: int | None


@dataclass(frozen=True)
class Settled:
    """What the place came to: hours in hundredths of a 学时, times in ms. `again` is whether it was settled before."""

    record: int
    at_ms: int
    ordinal: int
    again: bool
    online: int | None
    live: int | None
    practice: int | None
    recognised_lessons: int | None
    lessons: int | None
    confirmed_ms: int | None
    corrected_ms: int | None


@dataclass(frozen=True)
class ErasedByLaw:
    """That contents were erased by law, when, and since when that was due (a date)."""

    record: int
    at_ms: int
    due_on: str | None


@dataclass(frozen=True)
class Shown:
    """All of it. `is_settled` is whether a settlement is on record, be it readable or not; numbers of checks are None where contents are missing."""

    described: Described | None
    settled: Settled | None
    is_settled: bool
    sessions: int
    checks_passed: int | None
    checks_missed: int | None
    erased: ErasedByLaw | None


def shown_of(archive: Archive) -> Shown:
    """Return what an archive says of itself that has passed every check."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in archive.entries:
        by_kind.setdefault(entry.leaf.kind, []).append(entry)
    settled = list(_settlements(by_kind.get(SETTLED, [])))
    outcomes = _outcomes(by_kind.get(CHECKED, []))
    return Shown(
        described=_last(_described, by_kind.get(DESCRIBED, [])),
        settled=max(settled, key=lambda one: one.ordinal, default=None),
        is_settled=SETTLED in by_kind,
        sessions=len(by_kind.get(OPENED, [])),
        checks_passed=None if outcomes is None else outcomes.count("passed"),
        checks_missed=None if outcomes is None else outcomes.count("missed"),
        erased=_last(_erased, by_kind.get(ERASED, [])),
    )


def plain(value: object) -> str | None:
    """Return a text in one line of signs that can be seen, cut at a sane length; None for what is no text or says nothing."""
    if not isinstance(value, str):
        return None
    text = "".join(_seen(" ".join(value.split()))).strip()
    return (text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…") or None


def _seen(text: str) -> Iterator[str]:
    """Yield the signs that can be seen, and no more marks above each other than a name has: more would cover the lines around."""
    marks = 0
    for sign in text:
        marks = marks + 1 if category(sign).startswith("M") else 0
        if sign.isprintable() and marks <= MAX_MARKS:
            yield sign


def _last(read: Callable[[Entry, Mapping[str, Any]], _Found], entries: Sequence[Entry]) -> _Found | None:
    """Return what the last of these entries says whose content is there."""
    readable = [entry for entry in entries if entry.content is not None]
    return read(readable[-1], _data(readable[-1])) if readable else None


def _described(entry: Entry, data: Mapping[str, Any]) -> Described:
    learner, class_, course = _object(data, "learner"), _object(data, "class"), _object(data, "course")
    return Described(
        record=entry.leaf.number,
        at_ms=entry.leaf.happened_ms,
        name=plain(learner.get("name")),
        masked_number=plain(learner.get("masked_number")),
        class_name=plain(class_.get("name")),
        class_code=plain(class_.get("code")),
        institution=plain(_object(data, "institution").get("name")),
        course=plain(course.get("title")),
        version=_number(course.get("serial")),
    )


def _settlements(entries: Sequence[Entry]) -> Iterator[Settled]:
    for entry in reversed(entries):  # of two with one ordinal, the later one is found first
        data = _data(entry)
        ordinal = _number(data.get("ordinal"))
        if not ordinal:
            continue
        hours, time = _object(data, "hours"), _object(data, "time")
        recognised = _recognised(data.get("lessons"))
        yield Settled(
            record=entry.leaf.number,
            at_ms=entry.leaf.happened_ms,
            ordinal=ordinal,
            again=ordinal > 1,
            online=_number(hours.get("online")),
            live=_number(hours.get("live")),
            practice=_number(hours.get("practice")),
            recognised_lessons=None if recognised is None else sum(recognised),
            lessons=None if recognised is None else len(recognised),
            confirmed_ms=_number(time.get("confirmed_ms")),
            corrected_ms=_number(time.get("corrected_ms")),
        )


def _recognised(lessons: object) -> list[bool] | None:
    """Return of each lesson whether its time was recognised; None if that is not said of all."""
    if not isinstance(lessons, list):
        return None
    said = [_number(one.get("recognised_ms")) if isinstance(one, dict) else None for one in lessons]
    return None if None in said else [bool(ms) for ms in said]


def _outcomes(entries: Sequence[Entry]) -> list[object] | None:
    if any(entry.content is None for entry in entries):
        return None
    return [_data(entry).get("outcome") for entry in entries]


def _erased(entry: Entry, data: Mapping[str, Any]) -> ErasedByLaw:
    return ErasedByLaw(entry.leaf.number, entry.leaf.happened_ms, _day(data.get("due_on")))


def _data(entry: Entry) -> Mapping[str, Any]:
    """Return what a record says; that its text is an object of the right form is among the checks."""
    return {} if entry.content is None else _object(json.loads(entry.content.text), "data")


def _object(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def _number(value: object) -> int | None:
    """Return a whole number that counts something; true is no number."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER:
        return value
    return None


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        return None
