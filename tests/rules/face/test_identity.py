"""It is the enrolled person from start to end, or it is said that it is not sure (docs/rules/face-checks.md, who it is)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.identity import (
    Likeness,
    Who,
    agreement_of,
    is_continuous,
    likeness_of,
    similarity,
    template_of,
)
from jiangxue.facecheck.rules.shapes import Timed
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.heads import head, look, times
from tests.rules.face.people import alike, person, portrait

pytestmark = pytest.mark.clause("T3.2")
THRESHOLDS = Thresholds()
ENROLLED = person(1)
permille = st.integers(-1_000, 1_000)
WORSE = [Who.SAME, Who.UNCLEAR, Who.OTHER]
numbers = st.floats(-1, 1, allow_subnormal=False)
embeddings = st.lists(numbers, min_size=128, max_size=128).map(tuple).filter(lambda each: math.hypot(*each) > 1e-3)


def who(*cosines):
    portraits = [portrait(alike(1, cosine)) for cosine in cosines]
    return likeness_of(portraits, ENROLLED, THRESHOLDS).who(THRESHOLDS)


@pytest.mark.parametrize(
    ("cosines", "expected"),
    [
        ((0.64, 0.64, 0.64), Who.SAME),
        ((0.401, 0.401, 0.401), Who.SAME),
        ((0.35, 0.41, 0.50), Who.SAME),
        ((0.37, 0.38, 0.39), Who.UNCLEAR),
        ((0.70, 0.70, 0.30), Who.UNCLEAR),
        ((0.70, 0.70, 0.07), Who.OTHER),
        ((0.70, 0.07, 0.70), Who.OTHER),
        ((0.33, 0.33, 0.90), Who.OTHER),
        ((0.07, 0.07, 0.07), Who.OTHER),
        ((0.90, 0.90), Who.UNSEEN),
        ((), Who.UNSEEN),
    ],
)
def test_the_median_decides_and_the_lowest_counts_against(cosines, expected):
    assert who(*cosines) is expected


@given(st.lists(permille, min_size=3, max_size=9), st.data())
def test_a_portrait_that_is_less_alike_never_helps(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    lower = [*values[:at], data.draw(st.integers(-1_000, values[at])), *values[at + 1 :]]
    before, after = (Likeness(tuple(each)).who(THRESHOLDS) for each in (values, lower))
    assert WORSE.index(after) >= WORSE.index(before)


@given(st.lists(permille, max_size=9))
def test_the_same_person_is_at_least_as_alike_as_the_pass_in_the_middle(values):
    if Likeness(tuple(values)).who(THRESHOLDS) is Who.SAME:
        assert sorted(values)[(len(values) - 1) // 2] >= THRESHOLDS.pass_permille
        assert min(values) >= THRESHOLDS.unclear_permille


def test_a_portrait_that_cannot_be_judged_speaks_neither_for_nor_against():
    good = [portrait(alike(1, 0.7))] * 3
    blurred = portrait(alike(1, 0.0), sharpness=0)
    assert likeness_of([*good, blurred], ENROLLED, THRESHOLDS) == likeness_of(good, ENROLLED, THRESHOLDS)
    assert likeness_of([blurred] * 9, ENROLLED, THRESHOLDS).who(THRESHOLDS) is Who.UNSEEN


@given(embeddings, embeddings, st.floats(0.01, 100))
def test_similarity_is_mutual_and_knows_no_length(one, other, factor):
    assert similarity(one, other) == pytest.approx(similarity(other, one))
    assert similarity(tuple(factor * value for value in one), other) == pytest.approx(similarity(one, other))
    assert -1 <= similarity(one, other) <= 1
    assert similarity(one, one) == pytest.approx(1)


@pytest.mark.parametrize("broken", [(0.0,) * 128, (float("nan"),) * 128, (float("inf"),) * 128])
def test_numbers_that_point_nowhere_are_like_nobody_and_stand_for_nobody(broken):
    assert similarity(broken, ENROLLED) == -1
    with pytest.raises(ValueError, match="stands for nobody"):
        template_of([broken])


def test_embeddings_that_cancel_each_other_stand_for_nobody():
    with pytest.raises(ValueError, match="stands for nobody"):
        template_of([ENROLLED, tuple(-value for value in ENROLLED)])


@given(st.lists(st.floats(0.5, 1), min_size=1, max_size=5))
def test_a_template_is_of_length_1_and_at_least_as_alike_as_its_least_alike_part(cosines):
    parts = [alike(1, cosine, beside=at + 1) for at, cosine in enumerate(cosines)]
    template = template_of(parts)
    assert math.hypot(*template) == pytest.approx(1)
    assert similarity(template, ENROLLED) >= min(cosines) - 1e-9


@given(st.lists(st.floats(0.1, 50), min_size=3, max_size=3))
def test_no_part_of_a_template_outweighs_another_by_its_length(lengths):
    parts = [alike(1, 0.8, beside=at + 1) for at in range(3)]
    longer = [tuple(length * value for value in part) for length, part in zip(lengths, parts, strict=True)]
    assert template_of(longer) == pytest.approx(template_of(parts))


def test_an_enrolment_is_of_one_person_when_each_two_portraits_agree():
    same = [portrait(alike(1, 0.9, beside=at + 1)) for at in range(3)]
    assert agreement_of(same, THRESHOLDS) is Who.SAME
    assert agreement_of([*same, portrait(person(60))], THRESHOLDS) is Who.UNCLEAR
    assert agreement_of(same[:2], THRESHOLDS) is Who.UNSEEN
    assert agreement_of([*same[:2], portrait(alike(1, 0.9), sharpness=0)], THRESHOLDS) is Who.UNSEEN


def walk(*centres, width=136.8, every_ms=100):
    return times([look(head(at=(x, 240), half_px=width / 3.6)) for x in centres], every_ms=every_ms)


def test_somebody_who_moves_in_their_chair_is_one_person():
    assert is_continuous(walk(320, 330, 380, 420, 400, 350, 320), THRESHOLDS)


def test_a_face_that_is_elsewhere_at_once_may_be_another():
    assert not is_continuous(walk(320, 320, 480), THRESHOLDS)


def test_a_face_of_another_size_at_once_may_be_another():
    assert not is_continuous([*walk(320), Timed(200, look(head(half_px=80)))], THRESHOLDS)


@pytest.mark.parametrize(("away", "continuous"), [(5, True), (14, True), (15, False)])
def test_a_face_may_be_lost_for_a_moment_and_not_for_long(away, continuous):
    lost = [look(), *[look(faces=())] * away, look()]
    assert is_continuous(times(lost), THRESHOLDS) is continuous


@given(st.lists(st.floats(0, 600), max_size=12), st.integers(0, 11))
def test_leaving_out_the_ends_never_makes_one_face_two(centres, cut):
    seen = walk(*centres)
    if is_continuous(seen, THRESHOLDS):
        assert is_continuous(seen[cut:], THRESHOLDS)
        assert is_continuous(seen[:cut], THRESHOLDS)


@pytest.mark.parametrize(
    ("acting", "who"), [((), Who.SAME), ((340,), Who.SAME), ((339, 800), Who.UNCLEAR), ((-200,), Who.UNCLEAR)]
)
def test_whoever_does_the_action_must_be_as_alike_as_may_be(acting: tuple[int, ...], who: Who) -> None:
    assert Likeness((640, 640, 640), acting).who(THRESHOLDS) is who
