"""Where places in classes stand with the tests of their lessons."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from jiangxue.assessment.models import Attempt
from jiangxue.assessment.rules.attempts import LessonTest, Outcome, is_over
from jiangxue.courseware.queries.teaching import test_questions_of
from jiangxue.kernel.clock import learning_day
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a class, the version that it is taught by, and the rule that is in force there."""

    enrolment_id: int
    version_id: int
    policy: TimePolicy


def lesson_tests(seats: Collection[Seat], at: datetime) -> dict[tuple[int, int], LessonTest]:
    """Return `{(enrolment, lesson): test}` for the lessons that have a test, or had one that was tried."""
    asked = test_questions_of({seat.version_id for seat in seats})
    tried: defaultdict[tuple[int, int], list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(enrolment_id__in=[seat.enrolment_id for seat in seats]).defer("questions"):
        tried[attempt.enrolment_id, attempt.lesson_id].append(attempt)
    today = learning_day(at)
    found: dict[tuple[int, int], LessonTest] = {}
    for seat in seats:
        lessons = {lesson_id for version_id, lesson_id in asked if version_id == seat.version_id}
        lessons |= {lesson_id for enrolment_id, lesson_id in tried if enrolment_id == seat.enrolment_id}
        for lesson_id in lessons:
            here = tried.get((seat.enrolment_id, lesson_id), [])
            questions = asked.get((seat.version_id, lesson_id), 0)
            found[seat.enrolment_id, lesson_id] = _test(seat.policy, questions, here, today, at)
    return found


def is_any_open(enrolment_ids: Collection[int], at: datetime) -> bool:
    """Say whether an attempt of some places may still be handed in."""
    return Attempt.objects.filter(enrolment_id__in=enrolment_ids, outcome="", expires_at__gt=at).exists()


def lesson_test(seat: Seat, lesson_id: int, at: datetime) -> LessonTest:
    """Return where one place stands with the test of one lesson."""
    return lesson_tests([seat], at).get((seat.enrolment_id, lesson_id), LessonTest())


def _test(policy: TimePolicy, questions: int, tried: Iterable[Attempt], today: date, at: datetime) -> LessonTest:
    tried = list(tried)
    return LessonTest(
        questions=questions,
        pass_percent=policy.test_pass_percent,
        attempts_a_day=policy.test_attempts_a_day,
        begun_today=sum(learning_day(each.begun_at) == today for each in tried if each.outcome != Outcome.WITHDRAWN),
        passed_with=next((attempt.score for attempt in tried if attempt.passed), None),
        open_attempt=next(
            (attempt.pk for attempt in tried if not attempt.outcome and not is_over(attempt.expires_at, at)), None
        ),
    )
