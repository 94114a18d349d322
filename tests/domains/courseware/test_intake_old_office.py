"""Every hostile Word or PPT file until 2003 is refused for what is wrong with it; its honest twin, the same without the bad part, is taken."""

import struct
from pathlib import Path

import pytest

from jiangxue.courseware.intake import FileRefused, recognise
from tests.domains.courseware import hostile

_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
_RELATION = hostile.word_with_relationship

# --- old Office files: by name, what is done to which ending, and the fault ---

_ENCRYPTED_SLIDES = struct.pack("<I", 0xF3D1C4DF)
OLD = {
    "doc cut in half": ("doc", lambda old: old[: len(old) // 2], "truncated"),
    "doc with a locked text": (
        "doc",
        lambda old: hostile.with_stream_patched(old, "WordDocument", 0x0B, bytes([old[_fib(old) + 0x0B] | 1])),
        "encrypted",
    ),
    "ppt with a locked user": (
        "ppt",
        lambda old: hostile.with_stream_patched(old, "Current User", 12, _ENCRYPTED_SLIDES),
        "encrypted",
    ),
    "docx locked into a compound file": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "WordDocument", "EncryptedPackage"),
        "encrypted",
    ),
    "doc with a storage of macros": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "\x01CompObj", "Macros"),
        "macro",
    ),
    "ppt with a storage of macros": (
        "ppt",
        lambda old: hostile.with_entry_renamed(old, "\x05SummaryInformation", "_VBA_PROJECT"),
        "macro",
    ),
    "doc with a foreign object": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "\x01CompObj", "\x01Ole10Native"),
        "attachment",
    ),
    "ppt with an embedded object": ("ppt", lambda old: _with_record(old, 0x0FCC), "attachment"),
    "ppt with a linked object": ("ppt", lambda old: _with_record(old, 0x0FCE), "outside_reference"),
    "ppt with a control": ("ppt", lambda old: _with_record(old, 0x0FEE), "macro"),
    "doc with DDE": (
        "doc",
        lambda old: hostile.with_stream_patched(old, "WordDocument", -40, b"\x13 DDEAUTO cmd \x15"),
        "outside_reference",
    ),
    "doc with wide DDE": (
        "doc",
        lambda old: hostile.with_stream_patched(old, "WordDocument", -60, "\x13 DDEAUTO cmd \x15".encode("utf-16-le")),
        "outside_reference",
    ),
    "some other compound file": (
        "doc",
        lambda old: hostile.with_entry_renamed(old, "WordDocument", "Workbook"),
        "unknown",
    ),
}


def _fib(content: bytes) -> int:
    return content.index(struct.pack("<H", 0xA5EC), 512)


def _with_record(content: bytes, kind: int) -> bytes:
    """Put an empty container in the place of the container of environment settings (0x03F2), which any PPT file has."""
    at = content.index(struct.pack("<HH", 0x000F, 0x03F2), 512)
    return content[: at + 2] + struct.pack("<H", kind) + content[at + 4 :]


@pytest.mark.parametrize("case", OLD)
def test_a_hostile_old_office_file_is_refused_for_what_is_wrong_with_it(
    tmp_path: Path, old_files: dict[str, bytes], case: str
) -> None:
    ending, change, fault = OLD[case]
    (tmp_path / "sent").write_bytes(change(old_files[ending]))
    with pytest.raises(FileRefused) as refused:
        recognise(tmp_path / "sent", f"a.{ending}")
    assert refused.value.fault == fault, refused.value.detail


def test_an_old_word_file_with_a_page_number_is_taken(tmp_path: Path, old_files: dict[str, bytes]) -> None:
    content = hostile.with_stream_patched(old_files["doc"], "WordDocument", -40, b"\x13 PAGE \x15")
    (tmp_path / "sent").write_bytes(content)
    recognise(tmp_path / "sent", "a.doc")
