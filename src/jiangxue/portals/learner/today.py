"""The learner's present day: credited time against the cap that binds."""

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.queries import own_enrolments, reach_of
from jiangxue.enrolment.rules.term import is_open
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.queries.days import Day
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.policies.queries import platform_time_policy, time_policies_for
from jiangxue.portals.learner.figures import figures_of


def lesson_today(request: SignedRequest, class_id: int, lesson_id: int) -> list[tuple[str, int]]:
    """Return what today already holds of one lesson in one class, for the bar under the player."""
    day = day_of_learner(request.viewer, learning_day(request.now))
    return [
        (stretch.kind, stretch.ms)
        for part in day.parts
        if part.session.lesson_id == lesson_id and part.session.enrolment.training_class_id == class_id
        for stretch in part.share.stretches
    ]


def today_of(request: SignedRequest) -> tuple[Day, dict[str, object]]:
    """Return the viewer's day and what templates show of it."""
    day = day_of_learner(request.viewer, learning_day(request.now))
    cap_ms = _cap_ms(request)
    figures = figures_of(day.stretches)
    return day, {
        "credited_ms": day.credited_ms,
        "provisional_ms": day.credited_ms - day.confirmed_ms,
        "cap_ms": cap_ms,
        "left_ms": max(0, cap_ms - day.credited_ms),
        "refused_ms": figures.refused_ms,
        "stretches": day.stretches,
    }


def _cap_ms(request: SignedRequest) -> int:
    """Return how much the viewer can earn today: the highest cap of the open classes, whose rules may differ."""
    classes = [enrolment.training_class for enrolment in own_enrolments(request.viewer)]
    reaches = {reach_of(each) for each in classes if is_open(each.term, request.now)}
    caps = [policy.day_cap_ms for policy in time_policies_for(reaches, request.now).values()]
    return max(caps) if caps else platform_time_policy(request.now).day_cap_ms
