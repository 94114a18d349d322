"""The colours of a flash, and the light that a screen gives when it shows one."""

from dataclasses import dataclass
from enum import StrEnum

from jiangxue.facecheck.rules.shapes import Rgb


class Colour(StrEnum):
    """What fills the page: six soft colours, each with one or two channels full and the others nearly half of it to the eye.

    Softer than pure ones for people's sake: none is a saturated red (WCAG 2.3.1: R / (R + G + B) of at least 0.8), and each still
    changes the light by four fifths of what a pure one would.
    """

    RED = "#ff7878"
    GREEN = "#78ff78"
    BLUE = "#7878ff"
    CYAN = "#78ffff"
    MAGENTA = "#ff78ff"
    YELLOW = "#ffff78"

    @property
    def light(self) -> Rgb:
        """Return its linear light, 0 to 1 (the curve of sRGB)."""
        red, green, blue = (_linear(int(self.value[at : at + 2], 16) / 255) for at in (1, 3, 5))
        return red, green, blue


@dataclass(frozen=True, slots=True)
class Shown:
    """A colour, and when the server sent it, in milliseconds."""

    at_ms: int
    colour: Colour


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
