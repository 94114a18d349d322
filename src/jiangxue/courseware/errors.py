"""What courseware refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class CoursewareRefusal(Exception):
    """Base of all refusals about courses."""


class OutOfReach(CoursewareRefusal):
    """There is no such course, lesson or question, or it is not the viewer's to see or to change."""


class QuestionRetired(CoursewareRefusal):
    """The question of lesson `lesson_id`, for this purpose, is not in use any more: somebody changed or retired it."""

    def __init__(self, lesson_id: int, purpose: str) -> None:
        super().__init__(lesson_id, purpose)
        self.lesson_id = lesson_id
        self.purpose = purpose


class TooManyQuestions(CoursewareRefusal):
    """The lesson has as many questions in use as it may have; `most` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class Flaw(StrEnum):
    """What can be wrong with a question."""

    NO_TEXT = "no_text"
    TEXT_TOO_LONG = "text_too_long"
    TEXT_UNREADABLE = "text_unreadable"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    NO_RIGHT_OPTION = "no_right_option"
    OPTION_TOO_LONG = "option_too_long"
    OPTION_UNREADABLE = "option_unreadable"
    OPTION_REPEATED = "option_repeated"


@dataclass(frozen=True, slots=True)
class FlawFound:
    """One flaw, and the place of the option that has it, where it is one option's."""

    what: Flaw
    option: int | None = None


class UnfitQuestion(CoursewareRefusal):
    """The question cannot be asked as it is; `flaws` says why."""

    def __init__(self, flaws: Sequence[FlawFound]) -> None:
        super().__init__(flaws)
        self.flaws = flaws


class FileTooLarge(CoursewareRefusal):
    """More bytes than may be sent, or than were announced; `most` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class TooManyUnfinished(CoursewareRefusal):
    """So many files of the course are on their way that no further one is begun; `most` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class WrongOffset(CoursewareRefusal):
    """These bytes do not follow on those that are there; `received` says how many are."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class NotFailed(CoursewareRefusal):
    """The file has not failed, or what was sent of it is gone: there is nothing to try again with."""


class NotUnfinished(CoursewareRefusal):
    """The file has come whole and was not refused, so that it cannot be given up any more."""


class NotReady(CoursewareRefusal):
    """The file is no courseware yet, or never will be."""


class PlacedAlready(CoursewareRefusal):
    """The courseware is a lesson already."""


class OutlineFull(CoursewareRefusal):
    """The course has as many modules, or the module as many lessons, as a place can be counted."""


class UnderReview(CoursewareRefusal):
    """The course is being reviewed: it is withdrawn before anything of it is changed."""


class UnfitCourse(CoursewareRefusal):
    """The conformity check has found what must be mended before the course is reviewed."""


class NothingChanged(CoursewareRefusal):
    """The course stands just as it is published."""


class NotInReview(CoursewareRefusal):
    """The course is not being reviewed."""


class OutlineChanged(CoursewareRefusal):
    """The outline is not what the change supposed: somebody else has changed it."""


class NotPublished(CoursewareRefusal):
    """No version of the course is published and may be shown."""


class VersionEnded(CoursewareRefusal):
    """The version stands where this cannot be done with it any more."""


class Superseded(CoursewareRefusal):
    """Another worker has taken over: whatever this one has made does not count."""


class ChunkMissing(CoursewareRefusal):
    """A portion of a file that was acknowledged is not in the storage any more."""


class CaptionFault(StrEnum):
    """What can be wrong with a file of captions."""

    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NO_CAPTIONS = "no_captions"
    NO_CUES = "no_cues"
    NO_TIME = "no_time"
    EMPTY_SPAN = "empty_span"
    OUT_OF_ORDER = "out_of_order"
    BEYOND_END = "beyond_end"
    MARKUP = "markup"
    OUTSIDE_STYLE = "outside_style"


class UnfitCaptions(CoursewareRefusal):
    """The captions cannot be shown; `line` counts from 1, and is 0 where the fault is the whole file's."""

    def __init__(self, fault: CaptionFault, line: int = 0) -> None:
        super().__init__(fault, line)
        self.fault = fault
        self.line = line
