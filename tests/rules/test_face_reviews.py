"""Whose turn it is where people decide who it was, and about which time (docs/rules/face-checks.md, what people decide)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.errors import NotSeenWhileLearning, NotTheTurn, OwnTime, SamePerson
from jiangxue.learning.rules.face_reviews import (
    DECIDED,
    OPEN,
    ReviewState,
    ReviewStep,
    require_first_word,
    require_second_word,
    state_after,
    within,
)
from jiangxue.learning.rules.identity import (
    SLACK_MS,
    IdentityState,
    Stated,
    require_review,
    require_seen_while_learning,
    require_statement,
    state_of,
)
from jiangxue.learning.rules.verdicts import length_ms, without
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("T3.2")
HEAD, SECOND, LEARNER = 1, 2, 3
_PERSONS = st.sampled_from([HEAD, SECOND, LEARNER])
_STEPS = st.lists(st.tuples(st.sampled_from(ReviewStep), _PERSONS), max_size=12)
_SPANS = st.lists(st.integers(0, 1_000), max_size=8, unique=True).map(
    lambda edges: list(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@pytest.mark.parametrize(
    ("outcome", "last", "state"),
    [
        ("unclear", None, ReviewState.TO_DECIDE),
        ("unclear", "sent_back", ReviewState.TO_DECIDE),
        ("unclear", "doubted", ReviewState.TO_APPROVE),
        ("unclear", "confirmed", ReviewState.CONFIRMED),
        ("unclear", "approved", ReviewState.NOT_CONFIRMED),
        ("failed", None, ReviewState.FAILED),
        ("passed", None, ReviewState.FAILED),
    ],
)
def test_a_review_stands_where_its_last_step_left_it(outcome: str, last: str | None, state: ReviewState) -> None:
    assert state_after(outcome, last) is state


@given(tried=_STEPS)
def test_whatever_is_tried_time_is_voided_by_two_persons_alone_and_decided_once(
    tried: list[tuple[ReviewStep, int]],
) -> None:
    taken: list[tuple[ReviewStep, int]] = []
    for step, by in tried:
        state = state_after("unclear", taken[-1][0] if taken else None)
        doubter = next((who for kind, who in reversed(taken) if kind is ReviewStep.DOUBTED), None)
        if step in {ReviewStep.CONFIRMED, ReviewStep.DOUBTED}:
            refusal = refusal_of(lambda state=state, by=by: require_first_word(state, by=by, learner=LEARNER))
        else:
            refusal = refusal_of(
                lambda state=state, by=by, doubter=doubter: require_second_word(
                    state, by=by, learner=LEARNER, doubter=doubter
                )
            )
        if refusal is None:
            taken.append((step, by))
    assert LEARNER not in {by for _, by in taken}
    assert sum(step in DECIDED for step, _ in taken) <= 1
    if taken and taken[-1][0] is ReviewStep.APPROVED:
        assert taken[-2][0] is ReviewStep.DOUBTED
        assert taken[-2][1] != taken[-1][1]
    assert (state_after("unclear", taken[-1][0] if taken else None) in OPEN) == (
        not taken or taken[-1][0] not in DECIDED
    )


@pytest.mark.parametrize(
    ("by", "refusal"), [(HEAD, SamePerson), (LEARNER, OwnTime), (SECOND, None)], ids=["doubter", "learner", "other"]
)
def test_a_doubt_is_approved_by_somebody_else(by: int, refusal: type | None) -> None:
    state = ReviewState.TO_APPROVE
    assert refusal_of(lambda: require_second_word(state, by=by, learner=LEARNER, doubter=HEAD)) is refusal


@given(spans=_SPANS, begins=st.integers(0, 1_000), ends=st.integers(0, 1_000))
def test_what_lies_within_is_what_is_left_without_the_rest(
    spans: list[tuple[int, int]], begins: int, ends: int
) -> None:
    found = within(spans, begins, ends)
    assert all(begins <= start_ms < end_ms <= ends for start_ms, end_ms in found)
    outside = [(0, begins), (max(begins, ends), 1_000)]
    assert length_ms(found) == length_ms(without(spans, outside))


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (None, IdentityState.TO_STATE),
        (Stated(is_seen=True, agrees=None), IdentityState.TO_REVIEW),
        (Stated(is_seen=False, agrees=None), IdentityState.TO_REVIEW),
        (Stated(is_seen=True, agrees=False), IdentityState.TO_STATE),
        (Stated(is_seen=True, agrees=True), IdentityState.CONFIRMED),
        (Stated(is_seen=False, agrees=True), IdentityState.NOT_CONFIRMED),
    ],
)
def test_a_day_stands_where_its_last_statement_left_it(last: Stated | None, state: IdentityState) -> None:
    assert state_of(last) is state


def test_a_day_is_stated_and_signed_by_two_others() -> None:
    to_state, to_review = IdentityState.TO_STATE, IdentityState.TO_REVIEW
    assert refusal_of(lambda: require_statement(to_state, by=LEARNER, learner=LEARNER)) is OwnTime
    assert refusal_of(lambda: require_statement(to_review, by=HEAD, learner=LEARNER)) is NotTheTurn
    for state in (to_state, IdentityState.NOT_CONFIRMED):
        assert refusal_of(lambda state=state: require_statement(state, by=HEAD, learner=LEARNER)) is None
    assert refusal_of(lambda: require_statement(IdentityState.CONFIRMED, by=HEAD, learner=LEARNER)) is NotTheTurn
    for by, refusal in ((HEAD, SamePerson), (LEARNER, OwnTime), (SECOND, None)):
        act = lambda by=by: require_review(to_review, by=by, learner=LEARNER, stated_by=HEAD)  # noqa: E731
        assert refusal_of(act) is refusal
    assert refusal_of(lambda: require_review(to_state, by=SECOND, learner=LEARNER, stated_by=None)) is NotTheTurn


BEGINS, ENDS, NOW = 10_000_000, 20_000_000, 40_000_000


@pytest.mark.parametrize(
    ("seen_ms", "refusal"),
    [
        (BEGINS - SLACK_MS - 1, NotSeenWhileLearning),
        (BEGINS - SLACK_MS, None),
        (BEGINS, None),
        (ENDS, None),
        (ENDS + SLACK_MS, None),
        (ENDS + SLACK_MS + 1, NotSeenWhileLearning),
        (NOW + 1, NotSeenWhileLearning),
    ],
)
def test_somebody_is_seen_within_ten_minutes_of_a_session(seen_ms: int, refusal: type | None) -> None:
    assert refusal_of(lambda: require_seen_while_learning(seen_ms, [(BEGINS, ENDS)], NOW)) is refusal


def test_nobody_is_seen_before_it_has_happened() -> None:
    assert refusal_of(lambda: require_seen_while_learning(BEGINS + 1, [(BEGINS, ENDS)], BEGINS)) is NotSeenWhileLearning
