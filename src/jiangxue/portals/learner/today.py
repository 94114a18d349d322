"""The learner's present day: credited time against the cap that binds."""

from collections.abc import Iterator
from dataclasses import dataclass

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.queries import own_enrolments, reach_of
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.queries.days import Day, SessionDay
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.learning.rules.days import binding_cap
from jiangxue.learning.rules.shapes import DayBalance, DayCap
from jiangxue.policies.queries import platform_time_policy, time_policies_for
from jiangxue.portals.figures import figures_of


def lesson_today(request: SignedRequest, class_id: int, lesson_id: int) -> list[tuple[str, int]]:
    """Return what today already holds of one lesson in one class, for the bar under the player."""
    day = day_of_learner(request.viewer, learning_day(request.now))
    return [
        (stretch.kind, stretch.ms)
        for part in day.parts
        if part.session.lesson_id == lesson_id and _class_of(part) == class_id
        for stretch in part.share.stretches
    ]


def today_of(request: SignedRequest) -> dict[str, object]:
    """Return what templates show of the viewer's day."""
    day = day_of_learner(request.viewer, learning_day(request.now))
    room = max(_rooms(request, day), key=lambda room: (room.cap.left_ms, not room.cap.of_class, room.cap.cap_ms))
    return {
        "credited_ms": day.credited_ms,
        "provisional_ms": day.credited_ms - day.confirmed_ms,
        "cap_ms": room.cap.cap_ms,
        "capped_class": room.class_name if room.cap.of_class else "",
        "left_ms": room.cap.left_ms,
        "full_ms": day.credited_ms + room.cap.left_ms,
        "refused_ms": figures_of(day.stretches).refused_ms,
        "stretches": day.stretches,
    }


@dataclass(frozen=True, slots=True)
class _Room:
    """What today leaves in one class."""

    class_name: str
    cap: DayCap


def _rooms(request: SignedRequest, day: Day) -> Iterator[_Room]:
    """Yield what each open class leaves, whose rules may differ; without one, what the platform would."""
    classes = [enrolment.training_class for enrolment in own_enrolments(request.viewer)]
    reaches = {reach_of(each): each for each in classes if is_open(each.term, request.now)}
    for reach, policy in time_policies_for(reaches, request.now).items():
        held_ms = sum(part.share.credited_ms for part in day.parts if _class_of(part) == reach.class_id)
        balance = DayBalance(day.day.toordinal(), day.credited_ms, held_ms)
        yield _Room(reaches[reach].name, binding_cap(balance, policy))
    if not reaches:
        yield _Room("", DayCap(platform_time_policy(request.now).day_cap_ms, day.credited_ms))


def _class_of(part: SessionDay) -> int:
    return part.session.enrolment.training_class_id
