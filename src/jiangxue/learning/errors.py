"""What learning refuses."""

from datetime import datetime
from uuid import UUID


class LearningRefusal(Exception):
    """Base of all refusals about study sessions."""


class AlreadyLearning(LearningRefusal):
    """Another window of the same person is earning time; ask before taking over."""

    def __init__(self, device: str, since: datetime) -> None:
        super().__init__(device, since)
        self.device = device
        self.since = since


class NoTimeToday(LearningRefusal):
    """A cap of the day is full: the person's, or `of_class` that of the class alone, beside which other classes still count."""

    def __init__(self, cap_ms: int, *, of_class: bool = False) -> None:
        super().__init__(cap_ms)
        self.cap_ms = cap_ms
        self.of_class = of_class


class NotPromised(LearningRefusal):
    """The learner has not signed the promise of the class yet."""


class NoWayChosen(LearningRefusal):
    """The class checks faces, and the learner has neither enrolled theirs nor chosen to be confirmed by staff."""


class NoOpenFaceCheck(LearningRefusal):
    """The learner has no such face check open."""


class EnrolledSinceAsked(LearningRefusal):
    """The face was enrolled after the check had been asked: it says nothing of who learned before."""


class MustBeConfirmed(LearningRefusal):
    """Face checks could not be made too often since one was passed, or something was shown already: this one cannot be put off."""


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


class CourseTakenDown(LearningRefusal):
    """The course has been taken down for the present; nothing of it is shown, and nothing counts."""


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


class AppealRefusal(LearningRefusal):
    """Base of all refusals about appeals, and about what else people decide of learning time."""


class NoSuchStretch(AppealRefusal):
    """The learner has no such stretch."""


class NoSuchAppeal(AppealRefusal):
    """There is no such appeal, or it is not the viewer's to see."""


class NoSuchReview(AppealRefusal):
    """There is no such face check, or it is not the viewer's to see."""


class NotLooked(AppealRefusal):
    """Nobody decides who it was without having looked at the pictures."""


class NothingToConfirm(AppealRefusal):
    """Staff have nothing to confirm of this day: nobody learned by the supervised way on it."""


class NotSeenWhileLearning(AppealRefusal):
    """At that moment the learner did not learn, and not within ten minutes of it; or it lies in the future."""


class NotAppealable(AppealRefusal):
    """The stretch is credited, given back, or was counted once already."""


class StillLearning(AppealRefusal):
    """The session of the stretch has not ended yet."""


class AlreadyAppealed(AppealRefusal):
    """This stretch, or part of it, has been appealed before; `appeal` is the id of that appeal."""

    def __init__(self, appeal: UUID) -> None:
        super().__init__(appeal)
        self.appeal = appeal


class TooManyAppeals(AppealRefusal):
    """As many appeals of this learner wait already as may."""


class NotTheTurn(AppealRefusal):
    """What is decided about has moved on: another step is due, or none."""


class NotYours(AppealRefusal):
    """This step belongs to another role."""


class SamePerson(AppealRefusal):
    """Who proposed a decision may not approve it, in whatever role."""


class OwnTime(AppealRefusal):
    """Nobody decides about their own learning time."""


class CorrectsTooMuch(AppealRefusal):
    """More would be given back than was refused, or nothing; `of_ms` is how long the stretch is."""

    def __init__(self, of_ms: int) -> None:
        super().__init__(of_ms)
        self.of_ms = of_ms


class NoPicture(AppealRefusal):
    """The file is no picture of a kind that we read, or not a whole one."""


class PicturesWait(AppealRefusal):
    """So many pictures are being read that this one has to wait."""


class PictureTooLarge(AppealRefusal):
    """The file, or the picture in it, is larger than we read."""
