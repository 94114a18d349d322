"""PDF files and pictures that must be refused, each made in code from an honest one."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image

from tests.domains.courseware import honest

# --- PDF ---


def pdf_with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a PDF changed by hand."""
    with pikepdf.open(io.BytesIO(honest.pdf())) as opened:
        change(opened)
        return honest.saved(opened.save)


def _opens_with(action: pikepdf.Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.OpenAction = action

    return change


def pdf_with_script() -> bytes:
    """Return a PDF that runs a script when it is opened."""
    return pdf_with(_opens_with(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))))


def pdf_with_hidden_script() -> bytes:
    """Return a PDF with a script in an object that nothing names."""

    def change(opened: pikepdf.Pdf) -> None:
        hidden = pikepdf.Dictionary(Inner=pikepdf.Array([pikepdf.Dictionary(JS=pikepdf.String("app.alert(1)"))]))
        opened.Root.Odd = opened.make_indirect(hidden)

    return pdf_with(change)


def pdf_with_launch() -> bytes:
    """Return a PDF that starts a program when it is opened."""
    return pdf_with(_opens_with(pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))))


def pdf_that_goes_to_a_page() -> bytes:
    """Return an honest PDF that is opened at its first page."""

    def change(opened: pikepdf.Pdf) -> None:
        goal = pikepdf.Array([opened.pages[0].obj, pikepdf.Name.Fit])
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=goal)

    return pdf_with(change)


def pdf_with_attachment() -> bytes:
    """Return a PDF that carries another file."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.attachments["letter.txt"] = b"hello"

    return pdf_with(change)


def pdf_with_xfa() -> bytes:
    """Return a PDF with a form that is a program."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=opened.make_stream(b"<xdp/>"))

    return pdf_with(change)


def pdf_with_outside_stream() -> bytes:
    """Return a PDF whose content lies in another file."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.Contents = opened.make_stream(b"", F=pikepdf.String("/etc/passwd"))

    return pdf_with(change)


def pdf_with_flate_bomb(size: int) -> bytes:
    """Return a PDF with a stream that grows a thousand times."""

    def change(opened: pikepdf.Pdf) -> None:
        packing = zlib.compressobj()
        packed = b"".join(packing.compress(bytes(1024 * 1024)) for _ in range(size >> 20)) + packing.flush()
        stream = opened.make_stream(b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        opened.pages[0].obj.Contents = stream

    return pdf_with(change)


def pdf_with_huge_picture() -> bytes:
    """Return a PDF with a picture that says to be enormous."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.Root.Odd = opened.make_stream(b"", Subtype=pikepdf.Name.Image, Width=50_000, Height=50_000)

    return pdf_with(change)


def pdf_with_password(user: str, owner: str = "owner") -> bytes:
    """Return a locked PDF; without a user's password it opens for everybody, and only asks not to be copied."""
    with pikepdf.open(io.BytesIO(honest.pdf())) as opened:
        return honest.saved(lambda kept: opened.save(kept, encryption=pikepdf.Encryption(owner=owner, user=user)))


def pdf_without_pages() -> bytes:
    """Return a PDF that has none."""
    return honest.saved(pikepdf.new().save)


# --- pictures ---


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says how large it is, and holds little."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def tiff_of_pages(count: int) -> bytes:
    """Return a TIFF with several pictures."""
    first, *more = [Image.new("RGB", (200, 200), "navy") for _ in range(count)]
    return honest.saved(lambda kept: first.save(kept, "TIFF", save_all=True, append_images=more))
