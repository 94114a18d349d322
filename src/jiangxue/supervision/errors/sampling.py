"""What supervision refuses of samples."""

from jiangxue.supervision.errors import SupervisionRefusal


class SamplingRefusal(SupervisionRefusal):
    """Base of all refusals of samples."""


class NotTheTurn(SamplingRefusal):
    """Somebody has said something since the page was read."""


class NoSuchDraw(SamplingRefusal):
    """There is no such draw, or the viewer may not see it."""


class NotASeed(SamplingRefusal):
    """A seed is missing, longer than 40 characters, or holds signs that nobody can say."""


class OutsideScope(SamplingRefusal):
    """The scope lies outside the viewer's region, or the days and the size beyond their bounds."""


class NobodyToDraw(SamplingRefusal):
    """Nobody in the scope began to learn on one of the days."""
