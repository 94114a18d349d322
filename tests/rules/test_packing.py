"""Packed beats come back whole, are small, and hostile bytes are refused by name (docs/formats/segment.md)."""

import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.errors import NotPackedBeats
from jiangxue.learning.rules.packing import pack, unpack
from jiangxue.learning.rules.replay import RecordedBeat
from jiangxue.learning.rules.shapes import Claim, Flag

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "segment.md"
claimed = st.integers(0, 2**53 - 1)
beats = st.lists(
    st.builds(
        RecordedBeat,
        received_at_ms=st.integers(-(2**53), 2**53),
        claim=st.builds(
            Claim, claimed_position_ms=claimed, claimed_idle_ms=claimed, flags=st.integers(0, 63).map(Flag)
        ),
        client_ms=claimed,
    ),
    max_size=40,
)


def inflated(packed: bytes) -> bytes:
    return zlib.decompress(packed[1:], wbits=-15) if packed[0] & 0x80 else packed[1:]


def deflated(body: bytes) -> bytes:
    deflater = zlib.compressobj(9, wbits=-15)
    return b"\x81" + deflater.compress(body) + deflater.flush()


@given(beats)
def test_what_is_packed_comes_back(found):
    assert unpack(pack(found)) == found


@given(st.binary(max_size=60))
def test_any_bytes_are_beats_or_refused_by_name(hostile):
    for each in (hostile, b"\x01" + hostile, b"\x81" + hostile, deflated(hostile)):
        try:
            found = unpack(each)
        except NotPackedBeats:
            continue
        assert unpack(pack(found)) == found


@given(beats.filter(bool), st.data())
def test_a_part_of_packed_beats_is_refused(found, data):
    packed = b"\x01" + inflated(pack(found))
    cut = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(NotPackedBeats):
        unpack(packed[:cut])


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x02\x00",
        b"\x00",
        b"\x01\x00",
        b"\x01\x01\x00\x00\x00\x00\x40",
        b"\x01\x01\x80\x00\x00\x00\x00\x00",
        b"\x01\x01" + b"\xff" * 11,
        b"\x01\x02\x00\x00\x00\xff\xff\x7f\x00\x00\x00\x00\x00\x00",
        b"\x81\xff\xff",
        deflated(b"\x01\x00\x00\x00\x00\x00") + b"more",
        deflated(b"\x01" * (1 << 24) + b"\x01"),
    ],
    ids=[
        "version",
        "none",
        "no beats",
        "flag",
        "long spelling",
        "endless value",
        "values",
        "deflate",
        "rest",
        "endless body",
    ],
)
def test_hostile_bytes_are_refused(hostile):
    with pytest.raises(NotPackedBeats):
        unpack(hostile)


def test_no_beats_are_no_bytes():
    assert pack([]) == b""
    assert unpack(b"") == []


def test_the_example_of_the_format_is_true():
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    (packed,) = re.findall(r"^```hex\n(.*?)\n```$", text, re.MULTILINE)
    found = [
        RecordedBeat(int(at), Claim(int(position), int(idle), Flag(int(flags))), int(client))
        for at, position, client, idle, flags in rows
    ]
    assert len(found) == 4
    assert unpack(bytes.fromhex(packed)) == found
    assert pack(found).hex() == packed
