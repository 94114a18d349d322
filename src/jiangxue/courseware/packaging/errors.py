"""Why a film is not packaged."""

from jiangxue.courseware.rules.files import FileFault


class PackagingRefused(Exception):
    """Base of all refusals to package a film; `fault` is what the person who uploaded it is told."""

    fault = FileFault.DAMAGED


class NotMedia(PackagingRefused):
    """The file is missing, or no container of moving pictures or sound that we open."""

    fault = FileFault.UNKNOWN


class Truncated(PackagingRefused):
    """The file ends before its content does, so that it cannot even be opened."""

    fault = FileFault.TRUNCATED


class NoTrack(PackagingRefused):
    """The file holds neither pictures nor sound, or only a cover picture."""

    fault = FileFault.NO_TRACK


class UnknownCodec(PackagingRefused):
    """The pictures or the sound are coded in a way that we do not decode."""

    fault = FileFault.UNKNOWN_CODEC


class NoLength(PackagingRefused):
    """The track has no times, or all the same, so the film lasts no time."""

    fault = FileFault.DAMAGED


class TooLong(PackagingRefused):
    """The film lasts longer than the limit."""

    fault = FileFault.TOO_LONG


class TooLarge(PackagingRefused):
    """The picture has more pixels than the limit."""

    fault = FileFault.TOO_LARGE_PICTURE


class Damaged(PackagingRefused):
    """The tracks cannot be decoded from beginning to end."""

    fault = FileFault.DAMAGED


class OverBudget(PackagingRefused):
    """Packaging used up its processor time or its memory."""

    fault = FileFault.OVER_BUDGET


class Crashed(PackagingRefused):
    """The caged process died: on this file, or on a full disk."""

    fault = FileFault.CRASHED


class TargetTaken(PackagingRefused):
    """The target already holds another package."""

    fault = FileFault.NOT_READY


REFUSALS: dict[str, type[PackagingRefused]] = {
    kind.__name__: kind
    for kind in (
        NotMedia,
        Truncated,
        NoTrack,
        UnknownCodec,
        NoLength,
        TooLong,
        TooLarge,
        Damaged,
        OverBudget,
        Crashed,
        TargetTaken,
    )
}
"""By name, because a refusal crosses from the caged process to its parent as text."""
