"""Pictures that are not what they say (clauses M2, M6): what is kept is always a small WebP that we wrote, or nothing at all."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from jiangxue.learning.errors import NoPicture, PicturesWait, PictureTooLarge
from jiangxue.learning.services import picture_reader, pictures
from jiangxue.learning.services.picture_reader import KEPT_SIDE, read
from jiangxue.learning.services.pictures import MOST_BYTES, written_anew
from tests.refusals import refusal_of

SECRET = b"<script>alert('jiangxue')</script>"


def sample(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).rectangle((2, 2, width // 2, height // 2), fill="red" if mode == "RGB" else None)
    return image


def file_of(image: Image.Image, kind: str, **options: object) -> bytes:
    kept = BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


def opened(kept: bytes) -> Image.Image:
    image = Image.open(BytesIO(kept))
    image.load()
    return image


def png_saying(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a small PNG that claims to be as large as this; `rows` are its packed rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.clause("M6")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_honest_twin_a_screenshot_is_kept_as_it_looks(kind: str) -> None:
    kept = opened(written_anew(file_of(sample(), kind)))
    assert (kept.format, kept.size) == ("WEBP", (320, 200))
    red, green, blue = kept.getpixel((40, 40))  # type: ignore[misc]
    assert red > 200
    assert green < 60
    assert blue < 60


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_way_to_store_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new(mode, (64, 64))
    assert opened(read(file_of(image, kind))).mode == "RGB"


def test_what_was_seen_through_lies_on_white() -> None:
    kept = opened(written_anew(file_of(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG")))
    assert min(kept.getpixel((32, 32))) > 250  # type: ignore[type-var]


@pytest.mark.clause("M2")
def test_place_and_time_of_a_photograph_are_not_kept_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "李小明在家"
    place = ImageFileDirectory_v2()
    place[1] = "N"
    exif[0x8825] = dict(place)
    sent = file_of(sample(), "JPEG", exif=exif, comment=SECRET)
    assert SECRET in sent
    kept = written_anew(sent)
    assert SECRET not in kept
    assert opened(kept).size == (200, 320)
    assert not dict(opened(kept).getexif())
    assert not {"exif", "xmp", "icc_profile", "comment"} & opened(kept).info.keys()


def test_a_large_photograph_is_made_smaller() -> None:
    kept = opened(written_anew(file_of(sample(4000, 3000), "JPEG")))
    assert kept.size == (KEPT_SIDE, KEPT_SIDE * 3 // 4)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_is_another_one_too_brings_nothing_of_it(kind: str) -> None:
    """Pictures may carry something after their end; phones do so with films. What follows is not copied."""
    kept = written_anew(file_of(sample(), kind) + b"PK\x03\x04" + SECRET)
    assert SECRET not in kept
    assert opened(kept).format == "WEBP"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0" * 1000,
        SECRET,
        SECRET + file_of(sample(), "JPEG"),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"GIF89a" + SECRET,
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        file_of(sample(), "GIF"),
        file_of(sample(), "BMP"),
        file_of(sample(), "TIFF"),
        file_of(sample(), "ICO"),
        file_of(sample(8, 8), "PNG"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(sent: bytes) -> None:
    assert refusal_of(lambda: written_anew(sent)) is NoPicture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(kind: str) -> None:
    sent = file_of(Image.effect_noise((400, 400), 90).convert("RGB"), kind)
    assert refusal_of(lambda: written_anew(sent[: len(sent) // 2])) is NoPicture


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (5_001, 5_001), (20_001, 16), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_that_unpacks_to_an_enormous_picture_is_refused_unread(width: int, height: int) -> None:
    assert refusal_of(lambda: read(png_saying(width, height, zlib.compress(b"\0" * 1_000_000)))) is PictureTooLarge


def test_a_small_file_with_an_enormous_note_in_it_is_refused() -> None:
    note = zlib.compress(b"\0" * 100_000_000)
    body = b"k\0\0" + note
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    plain = file_of(sample(), "PNG")
    assert refusal_of(lambda: written_anew(plain[:33] + chunk + plain[33:])) is NoPicture


def test_a_file_beyond_8_mb_is_refused_unread() -> None:
    assert refusal_of(lambda: written_anew(file_of(sample(), "PNG") + b"\0" * MOST_BYTES)) is PictureTooLarge


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_many_pictures_in_one_file_the_first_is_kept(kind: str) -> None:
    many = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    kept = opened(written_anew(file_of(many[0], kind, save_all=True, append_images=many[1:])))
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.getpixel((32, 32))[0] > 200  # type: ignore[index]


_FILES = [file_of(sample(64, 48), kind) for kind in ("JPEG", "PNG", "WEBP")]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(_FILES),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 10_000),
)
def test_whatever_is_broken_in_a_file_it_is_refused_or_becomes_a_plain_webp(
    sent: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    broken = bytearray(sent)
    for at, byte in changes:
        broken[at % len(broken)] = byte
    try:
        kept = read(bytes(broken[: len(broken) - cut % 50]))
    except (NoPicture, PictureTooLarge):
        return
    assert opened(kept).format == "WEBP"


def test_a_photograph_with_a_second_one_behind_it_is_read() -> None:
    sent = file_of(sample(), "MPO", save_all=True, append_images=[sample(64, 64)])
    assert opened(written_anew(sent)).size == (320, 200)


def test_broken_notes_of_a_camera_do_not_keep_a_picture_from_being_read() -> None:
    description, orientation = struct.pack("<HHII", 0x010E, 3, 1, 7), struct.pack("<HHII", 0x0112, 3, 1, 6)
    notes = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + description + orientation + bytes(4)
    assert opened(written_anew(file_of(sample(), "PNG", exif=notes))).size == (200, 320)


@pytest.mark.parametrize("turned", range(1, 9))
def test_however_the_camera_was_held_the_picture_stands_upright(turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    upright = sample()
    kept = opened(read(file_of(_as_the_sensor_saw(upright, turned), "PNG", exif=exif)))
    assert kept.size == upright.size
    assert kept.getpixel((40, 40))[0] > 200  # type: ignore[index]
    assert min(kept.getpixel((300, 180))) > 200  # type: ignore[type-var]


def _as_the_sensor_saw(upright: Image.Image, turned: int) -> Image.Image:
    undone = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    way = undone.get(turned, picture_reader._UPRIGHT.get(turned))
    return upright.transpose(way) if way is not None else upright


def jpeg_with_scans(side: int, scans: int) -> bytes:
    """Return a progressive JPEG that is gone through again and again, though nothing changes."""

    def part(mark: int, data: bytes) -> bytes:
        return bytes([0xFF, mark]) + struct.pack(">H", len(data) + 2) + data

    blocks = (side // 8) ** 2
    runs = "".join("0" + format(16_383, "014b") for _ in range(-(-blocks // 32_767)))
    bits = runs + "1" * (-len(runs) % 8)
    again = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    return b"".join(
        [
            b"\xff\xd8",
            part(0xDB, b"\0" + bytes([1] * 64)),
            part(0xC2, struct.pack(">BHHB", 8, side, side, 1) + bytes([1, 0x11, 0])),
            part(0xC4, b"\0" + bytes([1] + [0] * 15) + b"\0"),
            part(0xC4, b"\x10" + bytes([1, 1] + [0] * 14) + b"\xe0\0"),
            part(0xDA, bytes([1, 1, 0, 0, 0, 0])) + bytes(-(-blocks // 8)),
            (part(0xDA, bytes([1, 1, 0, 1, 63, 0])) + again) * scans,
            b"\xff\xd9",
        ]
    )


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    """Each process reads one at a time: whoever could hold that for minutes would keep everybody's pictures away."""
    assert refusal_of(lambda: written_anew(jpeg_with_scans(7_696, 20_000))) is PictureTooLarge


def test_a_picture_waits_for_the_one_before_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE_S", 0.05)
    with pictures._one_at_a_time:
        assert refusal_of(lambda: written_anew(file_of(sample(), "PNG"))) is PicturesWait
    assert written_anew(file_of(sample(), "PNG"))
