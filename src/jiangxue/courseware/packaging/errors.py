"""Why a video is not packaged."""


class PackagingRefused(Exception):
    """Base of all refusals to package a video."""


class NotMedia(PackagingRefused):
    """The file is missing, or no container of moving pictures that we open."""


class NoVideo(PackagingRefused):
    """The file holds no video track, or only a cover picture."""


class UnknownCodec(PackagingRefused):
    """The video or sound is coded in a way that we do not decode."""


class NoLength(PackagingRefused):
    """The pictures have no times, or all the same, so the video lasts no time."""


class TooLong(PackagingRefused):
    """The video lasts longer than the limit."""


class TooLarge(PackagingRefused):
    """The picture has more pixels than the limit."""


class Damaged(PackagingRefused):
    """The tracks cannot be decoded from beginning to end."""


class OverBudget(PackagingRefused):
    """Packaging used up its processor time or its memory."""


class Crashed(PackagingRefused):
    """The caged process died: on this file, or on a full disk."""


class TargetTaken(PackagingRefused):
    """The target already holds the package of another video."""


REFUSALS: dict[str, type[PackagingRefused]] = {
    kind.__name__: kind
    for kind in (
        NotMedia,
        NoVideo,
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
