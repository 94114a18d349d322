"""Why the demonstration's media cannot be made."""


class MediaNotMade(Exception):
    """Base of all facts that stop the making of the demonstration's media."""


class FontMissing(MediaNotMade):
    """The fonts of the slides are not where they were said to be."""


class VoiceMissing(MediaNotMade):
    """The speech library does not start, or has no Mandarin voice."""


class Unpronounceable(MediaNotMade):
    """A sentence holds a character that the voice does not know."""


class Undrawable(MediaNotMade):
    """A slide holds a character that the font does not have, or more lines than fit."""
