"""How far a learner has come in each lesson of a class: what outline, home and lesson pages show alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from jiangxue.assessment.queries.lesson_tests import Seat, lesson_tests
from jiangxue.assessment.rules.attempts import LessonTest
from jiangxue.assessment.rules.recognition import Missing, missing_of
from jiangxue.courseware.models import Lesson, VersionLesson
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import reach_of
from jiangxue.learning.queries.progress import Progress, progress_by_lesson
from jiangxue.learning.rules.closing import is_complete
from jiangxue.policies.queries import time_policies_for
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson as the class's version has it, and how far its learner has come."""

    taught: VersionLesson
    length_ms: int
    page_ms: int
    idle_ask_ms: int
    class_id: int
    reached_ms: int
    confirmed_ms: int
    played: bool
    test: LessonTest

    @property
    def lesson(self) -> Lesson:
        """Return the lesson itself."""
        return self.taught.lesson

    @property
    def title(self) -> str:
        """Return what the lesson is called in this class."""
        return self.taught.title

    @property
    def module(self) -> tuple[int, str]:
        """Return the place and the title of the chapter that it stands in."""
        return self.taught.module_position, self.taught.module_title

    @property
    def url(self) -> str:
        """Return the lesson's page."""
        return reverse("learner:lesson", args=(self.class_id, self.taught.lesson_id))

    @property
    def test_url(self) -> str:
        """Return the page of the lesson's test."""
        return reverse("learner:test", args=(self.class_id, self.taught.lesson_id))

    @property
    def is_test_due(self) -> bool:
        """Say whether the learner can sit down to the test of this lesson now."""
        return self.played and self.test.is_on

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what the lesson lacks before its hours are recognised."""
        return missing_of(self.test, is_played=self.played, is_confirmed=self.confirmed_ms >= self.reached_ms)

    @property
    def complete(self) -> bool:
        """Say whether the lesson is played through and nothing of it awaits confirmation."""
        return self.played and self.confirmed_ms >= self.reached_ms

    @property
    def percent(self) -> int:
        """Return the credited part in whole percent; 100 only when the lesson counts as played through."""
        return 100 if self.played else min(99, self.reached_ms * 100 // self.length_ms)

    @property
    def state(self) -> str:
        """Return one of `not_started`, `learning`, `finished` (played through, though some may await confirmation)."""
        if self.played:
            return "finished"
        return "learning" if self.reached_ms else "not_started"


def outlines(enrolments: Sequence[Enrolment], at: datetime) -> dict[int, list[Step]]:
    """Return the steps of each place in a class, in the order of the outline, by the rules of its class at an instant."""
    reaches = {enrolment.pk: reach_of(enrolment.training_class) for enrolment in enrolments}
    policies = time_policies_for(set(reaches.values()), at)
    version_of = {enrolment.pk: enrolment.training_class.version_id for enrolment in enrolments}
    lessons = list(taught_in(sorted(set(version_of.values()))))
    progress = progress_by_lesson(list(version_of))
    seats = [Seat(pk, version_of[pk], policies[reach]) for pk, reach in reaches.items()]
    tests = lesson_tests(seats, at)
    return {
        enrolment.pk: [
            _step(
                enrolment,
                taught,
                progress.get((enrolment.pk, taught.lesson_id), Progress()),
                policies[reaches[enrolment.pk]],
                tests.get((enrolment.pk, taught.lesson_id), LessonTest()),
            )
            for taught in lessons
            if taught.version_id == version_of[enrolment.pk]
        ]
        for enrolment in enrolments
    }


def _step(enrolment: Enrolment, taught: VersionLesson, held: Progress, policy: TimePolicy, test: LessonTest) -> Step:
    policy = held.paced(policy)
    extent = taught.lesson.media.extent
    length_ms = extent.length_under(policy)
    return Step(
        taught,
        length_ms,
        extent.page_ms(policy),
        policy.idle_ask_ms,
        enrolment.training_class_id,
        min(held.reached_ms, length_ms),
        min(held.confirmed_ms, length_ms),
        is_complete(held.reached_ms, length_ms, policy),
        test,
    )


def next_step(steps: Sequence[Step]) -> Step | None:
    """Return the first lesson that is not played through or whose test can be taken now; None when there is none."""
    return next((step for step in steps if not step.played or step.is_test_due), None)


def step_at(steps: Sequence[Step], lesson_id: int) -> int | None:
    """Return the place of a lesson among the steps, if it is one of them."""
    return next((at for at, step in enumerate(steps) if step.lesson.pk == lesson_id), None)
