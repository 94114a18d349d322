"""Listed words are found however they are disguised, and pointed at in the original text (clause T1.4)."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from opencc import OpenCC

from jiangxue.project.demonstration.words import WORDS
from jiangxue.screening.rules.excerpts import excerpt_of
from jiangxue.screening.rules.finding import Finder, Found, Word, find
from jiangxue.screening.rules.normal import folded
from tests.repository.sources import document

pytestmark = pytest.mark.clause("T1.4")
LISTED = [word for word in WORDS if folded(word.text).text.isalpha() and min(word.text) >= "\u2e80"]
FINDER = Finder(WORDS)
TRADITIONAL = OpenCC("s2t")
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
EXAMPLES = [
    tuple(cell.replace("⏎", "\n") for cell in row)
    for row in _ROW.findall(document("rules/screening.md").split("## What makes a word")[1].split("## What is kept")[0])
    if row[0] not in {"listed", "---"}
]
HARMLESS = "的一是在不了有和人这中大为上个国我以要他时来用们到作地于出就分对成可主年动同工也能下过子说产种面而方后多定行学法所民"


def words_in(text: str, *listed: str) -> list[str]:
    (found,) = find([text], [Word(word, "其他") for word in listed])
    return [text[each.start : each.end] for each in found]


@pytest.mark.parametrize(("listed", "text", "found"), EXAMPLES, ids=[f"{row[0]} in {row[1]!r}" for row in EXAMPLES])
def test_the_worked_table_is_true(listed: str, text: str, found: str) -> None:
    assert words_in(text, listed) == ([] if found == "nothing" else [found])


def test_there_is_a_worked_table() -> None:
    assert len(EXAMPLES) == 13


@st.composite
def disguised(draw: st.DrawFn) -> tuple[Word, str]:
    """Draw a listed word and a way to write it: traditional signs, up to three inserted ones, any number of invisible ones."""
    word = draw(st.sampled_from(LISTED))
    signs = TRADITIONAL.convert(word.text) if draw(st.booleans()) else word.text
    inserted = st.text("*-_ 　.·，,、★#|~😀\t+=", max_size=3) | st.just("\n")
    written = signs[0]
    for sign in signs[1:]:
        written += draw(inserted) + draw(st.text("\u200b\u200d\ufeff\u0301\ufe0f", max_size=4)) + sign
    return word, written


@given(disguised(), st.text(HARMLESS + "，。\n ", max_size=60), st.text(HARMLESS + "，。\n ", max_size=60))
def test_a_disguised_word_is_found_where_it_stands(drawn: tuple[Word, str], before: str, after: str) -> None:
    word, written = drawn
    text = f"{before}。{written}。{after}"
    (found,) = FINDER.found_in(text)
    assert (found.word, found.category) == (word.text, word.category)
    assert text[found.start : found.end] == written
    excerpt = excerpt_of(text, found)
    assert (len(excerpt.text), len(excerpt.found)) == (
        len(excerpt.before + excerpt.found + excerpt.after),
        len(written),
    )
    assert text[: found.start].replace("\n", " ").endswith(excerpt.before)
    assert text[found.end :].replace("\n", " ").startswith(excerpt.after)


@given(st.sampled_from(sorted({word.text for word in WORDS if word.text.isascii()})), st.sampled_from("abz019"))
def test_latin_words_are_found_as_whole_ones_only(word: str, beside: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in word.upper())
    assert words_in(f"请看{wide}呢", word) == [wide]
    assert words_in(f"{beside}{word}", word) == words_in(f"{word}{beside}", word) == []


@given(st.text(HARMLESS))
def test_a_text_without_listed_signs_has_no_hits(text: str) -> None:
    assert FINDER.found_in(text) == ()


@given(st.text())
def test_whatever_is_found_reads_as_the_word_does(text: str) -> None:
    assume(text)
    for found in FINDER.found_in(text + "包过" + text):
        read = folded((text + "包过" + text)[found.start : found.end]).text
        assert folded(found.word).text in read


def test_an_invisible_sign_does_not_make_a_latin_word_whole() -> None:
    assert words_in("c\u200blass", "lass") == []
    assert words_in("c lass", "lass") == ["lass"]


def test_of_words_that_overlap_in_one_category_the_first_and_longest_is_found() -> None:
    assert words_in("买卖证书", "买卖", "买卖证书", "证书") == ["买卖证书"]
    assert words_in("甲乙丙", "乙丙", "甲乙") == ["甲乙"]


def test_words_of_several_categories_are_each_found() -> None:
    found = Finder([Word("买卖证书", "违法"), Word("证书", "广告")]).found_in("买卖证书")
    assert found == (Found("买卖证书", "违法", 0, 4), Found("证书", "广告", 2, 4))


def test_a_word_is_found_however_often_it_comes() -> None:
    found = Finder([Word("包过", "广告"), Word("代考", "违法")]).found_in("包过" * 1000 + "代考")
    assert [each.word for each in found] == ["包过"] * 1000 + ["代考"]


def test_a_list_without_words_finds_nothing() -> None:
    assert Finder([]).found_in("加微信") == ()


def test_an_excerpt_shows_blanks_for_what_cannot_be_shown() -> None:
    text = "\x00前\n" + "包\u2028过" + "\ud800"
    found = Finder([Word("包过", "广告")]).found_in(text)[0]
    assert excerpt_of(text, found).text == " 前 包 过 "


def test_an_excerpt_is_short_however_many_invisible_signs_there_are() -> None:
    text = "包" + "\u200b" * 10_000 + "过"
    found = Finder([Word("包过", "广告")]).found_in(text)[0]
    assert len(excerpt_of(text, found).text) == 200
