"""Of five contents there is one container; every other is refused, and none is unpacked in good faith."""

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from jiangxue_verify.container import MAX_BYTES, MEMBERS, read_archive, read_text, unpack
from jiangxue_verify.errors import Finding, Refused, Unjudged
from tests.verify.builder import packed
from tests.verify.world import judged, world

_MEMBERS = world().parts().members()
_GOOD = packed(_MEMBERS)
_DIRECTORY = _GOOD.index(b"PK\x01\x02")
_END = _GOOD.index(b"PK\x05\x06")


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_STORED, comment: bytes = b"", **info: object) -> bytes:
    """Return an archive that zipfile writes with something unusual."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        archive.comment = comment
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.compress_type = method
            for member, value in info.items():
                setattr(entry, member, value)
            archive.writestr(entry, content)
            entry.external_attr = 0
    return file.getvalue()


def _patched(place: int, by: bytes) -> bytes:
    return _GOOD[:place] + by + _GOOD[place + len(by) :]


def test_the_one_container_is_unpacked() -> None:
    assert unpack(_GOOD) == _MEMBERS
    assert _zip(_MEMBERS) == _GOOD


_REVERSED = _zip(dict(reversed(_MEMBERS.items())))
"""A ZIP file of something else, as far as its beginning tells."""
_OTHERS = {
    "another order behind the first": _zip(
        {name: _MEMBERS[name] for name in ("checkpoint.txt", *reversed(list(_MEMBERS)))}
    ),
    "a comment": _zip(_MEMBERS, comment=b"hello"),
    "comments of members": _zip(_MEMBERS, comment=b"").replace(_GOOD, _zip(_MEMBERS, comment=b"x")),
    "extra fields": _zip(_MEMBERS, extra=b"\xfe\xca\x00\x00"),
    "another date": _zip(_MEMBERS, date_time=(2026, 1, 1, 0, 0, 0)),
    "made by Unix": _zip(_MEMBERS, create_system=3),
    "compressed": _zip(_MEMBERS, zipfile.ZIP_DEFLATED),
    "a sixth member": _zip({**_MEMBERS, "more.txt": b"more"}),
    "a member twice": _GOOD[:_DIRECTORY] + _GOOD[:100] + _GOOD[_DIRECTORY:],
    "no fifth member": _zip(dict(list(_MEMBERS.items())[:4])),
    "another name": _zip({name.replace("heads", "HEADS"): content for name, content in _MEMBERS.items()}),
    "a way out in a name": _zip({name.replace("heads.json", "../ads.json"): one for name, one in _MEMBERS.items()}),
    "something behind it": _GOOD + b"\0",
    "a gap before the directory": _GOOD[:_DIRECTORY] + b"\0" + _GOOD[_DIRECTORY:],
    "a gap before the end": _GOOD[:_END] + b"\0" + _GOOD[_END:],
    "two directories": _GOOD[:_END] + _GOOD[_DIRECTORY:],
    "no end": _GOOD[:_END],
    "no directory": _GOOD[:_DIRECTORY],
    "a locked member": _patched(6, b"\1\0"),
    "a length behind the content": _patched(6, b"\x08\0"),
    "another checksum": _patched(14, b"\0\0\0\0"),
    "another size in the local header alone": _patched(22, struct.pack("<I", len(_MEMBERS["checkpoint.txt"]) - 1)),
    "another offset in the directory": _patched(_DIRECTORY + 42, b"\1\0\0\0"),
    "another size in the directory": _patched(_DIRECTORY + 24, b"\1\0\0\0"),
    "an executable member": _patched(_DIRECTORY + 38, b"\0\0\xed\x81"),
    "two disks": _patched(_END + 4, b"\1\0"),
    "six members said": _patched(_END + 8, b"\6\0\6\0"),
}


@pytest.mark.parametrize("content", _OTHERS.values(), ids=_OTHERS)
def test_every_other_container_is_refused(content: bytes) -> None:
    assert content != _GOOD
    with pytest.raises(Refused):
        unpack(content)
    assert judged(content).status == 1


def test_a_file_that_ends_too_early_is_refused_wherever_it_ends() -> None:
    for end in range(len(_GOOD)):
        with pytest.raises(Finding):
            unpack(_GOOD[:end])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"%PDF-1.7",
        b"\x1f\x8b\x08",
        b"PK\x05\x06" + bytes(18),
        bytes(1000),
        _REVERSED,
        b"PK\x03\x04" + _GOOD,
    ],
)
def test_what_is_no_archive_at_all_is_not_judged(content: bytes) -> None:
    with pytest.raises(Unjudged):
        unpack(content)
    assert judged(content).status == 2


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_above_its_bound_is_not_looked_at(name: str) -> None:
    """The header alone claims it: nothing of that size is made."""
    place = _GOOD.index(name.encode()) - 12
    with pytest.raises(Unjudged):
        unpack(_patched(place, struct.pack("<2I", MEMBERS[name] + 1, MEMBERS[name] + 1)))
    with pytest.raises(Refused):
        unpack(_patched(place, struct.pack("<2I", MEMBERS[name], MEMBERS[name])))


def test_a_bomb_is_refused_unpacked() -> None:
    bomb = _zip({**_MEMBERS, "proof.bin": bytes(50_000_000)}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    assert judged(bomb).status == 1


def test_a_file_above_200_mib_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.zip"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Unjudged) as refused:
        read_archive(large)
    assert refused.value.code == "file.large"


def test_a_file_that_cannot_be_read_is_not_judged(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "folder"),
        (tmp_path / "missing.zip", "unreadable"),
        (tmp_path / "nul\0.zip", "unreadable"),
    ):
        with pytest.raises(Unjudged) as refused:
            read_archive(path)
        assert refused.value.code == f"file.{code}"


def test_a_text_from_windows_is_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "trust.txt"
    path.write_bytes(b"\xef\xbb\xbfneed 1\r\n# " + "名单".encode())
    assert read_text(path, 100) == "need 1\n# 名单"
    with pytest.raises(Unjudged):
        read_text(path, 10)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Unjudged):
        read_text(path, 100)
