"""The one form of a request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue_witness.requests import MAX_REQUEST_BYTES, Malformed, read_request
from jiangxue_witness.words import Reason
from tests.witness.ledgers import Ledger

LOG = Ledger().of(9)
GOOD = LOG.request(5)
HASH_LINE = b"A" * 43 + b"=\n"
NOTE = LOG.note.encode()


def test_a_good_request_gives_its_parts() -> None:
    request = read_request(GOOD)
    assert (request.old_size, list(request.proof), request.note) == (5, LOG.proof(5), LOG.note)
    assert (request.claimed_origin, request.claimed_tree) == (LOG.origin, LOG.tree)


def test_as_many_as_63_hashes_are_read() -> None:
    assert len(read_request(b"old 5\n" + HASH_LINE * 63 + b"\n" + NOTE).proof) == 63


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"old 5",
        b"old 5\n",
        b"old 5\n\n",
        b"old 5\n" + NOTE,
        b"old  5\n\n" + NOTE,
        b"old 05\n\n" + NOTE,
        b"old -1\n\n" + NOTE,
        b"old +5\n\n" + NOTE,
        b"old 5 \n\n" + NOTE,
        "old ５\n\n".encode() + NOTE,
        b"Old 5\n\n" + NOTE,
        b" old 5\n\n" + NOTE,
        b"\xef\xbb\xbfold 5\n\n" + NOTE,
        b"old 9223372036854775808\n\n" + NOTE,
        b"old 99999999999999999999999\n\n" + NOTE,
        b"old 5\n" + HASH_LINE * 64 + b"\n" + NOTE,
        b"old 5\n" + b"A" * 42 + b"==\n\n" + NOTE,
        b"old 5\n" + b"A" * 42 + b"B=\n\n" + NOTE,
        b"old 5\n" + b"A" * 44 + b"\n\n" + NOTE,
        b"old 5\n" + b"-" * 43 + b"=\n\n" + NOTE,
        b"old 0\n" + HASH_LINE + b"\n" + NOTE,
        b"old 9\n" + HASH_LINE + b"\n" + NOTE,
        b"old 5\n\n\n" + NOTE,
        GOOD[:-1],
        GOOD + b"\n",
        GOOD + b"x",
        b"old 5\n\n" + NOTE.replace(b"\n\n", b"\nextension\n\n"),
        b"old 5\n\n" + NOTE.replace(b"\n9\n", b"\n09\n"),
        b"old 5\n\n" + NOTE.replace(b"\n9\n", b"\n9223372036854775808\n"),
        b"old 5\n\n" + NOTE.replace(b"log.example", b"log\xff.example"),
        b"old 5\n\n" + NOTE.replace("\u2014".encode(), b"-"),
        b"old 5\n\n" + NOTE + "\u2014 a\x0bb AAAAAAAA\n".encode(),
        b"old 5\n\n" + NOTE + "\u2014 a\u2028b AAAAAAAA\n".encode(),
    ],
)
def test_any_other_form_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed) as refused:
        read_request(body)
    assert refused.value.reason is Reason.MALFORMED


def test_changed_line_ends_are_named_because_mail_does_that() -> None:
    with pytest.raises(Malformed) as refused:
        read_request(GOOD.replace(b"\n", b"\r\n"))
    assert refused.value.reason is Reason.LINE_ENDS


def test_64_kib_are_the_end() -> None:
    with pytest.raises(Malformed) as refused:
        read_request(GOOD + b"A" * (MAX_REQUEST_BYTES + 1 - len(GOOD)))
    assert refused.value.reason is Reason.TOO_LARGE


def test_an_old_size_above_the_new_one_is_named() -> None:
    with pytest.raises(Malformed) as refused:
        read_request(b"old 10\n\n" + NOTE)
    assert refused.value.reason is Reason.OLD_ABOVE_NEW


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.tuples(st.integers(0, len(GOOD)), st.binary(max_size=4), st.integers(0, 4)).map(
        lambda change: GOOD[: change[0]] + change[1] + GOOD[change[0] + change[2] :]
    )
)
def test_whatever_comes_is_read_or_refused_but_breaks_nothing(body: bytes) -> None:
    try:
        request = read_request(body)
    except Malformed:
        return
    assert request.old_size <= request.claimed_tree.size
