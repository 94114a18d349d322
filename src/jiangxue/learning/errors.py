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


class ClassNotOpenYet(LearningRefusal):
    """The class has not begun."""


class ClassHasClosed(LearningRefusal):
    """The class has ended; its lessons may still be watched, without earning time."""


class LessonNotInClass(LearningRefusal):
    """The lesson does not belong to the course of this class."""


class NotAuthentic(LearningRefusal):
    """A beat was not signed with the key of the session it names."""


class NoSuchSession(LearningRefusal):
    """No session has this id."""


class SignedOut(LearningRefusal):
    """The session has ended."""

    def __init__(self, session_id: str, reason: str) -> None:
        super().__init__(session_id, reason)
        self.session_id = session_id
        self.reason = reason


class OutOfStep(LearningRefusal):
    """The page and the server disagree about which beat is next; the page goes on from `n`, `tag` and `nonce`."""

    def __init__(self, n: int, tag: str, nonce: str, position_ms: int) -> None:
        super().__init__(n, position_ms)
        self.n = n
        self.tag = tag
        self.nonce = nonce
        self.position_ms = position_ms


class TooOften(LearningRefusal):
    """Beats came faster than the rule allows; this one was not stored, and nothing is lost by it."""


class NoLongerSignedIn(LearningRefusal):
    """The password was changed, or the account closed, while the opening was under way."""


class TooManyOpenings(LearningRefusal):
    """Sessions were opened faster than any hand could."""


class NotPackedBeats(LearningRefusal):
    """Bytes that should be the packed beats of a segment are not (docs/formats/segment.md)."""


class StillRecomputing(LearningRefusal):
    """The class is being judged again already."""
