"""Why the eyes tell nothing of a picture."""

from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with a picture."""

    TOO_LARGE = "too_large"
    NOT_JPEG = "not_jpeg"
    WRONG_SIZE = "wrong_size"
    METADATA = "metadata"
    BROKEN = "broken"
    NO_FACE = "no_face"
    """Only where a portrait was asked for."""


class NothingSeen(Exception):
    """The eyes tell nothing of this picture."""


class Unreadable(NothingSeen):
    """The picture is not one that may be looked at; `flaw` says why. Asking again changes nothing."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class Full(NothingSeen):
    """Too many pictures wait already, or the eyes are closed. Nobody's fault but ours."""


class LookFailed(NothingSeen):
    """The process that looked at the picture ended or took too long, and has been replaced."""
