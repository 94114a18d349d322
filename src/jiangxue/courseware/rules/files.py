"""What an uploaded file may be, and why one is refused. Clauses T1.1, T1.4."""

from enum import StrEnum


class LessonKind(StrEnum):
    """The three ways in which a lesson is learned."""

    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


class FileKind(StrEnum):
    """What a file is by its content."""

    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    PPTX = "pptx"
    PPT = "ppt"
    IMAGE = "image"

    @property
    def lesson_kind(self) -> LessonKind:
        """Return the way in which a lesson made of it is learned."""
        return LessonKind(self.value) if self in (FileKind.VIDEO, FileKind.AUDIO) else LessonKind.DOCUMENT


class FileFault(StrEnum):
    """Why a file is refused; the page that shows it says what to do."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    WRONG_NAME = "wrong_name"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    MACRO = "macro"
    SCRIPT = "script"
    OUTSIDE_REFERENCE = "outside_reference"
    ATTACHMENT = "attachment"
    POLYGLOT = "polyglot"
    BOMB = "bomb"
    TOO_LARGE_PICTURE = "too_large_picture"
    TOO_LONG = "too_long"
    TOO_MANY_PAGES = "too_many_pages"
    NO_PAGES = "no_pages"
    NO_TRACK = "no_track"
    UNKNOWN_CODEC = "unknown_codec"
    OVER_BUDGET = "over_budget"
    CRASHED = "crashed"
    NOT_READY = "not_ready"
