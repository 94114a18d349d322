"""What runs in the cage: reads a picture from standard input and writes it anew to standard output. `pictures` is the way to it.

Whatever else a file carries, before, inside or after the picture (place and time of the photo, other files, scripts), is not copied.
"""

import sys
from io import BytesIO

from PIL import Image

from jiangxue.kernel.cage import Walls, confine
from jiangxue.kernel.unreadable import UNREADABLE
from jiangxue.kernel.view import View
from jiangxue.learning.errors import NoPicture, PictureTooLarge

WALLS = Walls(address_space_bytes=2 * 1024**3, processor_s=10)
TOO_LARGE, NO_PICTURE = 3, 4
READ = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""A JPEG, also one of phones with further pictures behind the first (MPO), is read at the size that is needed; the others must be
unpacked whole, at four bytes a pixel."""
SMALLEST, LONGEST_SIDE = 16, 20_000
KEPT_SIDE = 1_600
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def main() -> int:
    """Answer with the picture, or with the number of a refusal."""
    confine(WALLS, View())
    try:
        written = read(sys.stdin.buffer.read())
    except (PictureTooLarge, MemoryError):
        return TOO_LARGE
    except NoPicture:
        return NO_PICTURE
    sys.stdout.buffer.write(written)
    return 0


def read(sent: bytes) -> bytes:
    """Return the first picture of a JPEG, PNG or WebP as a WebP of at most 1,600 px, upright and without metadata.

    Raises `PictureTooLarge` or `NoPicture`.
    """
    try:
        return _written(_seen(sent))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge from None
    except UNREADABLE:
        raise NoPicture from None


def _seen(sent: bytes) -> Image.Image:
    with Image.open(BytesIO(sent), formats=READ) as image:
        width, height = image.size
        if width * height > MOST_PIXELS[image.format or ""] or max(width, height) > LONGEST_SIDE:
            raise PictureTooLarge
        if min(width, height) < SMALLEST:
            raise NoPicture
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        image.load()
        image.thumbnail((KEPT_SIDE, KEPT_SIDE))
        turn = _UPRIGHT.get(_orientation(image))
        return (image.transpose(turn) if turn is not None else image).convert("RGBA")


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held; what else stands beside that may be broken, and is nobody's business."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except UNREADABLE:
        return 1


def _written(seen: Image.Image) -> bytes:
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen)
    kept = BytesIO()
    plain.save(kept, "WEBP", quality=80)
    return kept.getvalue()


if __name__ == "__main__":
    sys.exit(main())
