"""docs/formats/film-package.md is true: its worked example to the last digit, and every field of the record."""

import dataclasses
import re
from pathlib import Path

from jiangxue.courseware.packaging import PackagedFilm, Rendition
from jiangxue.courseware.packaging.locking import encrypted, stretches_of
from jiangxue.courseware.packaging.playlist import segments_of
from jiangxue.courseware.packaging.shapes import key_check
from jiangxue.courseware.rules.stretches import film_key, stretch_key

PAGE = (Path(__file__).parents[3] / "docs" / "formats" / "film-package.md").read_text()
EXAMPLE = PAGE[PAGE.index("## A worked example") :]
RECORD = PAGE[PAGE.index("## The record") : PAGE.index("## A worked example")]
MASTER_KEY = bytes(range(32))
KEY = film_key(MASTER_KEY, "00112233445566778899aabbccddeeff")
IV = bytes.fromhex("8f14e45fceea167a5a36dedd4bea2543")


def _said(what: str) -> str:
    found = re.search(rf"^\| {re.escape(what)} \| `([0-9a-f]+)` \|$", EXAMPLE, re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_keys_of_the_example_are_right() -> None:
    assert _said("film key") == KEY.hex()
    assert _said("key check") == key_check(KEY)
    assert [_said(f"key of stretch {n}") for n in (0, 1)] == [stretch_key(KEY, n).hex() for n in (0, 1)]


def test_the_encrypted_bytes_of_the_example_are_right() -> None:
    content = encrypted(bytes.fromhex("4740111000"), key=stretch_key(KEY, 1), iv=IV)
    assert _said("`4740111000` in stretch 1, IV `8f14e45fceea167a5a36dedd4bea2543`") == content.hex()


def test_the_last_segment_of_the_example_lies_in_the_second_stretch() -> None:
    segments = segments_of("#EXTINF:4.000000,\n00000.ts\n" * 16)
    assert stretches_of(segments)[-2:] == [0, 1]
    assert [int(n) for n in re.findall(r'URI="\.\./keys/(\d)"', EXAMPLE)] == [0, 1]


def test_the_record_s_fields_are_all_explained() -> None:
    names = {
        name for line in re.findall(r"^\| (`.*?) \|", RECORD, re.MULTILINE) for name in re.findall(r"`(\w+)`", line)
    }
    assert names == {"format"} | {field.name for field in dataclasses.fields(PackagedFilm)}
    assert {field.name for field in dataclasses.fields(Rendition)} <= set(re.findall(r"`(\w+)`", RECORD))
