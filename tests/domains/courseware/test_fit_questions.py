"""Which questions can be asked (clause T2.6)."""

from dataclasses import replace

import pytest

from jiangxue.courseware.errors import Flaw, FlawFound, UnfitQuestion
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import Question, fit_question
from tests.factories.questions import DRAFT


def flaws_of(**changes: object) -> list[FlawFound]:
    with pytest.raises(UnfitQuestion) as refusal:
        fit_question(replace(DRAFT, **changes))  # type: ignore[arg-type]
    return list(refusal.value.flaws)


def test_a_question_is_kept_tidy() -> None:
    draft = replace(DRAFT, text="　先做什么？\r\n 再想想 ", options=(" 停电 ", "验电"), right_index=0)
    assert fit_question(draft) == Question("先做什么？ 再想想", ("停电", "验电"), 0, Purpose.CHECK_IN)


def test_blank_options_are_left_out_and_the_right_one_stays_right() -> None:
    draft = replace(DRAFT, options=("", "停电", " ", "\u3000", "验电"), right_index=4)
    assert fit_question(draft) == Question(DRAFT.text, ("停电", "验电"), 1, DRAFT.purpose)


@pytest.mark.parametrize("text", ["", " \n", "\u200b\ufeff"])
def test_a_question_without_text_is_refused(text: str) -> None:
    assert flaws_of(text=text) == [FlawFound(Flaw.NO_TEXT)]


def test_one_option_is_no_choice() -> None:
    assert flaws_of(options=("停电", " "), right_index=0) == [FlawFound(Flaw.TOO_FEW_OPTIONS)]


def test_more_than_five_options_are_refused() -> None:
    assert flaws_of(options=tuple("一二三四五六")) == [FlawFound(Flaw.TOO_MANY_OPTIONS)]


@pytest.mark.parametrize("right_index", [None, 3, -1, 9])
def test_the_right_option_is_one_of_those_filled_in(right_index: int | None) -> None:
    assert flaws_of(options=("一", "二", "三", ""), right_index=right_index) == [FlawFound(Flaw.NO_RIGHT_OPTION)]


@pytest.mark.parametrize("same", ["30 mA", " 30 mA　", "３０ｍＡ", "30mA", "30\u200b mA"])
def test_two_options_that_read_the_same_are_refused(same: str) -> None:
    assert flaws_of(options=("30 mA", "10 mA", same)) == [FlawFound(Flaw.OPTION_REPEATED, 2)]


def test_great_and_small_letters_make_different_options() -> None:
    assert fit_question(replace(DRAFT, options=("10 mW", "10 MW"), right_index=0)).options == ("10 mW", "10 MW")


def test_a_text_has_at_most_200_characters_and_an_option_60() -> None:
    longest = replace(DRAFT, text="问" * 200, options=("甲" * 60, "乙"), right_index=1)
    assert fit_question(longest).text == "问" * 200
    assert flaws_of(text="问" * 201) == [FlawFound(Flaw.TEXT_TOO_LONG)]
    assert flaws_of(options=("乙", "甲" * 61), right_index=0) == [FlawFound(Flaw.OPTION_TOO_LONG, 1)]


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x7f", "\ud800"])
def test_signs_that_no_page_can_show_are_refused(sign: str) -> None:
    assert flaws_of(text=f"为{sign}什么？") == [FlawFound(Flaw.TEXT_UNREADABLE)]
    assert flaws_of(options=("一", f"二{sign}", "三")) == [FlawFound(Flaw.OPTION_UNREADABLE, 1)]


def test_all_flaws_are_told_at_once() -> None:
    told = flaws_of(text="", options=("一", ""), right_index=None)
    assert [each.what for each in told] == [Flaw.NO_TEXT, Flaw.TOO_FEW_OPTIONS, Flaw.NO_RIGHT_OPTION]
