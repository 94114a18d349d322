"""What a place can prove today, the proofs that were given of it, and what anybody is told who knows a code. Clauses T1.3, C5."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiangxue.archive.queries.settlements import hours_now, is_settled, settled_places
from jiangxue.enrolment.queries import Place, place_and_class
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.totals import first_and_last_day
from jiangxue.supervision.errors.hours_proofs import NoSuchProof
from jiangxue.supervision.models import HoursProof
from jiangxue.supervision.rules.hours_proofs import (
    ProvedHours,
    Standing,
    code_of,
    falls_short,
    kept_hours,
    proved_hours,
)
from jiangxue.ui.masking import masked_name

PROVERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
"""Those besides the learner who may have a proof made."""
WITHDRAWERS = frozenset({Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Provable:
    """What a proof of a place would say now: of which class, by which days, how much, and since when that is settled."""

    class_name: str
    course_title: str
    institution: str
    opens_on: date
    closes_on: date
    learned_from: date | None
    learned_to: date | None
    settled_at: datetime | None
    hours: ProvedHours


def provable(place: Place, now: datetime) -> Provable:
    """Return what a proof of a place would say now; for callers who know that their viewer may see the place."""
    _, training_class = place_and_class(place.pk)
    settled = settled_places([place.pk]).get(place.pk) if is_settled(training_class.pk) else None
    if settled is None:
        figures = hours_now(training_class, now, only=[place.pk]).places[place.pk].to_values()
    else:
        figures = settled.figures
    first, last = _days(place, figures)
    return Provable(
        class_name=training_class.name,
        course_title=training_class.version.title,
        institution=training_class.institution.name,
        opens_on=training_class.opens_on,
        closes_on=training_class.closes_on,
        learned_from=first,
        learned_to=last,
        settled_at=settled.at if settled else None,
        hours=proved_hours(figures, is_settled=settled is not None),
    )


def _days(place: Place, figures: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first and the last day on which something counted, online or attended; none where nothing did."""
    online = first_and_last_day(learner_id=place.learner_id, class_id=place.training_class_id)
    items = [each for each in figures.get("attendance", ()) if each["counted_ms"]]
    attended = [learning_day(from_ms(each[end])) for each in items for end in ("starts_at_ms", "ends_at_ms")]
    days = [day for day in (*online, *attended) if day is not None]
    return (min(days), max(days)) if days else (None, None)


def proofs_of(place: Place) -> list[HoursProof]:
    """Return the proofs that were given of a place, the newest first; for callers who know that their viewer may see the place."""
    found = HoursProof.objects.filter(enrolment=place).select_related("issued_by", "withdrawn__by")
    return list(found.order_by("-ordinal"))


def proof_for(viewer: Viewer, place: Place, code: str) -> HoursProof:
    """Return a proof of a place that the viewer was found to see, or raise `NoSuchProof`."""
    found = HoursProof.objects.filter(enrolment=place, code=code_of(code)).first()
    if found is None or viewer.role not in WITHDRAWERS:
        raise NoSuchProof
    return found


def standing_of(proof: HoursProof, counted: Callable[[], ProvedHours]) -> Standing:
    """Return what a proof is worth today; `counted` tells what counts of its place now, which is asked of the last proof alone."""
    if hasattr(proof, "withdrawn"):
        return Standing.WITHDRAWN
    newer = HoursProof.objects.filter(enrolment=proof.enrolment_id, ordinal__gt=proof.ordinal)
    if newer.exists():
        return Standing.SUPERSEDED
    return Standing.REDUCED if falls_short(counted(), said_of(proof).hours) else Standing.VALID


@dataclass(frozen=True, slots=True)
class PublicProof:
    """What anybody is told who knows a code: what was proved of whom (masked) and what that is worth; nothing more of an erased archive."""

    code: str
    standing: Standing
    issued_on: date
    learner: str = ""
    says: "Said | None" = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was proved, as it was kept."""

    class_name: str
    course_title: str
    institution: str
    learned_from: date | None
    learned_to: date | None
    settled_on: date | None
    hours: ProvedHours


def public_proof(said: str, now: datetime) -> PublicProof:
    """Return what anybody is told of a code, however it was typed, or raise `NoSuchProof`."""
    code = code_of(said)
    found = (
        HoursProof.objects.filter(code=code).select_related("enrolment__learner", "withdrawn").first() if code else None
    )
    if found is None:
        raise NoSuchProof
    issued_on = learning_day(found.issued_at)
    learner = found.enrolment.learner
    if found.enrolment.erased_at is not None or not learner.name:
        return PublicProof(code, Standing.ERASED, issued_on)
    standing = standing_of(found, lambda: provable(found.enrolment, now).hours)
    return PublicProof(code, standing, issued_on, masked_name(learner.staff_name), said_of(found))


def said_of(proof: HoursProof) -> Said:
    """Return what a proof says."""
    kept = proof.says
    return Said(
        class_name=kept["class"],
        course_title=kept["course"],
        institution=kept["institution"],
        learned_from=_day(kept["learned_from"]),
        learned_to=_day(kept["learned_to"]),
        settled_on=_day(kept["settled_on"]),
        hours=kept_hours(kept["hours"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
