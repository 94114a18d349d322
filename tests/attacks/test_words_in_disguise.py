"""Ways of writing a listed word so that everybody reads it and the screening must (clause T1.4)."""

import pytest

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.captions import read_captions, written_captions
from jiangxue.courseware.rules.screened import captions_screened
from jiangxue.kernel.clock import HandClock
from jiangxue.rating.errors import UnfitRating
from jiangxue.screening.models import Hit
from jiangxue.screening.rules.finding import Found, Word, find
from jiangxue.screening.rules.places import Place, ScreenedText
from jiangxue.screening.services import decide, screen
from tests.factories import people
from tests.factories.classes import classroom
from tests.factories.ratings import finished, moderator, rated
from tests.factories.words import word_list


def found(text: str, listed: str) -> tuple[Found, ...]:
    return find([text], [Word(listed, "广告")])[0]


@pytest.mark.clause("T1.4")
@pytest.mark.parametrize(
    "said",
    [
        "加<b>微</b>信",
        "加<i>微信</i>",
        "加微<u>信</u>",
        "加&微&信",
        "加<微>信",
        "加<v 王>微信",
        "<v 加微信>好",
        "<ruby>加<rt>jia</rt></ruby>微信",
        "<ruby>好<rt>加微<b>信</b></rt></ruby>",
    ],
)
def test_a_word_of_captions_is_found_through_their_tags_and_escapes(said: str) -> None:
    """A browser shows 加微信, or 加&微&信 with an inserted sign at a time."""
    file = f"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n{said}\n".encode()
    kept = written_captions(read_captions(file, 60_000))
    screened = captions_screened(kept, {}, length_ms=60_000)
    assert found(screened.text, "加微信"), screened.text


@pytest.mark.clause("T1.4")
@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("扣❶❷❸", "扣123"),
        ("扣➀➁➂", "扣123"),
        ("扣➊➋➌", "扣123"),
        ("扣١٢٣", "扣123"),
        ("扣❿➋", "扣102"),
        ("加🅥🅧", "加vx"),
        ("加🆅🆇", "加vx"),
        ("赌⻢", "赌马"),
        ("⺠主", "民主"),
        ("⻋祸", "车祸"),
    ],
)
def test_a_sign_in_a_form_without_a_decomposition_is_read_as_what_it_shows(text: str, listed: str) -> None:
    """`docs/rules/screening.md` promises ① → 1, ⓐ → a, ⼈ (radical) → 人; so are these siblings of theirs."""
    assert found(text, listed)


@pytest.mark.clause("T1.4")
def test_a_comment_that_only_looks_the_other_way_round_does_not_pass(db: None, clock: HandClock) -> None:
    """Between RLO and PDF every browser shows 信微加 as 加微信: such signs are refused."""
    word_list(clock.now())
    place = finished(classroom(clock.now()).enrolment, clock.now())
    with pytest.raises(UnfitRating):
        rated(place, clock.now(), 5, "想拿证的\u202e信微加\u202c找我")


@pytest.mark.clause("T1.4")
def test_twenty_harmless_places_do_not_hide_the_one_that_matters(db: None, clock: HandClock) -> None:
    """A person must have looked at every place before a pass."""
    word_list(clock.now())
    place = Place("course_version", "7")
    text = (
        "第一代考生都来了。" * 20
        + "这一段与前面毫无关系，讲的是怎样停电、验电、装设接地线。"
        + "代考包拿证，全国可办。"
    )
    hits = screen(place=place, texts=[ScreenedText(text, {"lesson": 1, "field": "captions"})], now=clock.now())
    for hit in hits:
        if hit.word == "代考":
            who = people.viewer(moderator(clock.now()))
            decide(viewer=who, hit_id=hit.pk, decision=Hit.Decision.HARMLESS, note="", by=PROGRAM, now=clock.now())
    again = screen(place=place, texts=[ScreenedText(text, {"lesson": 1, "field": "captions"})], now=clock.now())
    assert any("包拿证" in hit.excerpt for hit in again if hit.word == "代考"), "nobody has seen the last one"
