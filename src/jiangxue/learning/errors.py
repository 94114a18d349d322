"""What learning refuses."""

from datetime import datetime


class LearningRefusal(Exception):
    """Base of all refusals about study sessions."""


class AlreadyLearning(LearningRefusal):
    """Another window of the same person is earning time; ask before taking over."""

    def __init__(self, device: str, since: datetime) -> None:
        super().__init__(device, since)
        self.device = device
        self.since = since


class NoTimeToday(LearningRefusal):
    """A cap of the day is full; `cap_ms` is what the day holds."""

    def __init__(self, cap_ms: int) -> None:
        super().__init__(cap_ms)
        self.cap_ms = cap_ms


class OutOfHours(LearningRefusal):
    """The class does not count time at this hour; both are minutes since midnight."""

    def __init__(self, from_min: int, until_min: int) -> None:
        super().__init__(from_min, until_min)
        self.from_min = from_min
        self.until_min = until_min


class ClassNotOpenYet(LearningRefusal):
    """The class has not begun."""


class ClassHasClosed(LearningRefusal):
    """The class has ended; its lessons may still be watched, without earning time."""


class LessonNotInClass(LearningRefusal):
    """The lesson does not belong to the course of this class."""


class NoLongerSignedIn(LearningRefusal):
    """The password was changed, or the account closed, while the opening was under way."""


class TooManyOpenings(LearningRefusal):
    """Sessions were opened faster than any hand could."""


class TooManyOpeningsToday(LearningRefusal):
    """Sessions were opened more often in a day than anybody needs to."""


class NotPackedBeats(LearningRefusal):
    """Bytes that should be the packed beats of a segment are not (docs/formats/segment.md)."""


class StillRecomputing(LearningRefusal):
    """The class is being judged again already."""
