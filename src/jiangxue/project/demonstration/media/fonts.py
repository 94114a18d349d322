"""The typeface of the slides: Noto Sans SC from the npm package `@fontsource/noto-sans-sc`; Pillow reads its woff2 files as they are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from jiangxue.project.demonstration.media.errors import FontMissing, Undrawable

_FILE = "noto-sans-sc-chinese-simplified-{weight}-normal.woff2"
_NO_CHARACTER = "\uffff"

type Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Typeface:
    """The folder with the font files, usually `node_modules/@fontsource/noto-sans-sc/files`."""

    folder: Path

    def regular(self, size: int) -> Font:
        """Return the regular weight at a size in pixels."""
        return _font(self.folder, 400, size)

    def bold(self, size: int) -> Font:
        """Return the bold weight at a size in pixels."""
        return _font(self.folder, 700, size)

    def must_hold(self, text: str) -> None:
        """Refuse a text with a character that would be drawn as an empty box."""
        font = self.regular(40)
        missing = {character for character in text if not character.isspace() and not _has_glyph(font, character)}
        if missing:
            raise Undrawable(f"the font lacks {' '.join(sorted(missing))}")


@cache
def _font(folder: Path, weight: int, size: int) -> Font:
    path = folder / _FILE.format(weight=weight)
    if not path.is_file():
        raise FontMissing(f"{path} is missing; `npm ci` installs it")
    return ImageFont.truetype(path, size)


def _has_glyph(font: Font, character: str) -> bool:
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_CHARACTER))
