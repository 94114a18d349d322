"""When an attempt may be begun, and how long it stays open. docs/rules/lesson-tests.md."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from jiangxue.assessment.errors import NoAttemptLeft, NoSuchTest, NotPlayedThrough, PassedAlready

OPEN_FOR = timedelta(minutes=60)
"""From its beginning an attempt is open so long; each keeps the moment at which it ends."""


class Outcome(StrEnum):
    """How an attempt ended; an open one has none. Withdrawn is one whose course was taken down meanwhile: it does not count."""

    SUBMITTED = "submitted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class LessonTest:
    """The test of a lesson (课节测验) and where one learner stands with it today; a lesson without `questions` has none."""

    questions: int = 0
    pass_percent: int = 0
    attempts_a_day: int = 0
    begun_today: int = 0
    passed_with: int | None = None
    open_attempt: UUID | None = None

    @property
    def is_passed(self) -> bool:
        """Say whether it is passed."""
        return self.passed_with is not None

    @property
    def is_owed(self) -> bool:
        """Say whether the lesson is not recognised without it, and it is not passed."""
        return self.questions > 0 and not self.is_passed

    @property
    def left_today(self) -> int:
        """Return how many attempts may still be begun today."""
        return max(0, self.attempts_a_day - self.begun_today)

    @property
    def is_on(self) -> bool:
        """Say whether a learner who has played the lesson can sit down to it now."""
        return self.is_owed and (self.open_attempt is not None or self.left_today > 0)


def require_beginnable(test: LessonTest, *, is_played: bool) -> None:
    """Raise why no attempt may be begun: `NoSuchTest`, `PassedAlready`, `NotPlayedThrough` or `NoAttemptLeft`."""
    if test.is_passed:
        raise PassedAlready
    if not test.questions:
        raise NoSuchTest
    if not is_played:
        raise NotPlayedThrough
    if not test.left_today:
        raise NoAttemptLeft(test.attempts_a_day)


def is_over(expires_at: datetime, now: datetime) -> bool:
    """Say whether the time of an attempt is up."""
    return now >= expires_at
