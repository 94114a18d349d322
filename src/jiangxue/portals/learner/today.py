"""The learner's present day: credited time against the cap that binds."""

from jiangxue.accounts.access import SignedRequest
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.queries.days import Day
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.policies.queries import platform_time_policy
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
    cap_ms = platform_time_policy(request.now).day_cap_ms
    figures = figures_of(day.stretches)
    return day, {
        "credited_ms": day.credited_ms,
        "cap_ms": cap_ms,
        "left_ms": max(0, cap_ms - day.credited_ms),
        "refused_ms": figures.refused_ms,
        "stretches": day.stretches,
    }
