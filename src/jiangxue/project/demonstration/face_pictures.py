"""Pictures of nobody for the demonstration: a grey figure, which says that it is one. No photograph of a person is in this program."""

from io import BytesIO

from PIL import Image, ImageDraw

from jiangxue.project.demonstration.media.fonts import Typeface

SIZE = 240, 320
_WORDS = "演示图片"
_QUALITY = 80


def figure(typeface: Typeface, *, number: int, dim: bool = False) -> bytes:
    """Return a JPEG of a figure; `number` moves it a little, `dim` is one in bad light."""
    ground, shape, ink = (58, 74, 128) if dim else (226, 168, 110)
    picture = Image.new("L", SIZE, ground)
    draw = ImageDraw.Draw(picture)
    middle = SIZE[0] // 2 + 6 * (number % 5 - 2)
    draw.ellipse((middle - 52, 70, middle + 52, 206), fill=shape)
    draw.ellipse((middle - 104, 228, middle + 104, 470), fill=shape)
    draw.text((SIZE[0] // 2, 22), _WORDS, font=typeface.bold(22), fill=ink, anchor="mm")
    written = BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
