"""Pictures: opened wholly, within limits of size and shape. Only in the caged process."""

import warnings
from pathlib import Path

from PIL import Image

from jiangxue.courseware.intake.contents import Container, has_markup, has_zip_at_end
from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.shapes import IntakeLimits, Sample
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.kernel.unreadable import UNREADABLE

PILLOW_FORMATS = {
    Container.JPEG: ("JPEG",),
    Container.PNG: ("PNG",),
    Container.WEBP: ("WEBP",),
    Container.GIF: ("GIF",),
    Container.BMP: ("BMP",),
    Container.TIFF: ("TIFF",),
}

_GIF_COMMENT = (b"/*", b"=")


def look_at(source: Path, sample: Sample, container: Container, limits: IntakeLimits) -> FileKind:
    """Return IMAGE; refuse a picture that is cut short, of absurd size, or something else at the same time."""
    _hold_end(source, sample, container)
    Image.MAX_IMAGE_PIXELS = None  # the limits are ours, and narrower
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(source, formats=PILLOW_FORMATS[container]) as image:
            hold_size(*image.size, limits)
            if container is Container.TIFF and getattr(image, "n_frames", 1) > 1:
                raise FileRefused(FileFault.TOO_MANY_PAGES, "tif")
            image.load()
    except UNREADABLE as bad:
        is_cut = "truncated" in str(bad).lower() or isinstance(bad, EOFError)
        raise FileRefused(FileFault.TRUNCATED if is_cut else FileFault.DAMAGED, container) from bad
    if has_zip_at_end(sample) or has_markup(sample.head) or has_markup(sample.tail):
        raise FileRefused(FileFault.POLYGLOT, container)
    # "GIF89a/*" begins a script with a comment; as a picture it would be 10,799 wide.
    if container is Container.GIF and sample.head[6:].startswith(_GIF_COMMENT):
        raise FileRefused(FileFault.POLYGLOT, container)
    return FileKind.IMAGE


def hold_size(width: int, height: int, limits: IntakeLimits) -> None:
    """Refuse a picture of too many pixels, too long and narrow, or of next to nothing."""
    said = f"{width}×{height}"
    if min(width, height) < limits.smallest_side:
        raise FileRefused(FileFault.DAMAGED, said)
    if width * height > limits.most_pixels or max(width, height) > limits.most_elongated * min(width, height):
        raise FileRefused(FileFault.TOO_LARGE_PICTURE, said)


def _hold_end(source: Path, sample: Sample, container: Container) -> None:
    """Refuse a picture without its end; decoders forgive a missing one, and guess what is not there."""
    head, tail = sample.head, sample.tail
    match container:
        case Container.JPEG:
            content = source.read_bytes()
            is_whole = content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
        case Container.PNG:
            is_whole = b"IEND\xae\x42\x60\x82" in tail
        case Container.GIF:
            is_whole = b"\x3b" in tail[-64:]
        case Container.WEBP:
            is_whole = int.from_bytes(head[4:8], "little") + 8 <= sample.size
        case Container.BMP:
            is_whole = int.from_bytes(head[2:6], "little") <= sample.size
        case _:
            is_whole = True
    if not is_whole:
        raise FileRefused(FileFault.TRUNCATED, container)
