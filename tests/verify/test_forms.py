"""The members of an archive are read in their one form."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from jiangxue_verify.entries import MAX_ENTRIES, MAX_LINE_BYTES, parse_entries
from jiangxue_verify.errors import Refused, Unjudged
from tests.verify.builder import canonical, packed
from tests.verify.notary import b64u
from tests.verify.world import codes, judged, world

_PARTS = world().parts()
_MEMBERS = _PARTS.members()
_LINES = _MEMBERS["entries.jsonl"].splitlines()
_HEADS = _PARTS.heads
_ANCHORS = _PARTS.anchors


def _with_line(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return `entries.jsonl` with the third line changed."""
    entry = json.loads(_LINES[2])
    change(entry)
    return b"\n".join([*_LINES[:2], canonical(entry).encode(), *_LINES[3:], b""])


def _with_bytes(line: bytes) -> bytes:
    return b"\n".join([*_LINES[:2], line, *_LINES[3:], b""])


_ENTRIES = {
    "nothing": b"",
    "no last newline": _MEMBERS["entries.jsonl"][:-1],
    "another last byte": _MEMBERS["entries.jsonl"][:-1] + b" ",
    "an empty line": _MEMBERS["entries.jsonl"] + b"\n",
    "ends of lines of Windows": _MEMBERS["entries.jsonl"].replace(b"\n", b"\r\n"),
    "a list": _with_bytes(b"[]"),
    "a space": _with_bytes(_LINES[2].replace(b',"index"', b', "index"')),
    "a space at the end": _with_bytes(_LINES[2] + b" "),
    "a member twice": _with_bytes(_LINES[2][:-1] + b',"salt":' + _LINES[2].rpartition(b":")[2]),
    "no UTF-8": _with_bytes(_LINES[2].replace("学".encode(), b"\xff")),
    "Chinese as escapes": _with_bytes(_LINES[2].replace("学".encode(), b"\\u5b66")),
    "an unknown member": _with_line(lambda entry: entry.update(more=1)),
    "no leaf": _with_line(lambda entry: entry.pop("leaf")),
    "no salt": _with_line(lambda entry: entry.pop("salt")),
    "no content": _with_line(lambda entry: entry.pop("data")),
    "an empty salt": _with_line(lambda entry: entry.update(salt="")),
    "a salt of 33 bytes": _with_line(lambda entry: entry.update(salt=b64u(bytes(33)))),
    "an index as text": _with_line(lambda entry: entry.update(index="4")),
    "an index that is true": _with_line(lambda entry: entry.update(index=True)),
    "an index below nothing": _with_line(lambda entry: entry.update(index=-1)),
    "an index beyond all": _with_line(lambda entry: entry.update(index=2**60)),
    "a leaf with a space": _with_line(lambda entry: entry.update(leaf=" " + entry["leaf"])),
    "a leaf with a name twice": _with_line(lambda entry: entry.update(leaf=entry["leaf"][:-1] + ',"v":1}')),
    "a leaf that is a list": _with_line(lambda entry: entry.update(leaf="[]")),
    "a leaf of 1,025 bytes": _with_line(lambda entry: entry.update(leaf=entry["leaf"].ljust(1025))),
    "a leaf of endless depth": _with_line(lambda entry: entry.update(leaf="[" * 1000)),
}


@pytest.mark.parametrize("content", _ENTRIES.values(), ids=_ENTRIES)
def test_entries_in_another_form_are_refused(content: bytes) -> None:
    judgement = judged(packed({**_MEMBERS, "entries.jsonl": content}))
    assert judgement.status == 1
    assert codes(judgement)[0] in {"form.entry", "form.entries-end"}


def test_the_line_is_named() -> None:
    judgement = judged(packed({**_MEMBERS, "entries.jsonl": _ENTRIES["no leaf"]}))
    assert judgement.findings[0].values == {"number": 3}


def test_more_entries_than_the_format_allows_are_not_judged() -> None:
    with pytest.raises(Unjudged):
        parse_entries(b"{}\n" * (MAX_ENTRIES + 1))
    with pytest.raises(Refused):
        parse_entries(b"{}\n" * MAX_ENTRIES)


def test_a_record_above_1_mib_is_not_judged() -> None:
    """A megabyte of nothing but values is parsed in a moment, 128 of them at once would fill the memory of a laptop."""
    line = b'{"data":"' + b"1," * MAX_LINE_BYTES + b'"}'
    judgement = judged(packed({**_MEMBERS, "entries.jsonl": _with_bytes(line)}))
    assert (judgement.status, codes(judgement)) == (2, ["file.entry-large"])
    assert judged(packed({**_MEMBERS, "entries.jsonl": _with_bytes(line[:MAX_LINE_BYTES])})).status == 1


_OTHER_HEADS: dict[str, object] = {
    "a list": [],
    "an unknown member": {**_HEADS, "more": 1},
    "no path": {name: value for name, value in _HEADS.items() if name != "path"},
    "a path as text": {**_HEADS, "path": ""},
    "a path of numbers": {**_HEADS, "path": [1]},
    "a path of short hashes": {**_HEADS, "path": [b64u(bytes(31))]},
    "a path of 64 hashes": {**_HEADS, "path": [b64u(bytes(32))] * 64},
    "a position below nothing": {**_HEADS, "position": -1},
    "no entry": {**_HEADS, "sequence": 0},
    "an index below nothing": {**_HEADS, "index": -1},
    "a salt of 31 bytes": {**_HEADS, "salt": b64u(bytes(31))},
    "a leaf that is none": {**_HEADS, "leaf": "{}"},
    "content that is an object": {**_HEADS, "data": {}},
}


@pytest.mark.parametrize("value", _OTHER_HEADS.values(), ids=_OTHER_HEADS)
def test_heads_in_another_form_are_refused(value: object) -> None:
    judgement = judged(packed({**_MEMBERS, "heads.json": canonical(value).encode()}))
    assert (judgement.status, codes(judgement)) == (1, ["form.heads"])


def test_heads_beyond_the_entries_are_refused() -> None:
    judgement = judged(packed({**_MEMBERS, "heads.json": canonical({**_HEADS, "sequence": 10**15}).encode()}))
    assert judgement.status == 1


_OTHER_ANCHORS: dict[str, object] = {
    "an object": {},
    "a list of texts": ["x"],
    "a list of nothing": [None],
    "an unknown member": [{**_ANCHORS[0], "more": 1}],
    "no proof": [{"note": _ANCHORS[0]["note"]}],
    "a note that is a number": [{**_ANCHORS[0], "note": 1}],
    "a proof of numbers": [{**_ANCHORS[0], "proof": [1]}],
    "a proof of short hashes": [{**_ANCHORS[0], "proof": [b64u(bytes(31))]}],
    "a proof of 65 hashes": [{**_ANCHORS[0], "proof": [b64u(bytes(32))] * 65}],
}


@pytest.mark.parametrize("value", _OTHER_ANCHORS.values(), ids=_OTHER_ANCHORS)
def test_anchors_in_another_form_are_refused(value: object) -> None:
    judgement = judged(packed({**_MEMBERS, "anchors.json": canonical(value).encode()}))
    assert (judgement.status, codes(judgement)) == (1, ["form.anchors"])


@pytest.mark.parametrize("content", [b"", b"[] ", b"[]\n", b"\xef\xbb\xbf[]", b"\xff", b"[" * 1_000_000])
def test_texts_that_are_not_canonical_are_refused(content: bytes) -> None:
    for name in ("anchors.json", "heads.json"):
        assert judged(packed({**_MEMBERS, name: content[:16_000]})).status == 1


def test_more_anchors_than_the_format_allows_are_not_judged() -> None:
    assert judged(packed({**_MEMBERS, "anchors.json": canonical([0] * 4001).encode()})).status == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "tree.proof"),
        (_MEMBERS["proof.bin"][:-1], "form.proof"),
        (_MEMBERS["proof.bin"][:-32], "tree.proof"),
        (_MEMBERS["proof.bin"] * 2, "tree.proof"),
    ],
)
def test_a_proof_of_another_length_is_refused(content: bytes, code: str) -> None:
    judgement = judged(packed({**_MEMBERS, "proof.bin": content}))
    assert (judgement.status, codes(judgement)) == (1, [code])
