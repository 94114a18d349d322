"""What a file is by its first bytes. Pure.

Sources: the signatures are those of the formats' own specifications; ID3 and MPEG audio of ISO 11172-3, MPEG-TS of ISO 13818-1.
"""

import re
from enum import StrEnum

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.names import ending_of
from jiangxue.courseware.intake.shapes import Sample
from jiangxue.courseware.rules.endings import AUDIO_ENDINGS
from jiangxue.courseware.rules.files import FileFault, FileKind


class Container(StrEnum):
    """What holds the content; the values are usual endings of names."""

    ZIP = "zip"
    OLE = "ole"
    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tif"
    MP4 = "mp4"
    MATROSKA = "mkv"
    AVI = "avi"
    FLV = "flv"
    ASF = "wmv"
    MPEG_TS = "ts"
    MPEG_PS = "mpg"
    REAL = "rmvb"
    OGG = "ogg"
    MP3 = "mp3"
    AAC = "aac"
    WAV = "wav"
    FLAC = "flac"
    AMR = "amr"
    AIFF = "aif"


_SOUNDS = {Container.MP3, Container.AAC, Container.WAV, Container.FLAC, Container.AMR, Container.AIFF}
_SIGNATURES = (
    (rb"PK\x03\x04", Container.ZIP),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container.OLE),
    (rb"%PDF-", Container.PDF),
    (rb"\xff\xd8\xff", Container.JPEG),
    (rb"\x89PNG\r\n\x1a\n", Container.PNG),
    (rb"RIFF....WEBP", Container.WEBP),
    (rb"GIF8[79]a", Container.GIF),
    (rb"BM....\0\0\0\0", Container.BMP),
    (rb"II\*\0|MM\0\*", Container.TIFF),
    (rb"....ftyp(?!hei|hev|mif1|msf1|avif|avis)|....(?:moov|mdat|wide)", Container.MP4),
    (rb"\x1a\x45\xdf\xa3", Container.MATROSKA),
    (rb"RIFF....AVI ", Container.AVI),
    (rb"FLV\x01", Container.FLV),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Container.ASF),
    (rb"\x47.{187}\x47.{187}\x47|.{4}\x47.{191}\x47.{191}\x47", Container.MPEG_TS),
    (rb"\0\0\x01\xba", Container.MPEG_PS),
    (rb"\.RMF", Container.REAL),
    (rb"OggS", Container.OGG),
    (rb"\xff[\xf0\xf1\xf8\xf9]", Container.AAC),
    (rb"ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]", Container.MP3),
    (rb"RIFF....WAVE", Container.WAV),
    (rb"fLaC", Container.FLAC),
    (rb"#!AMR", Container.AMR),
    (rb"FORM....AIF[FC]", Container.AIFF),
)
_CONTAINERS = tuple((re.compile(pattern, re.DOTALL), container) for pattern, container in _SIGNATURES)
_KNOWN_UNKNOWNS = (
    (rb"MZ", "exe"),
    (rb"\x7fELF", "elf"),
    (rb"Rar!", "rar"),
    (rb"7z\xbc\xaf\x27\x1c", "7z"),
    (rb"\x1f\x8b", "gz"),
    (rb"PK\x05\x06", "zip"),
    (rb"\{\\rtf", "rtf"),
    (rb"....ftyp", "heic"),
    (rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,500}?)?(?:<!--.{0,500}?-->\s*|<!doctype svg[^>]*>\s*)*<svg", "svg"),
    (rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body|script|mht)", "html"),
    (rb"(?i)MIME-Version:", "mht"),
    (rb"(?:\xef\xbb\xbf)?\s*<\?xml", "xml"),
)
_UNKNOWNS = tuple((re.compile(pattern, re.DOTALL), name) for pattern, name in _KNOWN_UNKNOWNS)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|script|body|iframe|svg|\?php)[\s>]", re.IGNORECASE)
_PDF_HEADER_WITHIN = 1024


def container_of(sample: Sample) -> Container:
    """Return what the first bytes say; refuse what they do not know, by its name where that is known."""
    for pattern, container in _CONTAINERS:
        if pattern.match(sample.head):
            return container
    # Readers look for this mark in the first 1,024 bytes; whatever stands before it makes the file two things at once.
    if b"%PDF-" in sample.head[:_PDF_HEADER_WITHIN]:
        raise FileRefused(FileFault.POLYGLOT, "pdf")
    for pattern, name in _UNKNOWNS:
        if pattern.match(sample.head):
            raise FileRefused(FileFault.UNKNOWN, name)
    if has_zip_at_end(sample):
        raise FileRefused(FileFault.POLYGLOT, "zip")
    raise FileRefused(FileFault.UNKNOWN, "" if b"\0" in sample.head else "txt")


def kind_of_film(container: Container, sample: Sample, name: str) -> FileKind:
    """Return film or sound, by the container; where it may hold either, by its brand or the name. Packaging looks at the tracks."""
    if container in _SOUNDS or sample.head[8:12] in (b"M4A ", b"M4B ") or ending_of(name) in AUDIO_ENDINGS:
        return FileKind.AUDIO
    return FileKind.VIDEO


def has_zip_at_end(sample: Sample) -> bool:
    """Return whether a reader of zip files, which begins at the end, would find one; its end record names its own length."""
    at = sample.tail.rfind(b"PK\x05\x06")
    if at < 0 or len(sample.tail) < at + 22:
        return False
    return at + 22 + int.from_bytes(sample.tail[at + 20 : at + 22], "little") <= len(sample.tail)


def has_markup(data: bytes) -> bool:
    """Return whether a browser that guesses by content might take bytes for a page."""
    return _MARKUP.search(data) is not None
