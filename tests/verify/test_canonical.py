"""JSON is read in its one form."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue_verify.canonical import MAX_DEPTH, NotCanonical, decode, encode, parse, parse_object

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=10,
)


@given(_VALUES)
def test_every_value_has_one_text_from_which_it_is_read(value: object) -> None:
    assert parse(encode(value)) == value
    assert json.loads(encode(value)) == value


@given(_VALUES)
def test_another_text_of_the_same_value_is_refused(value: object) -> None:
    spaced, canonical = json.dumps(value, ensure_ascii=False, indent=1), encode(value)
    if spaced != canonical:
        with pytest.raises(NotCanonical):
            parse(spaced)
    with pytest.raises(NotCanonical):
        parse(canonical + "\n")


def test_the_form_is_that_of_rfc_8785() -> None:
    """Section 3.2.3: names by UTF-16 units, in which a sign beyond the first plane comes before U+FB33; section 3.2.2.2: escapes."""
    text = '{"\\r":1,"1":2,"\u0080":3,"ö":4,"€":5,"😀":6,"\ufb33":7}'
    assert list(parse(text).values()) == [1, 2, 3, 4, 5, 6, 7]
    assert encode('\b\t\n\f\r"\\/\x00\x1f\x7f é') == '"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f\x7f é"'


_REFUSED = {
    "nothing": "",
    "a space": ' {"a":1}',
    "a mark of byte order": '\ufeff{"a":1}',
    "a name twice": '{"a":1,"a":1}',
    "a name twice within": '[{"a":{"b":1,"b":1}}]',
    "a name twice, once escaped": '{"a":1,"\\u0061":1}',
    "names out of order": '{"b":1,"a":1}',
    "a fraction": "1.5",
    "a whole number with a point": "1.0",
    "an exponent": "1e3",
    "minus nothing": "-0",
    "a zero before a number": "01",
    "2 to the 53rd": str(2**53),
    "minus 2 to the 53rd": str(-(2**53)),
    "10,000 digits": "9" * 10_000,
    "no number": "NaN",
    "without end": "Infinity",
    "below all": "-Infinity",
    "a lone surrogate": '"\\ud800"',
    "a lone surrogate in a name": '{"\\udc00":1}',
    "a lone surrogate as it is": '"\ud800"',
    "a pair as escapes": '"\\ud83d\\ude00"',
    "a letter as an escape": '"\\u0061"',
    "a solidus as an escape": '"\\/"',
    "capitals in an escape": '"\\u001F"',
    "a control sign as it is": '"\t"',
    "a comma too many": "[1,]",
    "a comment": "[1]//",
    "two values": "1 2",
    "an open end": '{"a":',
    "depth": "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    "endless depth": "[" * 2_000_000,
    "endless depth of objects": '{"a":' * 1_000_000,
}


@pytest.mark.parametrize("text", _REFUSED.values(), ids=_REFUSED)
def test_whatever_else_is_written_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse(text)


def test_the_bounds_themselves_are_allowed() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert parse(str(2**53 - 1)) == 2**53 - 1
    assert parse(str(1 - 2**53)) == 1 - 2**53


def test_an_object_has_exactly_the_members_of_its_form() -> None:
    shape = {"a": int, "b": str}
    assert parse_object('{"a":1,"b":""}', shape) == {"a": 1, "b": ""}
    for text in (
        '{"a":1}',
        '{"a":1,"b":"","c":1}',
        '{"a":true,"b":""}',
        '{"a":"1","b":""}',
        "[]",
        "null",
        '{"a":1,"b":null}',
    ):
        with pytest.raises(NotCanonical):
            parse_object(text, shape)


@pytest.mark.parametrize("content", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8"])
def test_bytes_that_are_no_utf_8_are_refused(content: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(content)
