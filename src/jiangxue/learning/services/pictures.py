"""Pictures that people send: read within bounds, and written anew, so that nothing but what can be seen is kept. Clauses M2, M6.

What a file is called or says it is does not matter; its content does. Whatever else it carries, before, inside or after the picture
(place and time of the photo, other files, scripts), is not copied. One picture is read at a time in each process.
"""

import struct
import zlib
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

from jiangxue.learning.errors import NoPicture, PictureTooLarge

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""A JPEG is read at the size that is needed; the others must be unpacked whole, at four bytes a pixel."""
SMALLEST, LONGEST_SIDE = 16, 20_000
KEPT_SIDE = 1_600
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""What Pillow raises over files that are not what they say."""
_one_at_a_time = Lock()


def written_anew(sent: bytes) -> bytes:
    """Return the first frame of a JPEG, PNG or WebP as a WebP of at most 1,600 px, upright and without metadata.

    Raises `PictureTooLarge` or `NoPicture`.
    """
    if len(sent) > MOST_BYTES:
        raise PictureTooLarge
    with _one_at_a_time:
        try:
            return _read(sent)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise PictureTooLarge from None
        except _UNREADABLE:
            raise NoPicture from None


def _read(sent: bytes) -> bytes:
    with Image.open(BytesIO(sent), formats=tuple(MOST_PIXELS)) as image:
        width, height = image.size
        if width * height > MOST_PIXELS[image.format or ""] or max(width, height) > LONGEST_SIDE:
            raise PictureTooLarge
        if min(width, height) < SMALLEST:
            raise NoPicture
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        image.load()
        turned = ImageOps.exif_transpose(image)
        turned.thumbnail((KEPT_SIDE, KEPT_SIDE))
        seen = turned.convert("RGBA")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen)
    kept = BytesIO()
    plain.save(kept, "WEBP", quality=80)
    return kept.getvalue()
