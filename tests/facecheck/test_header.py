"""Which pictures may be decoded at all: nothing but what a page makes of its canvas."""

import numpy as np
import pytest

from jiangxue.facecheck.vision.errors import Flaw, Unreadable
from jiangxue.facecheck.vision.header import LARGEST_BYTES, require_readable
from jiangxue.facecheck.vision.pixels import decoded
from tests.facecheck.pictures import GREY, NOISE, claiming, saved, with_exif

_JPEG = saved(quality=80)
_HUGE = saved(np.tile(NOISE, (6, 5, 1)), quality=98)
_REFUSED = {
    "nothing": (b"", Flaw.NOT_JPEG),
    "two bytes": (b"\xff\xd8", Flaw.BROKEN),
    "a start without segments": (b"\xff\xd8\xff", Flaw.BROKEN),
    "words": (b"hello" * 100, Flaw.NOT_JPEG),
    "a PNG under another name": (saved(kind="PNG"), Flaw.NOT_JPEG),
    "a WebP": (saved(kind="WEBP"), Flaw.NOT_JPEG),
    "one pixel too wide": (saved(np.zeros((480, 641, 3), np.uint8)), Flaw.WRONG_SIZE),
    "a thumbnail": (saved(np.zeros((48, 64, 3), np.uint8)), Flaw.WRONG_SIZE),
    "a bomb: 65,500 x 65,500 in a few bytes": (claiming(65_500, 65_500), Flaw.WRONG_SIZE),
    "no height": (claiming(640, 0), Flaw.WRONG_SIZE),
    "8 MB": (_HUGE, Flaw.TOO_LARGE),
    "one byte too many": (_JPEG + bytes(LARGEST_BYTES + 1 - len(_JPEG)), Flaw.TOO_LARGE),
    "where it was taken (EXIF)": (with_exif(), Flaw.METADATA),
    "a comment": (saved(comment=b"hello"), Flaw.METADATA),
    "hundreds of scans (progressive)": (saved(progressive=True), Flaw.NOT_JPEG),
    "no colours": (saved(GREY[:, :, 0]), Flaw.NOT_JPEG),
    "half of it": (_JPEG[: len(_JPEG) // 2], Flaw.BROKEN),
    "all but the end": (_JPEG[:-2], Flaw.BROKEN),
    "half of the header": (_JPEG[:300], Flaw.BROKEN),
    "something behind it": (_JPEG + b"more", Flaw.BROKEN),
    "another picture behind it": (_JPEG + _JPEG, Flaw.BROKEN),
}


@pytest.mark.parametrize(("jpeg", "flaw"), _REFUSED.values(), ids=_REFUSED.keys())
def test_what_is_no_picture_of_a_page_is_refused_before_it_is_decoded(jpeg: bytes, flaw: Flaw) -> None:
    with pytest.raises(Unreadable) as refused:
        require_readable(jpeg)
    assert refused.value.flaw is flaw


@pytest.mark.parametrize("size", [(640, 480), (480, 640)])
def test_a_picture_of_a_page_is_decoded_either_way_up(size: tuple[int, int]) -> None:
    width, height = size
    assert decoded(saved(np.zeros((height, width, 3), np.uint8))).shape == (height, width, 3)


def test_what_apple_writes_beside_its_exif_is_no_metadata() -> None:
    """The page takes the EXIF away; what Photoshop would have said stays, and says nothing."""
    said = b"Photoshop 3.0\x008BIM\x04\x04" + bytes(6) + b"8BIM\x04\x25" + bytes(5) + b"\x10" + bytes(16)
    nothing_said = b"\xff\xed" + (len(said) + 2).to_bytes(2) + said
    require_readable(_JPEG[:2] + nothing_said + _JPEG[2:])


def test_a_huge_picture_was_really_huge() -> None:
    assert len(_HUGE) > 8_000_000
