"""What a check asks can be answered by whoever reads it, and by nothing else that stays the same (clause T2.6)."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.checks import CheckKind
from jiangxue.learning.services.prompts import OPTIONS, Prompt, Question, prompt_for
from tests.reader import GROUPS, NAMED, ONE_OF_A_GROUP, SUM, pressed

QUESTIONS = (
    Question(11, "发现有人触电，首先做什么？", ("切断电源", "伸手拉开", "拍照", "离开"), 0),
    Question(12, "验电之前要做什么？", ("戴绝缘手套", "关灯"), 0),
    Question(13, "哪一个是安全电压？", ("380 V", "220 V", "36 V"), 2),
)
ANSWERS = {11: "切断电源", 12: "戴绝缘手套", 13: "36 V"}
TO_BE_READ = (CheckKind.CONFIRM, CheckKind.SIMPLE_QUESTION)
chances = st.randoms(use_true_random=False).map(lambda drawn: drawn.random)


def many(kind: CheckKind) -> list[Prompt]:
    """Return as many prompts of a kind as show what is usual."""
    return [prompt_for(kind, QUESTIONS, Random(seed).random) for seed in range(1_200)]


@pytest.mark.clause("T2.6")
@given(st.sampled_from(TO_BE_READ), chances)
def test_who_reads_a_prompt_presses_what_is_kept_as_right(kind: CheckKind, chance: Callable[[], float]) -> None:
    prompt = prompt_for(kind, (), chance)
    assert pressed(prompt.text, prompt.options) == prompt.right


@pytest.mark.clause("T2.6")
@given(st.sampled_from(TO_BE_READ), chances)
def test_there_are_six_options_and_no_two_alike(kind: CheckKind, chance: Callable[[], float]) -> None:
    prompt = prompt_for(kind, (), chance)
    assert len(prompt.options) == len(set(prompt.options)) == OPTIONS == 6
    assert all(prompt.options)


@pytest.mark.clause("T2.6")
@given(chances)
def test_who_knows_the_answer_to_a_course_question_presses_what_is_kept_as_right(chance: Callable[[], float]) -> None:
    prompt = prompt_for(CheckKind.COURSE_QUESTION, QUESTIONS, chance)
    asked = next(question for question in QUESTIONS if question.text == prompt.text)
    assert prompt.question == asked.id
    assert sorted(prompt.options) == sorted(asked.options)
    assert prompt.options[prompt.right] == ANSWERS[asked.id]


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize("kind", TO_BE_READ)
def test_the_right_option_stands_in_each_place_as_often(kind: CheckKind) -> None:
    places = Counter(prompt.right for prompt in many(kind))
    assert sorted(places) == list(range(OPTIONS))
    assert all(150 < times < 250 for times in places.values())


@pytest.mark.clause("T2.6")
def test_each_wording_and_each_name_comes_in_turn() -> None:
    prompts = many(CheckKind.CONFIRM)
    assert all(any(wording.fullmatch(prompt.text) for prompt in prompts) for wording in NAMED)
    assert {prompt.options[prompt.right] for prompt in prompts} == set().union(*GROUPS.values())


@pytest.mark.clause("T2.6")
def test_sums_and_groups_come_about_as_often_and_each_group_is_asked_for() -> None:
    texts = [prompt.text for prompt in many(CheckKind.SIMPLE_QUESTION)]
    sums = [text for text in texts if SUM.fullmatch(text)]
    asked = {found["group"] for text in texts if (found := ONE_OF_A_GROUP.fullmatch(text))}
    assert 500 < len(sums) < 700
    assert len(set(sums)) > 50
    assert asked == set(GROUPS)


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize("kind", TO_BE_READ)
def test_always_pressing_the_same_word_seldom_passes(kind: CheckKind) -> None:
    """Whoever has learned one answer by heart must not get through."""
    right = Counter(prompt.options[prompt.right] for prompt in many(kind))
    assert right.most_common(1)[0][1] < 1_200 / OPTIONS
