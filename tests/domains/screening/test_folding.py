"""Many ways of writing a sign are read as one, and each knows where it stood (clause T1.4)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from jiangxue.screening.rules.normal import BREAK, fold_sign, folded

pytestmark = pytest.mark.clause("T1.4")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＶＸ", "vx"),
        ("𝐀ⓐá", "aaa"),
        ("①２", "12"),
        ("證書", "证书"),
        ("⼈", "人"),
        ("ﬁ", "fi"),
        ("乾坤", "干坤"),
        ("薴", "苎"),
        ("a\u200b\ufeff\u0301b", "ab"),
        ("ㅤa", "a"),
        ("🈲止", "禁止"),
        ("加.微 信", "加微信"),
        ("加★★★微", "加微"),
        ("加★★★★微", f"加{BREAK}微"),
        ("加……微", "加微"),
        ("加\n微", "加微"),
        ("加\r\n微", "加微"),
        ("加\n\n微", f"加{BREAK}微"),
        ("加\n　微", f"加{BREAK}微"),
        ("加。微", f"加{BREAK}微"),
        ("加﹗微", f"加{BREAK}微"),
        ("！加。", "加"),
        ("", ""),
        ("，\n。", ""),
    ],
)
def test_signs_are_read_in_one_form(written: str, read: str) -> None:
    assert folded(written).text == read


def test_a_sign_that_becomes_several_has_one_place_for_all() -> None:
    read = folded("把ﬁ㏫x")
    assert read.text == "把fi12日x"
    assert read.places == (0, 1, 1, 2, 2, 2, 3)


@given(st.text())
def test_every_folded_sign_stands_where_its_original_stood(text: str) -> None:
    read = folded(text)
    assert len(read.text) == len(read.places)
    assert list(read.places) == sorted(read.places)
    assert all(sign == BREAK or sign in fold_sign(text[at]) for sign, at in zip(read.text, read.places, strict=True))


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    letters = folded(text).text.replace(BREAK, "")
    assert folded(letters).text == letters


@given(st.text(st.characters(categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30))
def test_a_sign_is_read_alike_beside_whatever_signs(text: str) -> None:
    """Phrases of OpenCC would read 乾 in 乾坤 otherwise than in 乾燥, and could change how many signs there are."""
    assert folded(text).text == "".join(map(fold_sign, text))
    assert folded(text).places == tuple(range(len(text)))


def test_no_sign_that_can_be_seen_leads_to_two_simplified_ones() -> None:
    table = OpenCC("t2s")
    signs = [chr(code) for code in range(0x3400, 0x33480) if unicodedata.category(chr(code)) == "Lo"]
    assert not [sign for sign in signs if len(table.convert(sign)) != 1]
