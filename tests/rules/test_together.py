"""What lies between sessions of several learners is seen, and rooms, households and bells are not taken for more (clause M6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.together import SessionFact, shared_addresses, shared_devices, starts_together

pytestmark = pytest.mark.clause("M6")
MINUTE_MS = 60_000
DAY_MS = 86_400_000
PHONE = "手机 · 微信"
HOME = "113.65.20.7"
SCHOOL = "14.23.1.9"


def session(learner: int, opened_ms: int, closed_ms: int | None = None, **facts: object) -> SessionFact:
    values = {"device": PHONE, "address": HOME, "end_reason": EndReason.BY_LEARNER, **facts}
    ends_ms = opened_ms + 20 * MINUTE_MS if closed_ms is None else closed_ms
    return SessionFact(learner, day_of(opened_ms), opened_ms, ends_ms, **values)


def learners(found: list) -> list[tuple[int, ...]]:
    return [each.learners for each in found]


def test_two_learners_on_one_device_at_one_time_are_seen() -> None:
    (found,) = shared_devices([session(1, 0), session(2, 5 * MINUTE_MS)])
    assert found.learners == (1, 2)
    assert [(each.learner, each.address) for each in found.evidence] == [(1, HOME), (2, HOME)]


def test_one_that_follows_within_a_minute_is_seen_and_one_after_it_is_not() -> None:
    assert learners(shared_devices([session(1, 0, 600_000), session(2, 659_999)])) == [(1, 2)]
    assert shared_devices([session(1, 0, 600_000), session(2, 660_000)]) == []


def test_a_chain_of_handovers_is_one_anomaly() -> None:
    chain = [session(each, each * 21 * MINUTE_MS - each * 30_000) for each in range(1, 5)]
    assert learners(shared_devices(chain)) == [(1, 2, 3, 4)]


@pytest.mark.parametrize(
    "other",
    [
        session(2, 5 * MINUTE_MS, device="电脑 · Edge"),
        session(2, 5 * MINUTE_MS, address="113.65.20.8"),
        session(1, 5 * MINUTE_MS),
    ],
    ids=["another device", "another address", "the same person"],
)
def test_whoever_has_a_device_or_an_address_of_their_own_is_left_alone(other: SessionFact) -> None:
    assert shared_devices([session(1, 0), other]) == []


def test_an_address_that_was_not_recorded_is_like_no_other() -> None:
    nowhere = [session(each, 0, address="") for each in range(1, 9)]
    assert shared_devices(nowhere) == []
    assert shared_addresses(nowhere) == []


def test_a_computer_room_is_a_note_and_no_shared_device() -> None:
    room = [session(each, each * 7_000, device="电脑 · Chrome", address=SCHOOL) for each in range(1, 31)]
    assert shared_devices(room) == []
    (note,) = shared_addresses(room)
    assert note.is_note
    assert len(note.learners) == 30


def test_a_computer_room_in_which_two_stay_until_the_evening_is_one_still() -> None:
    room = [session(each, each * 7_000, device="电脑 · Chrome", address=SCHOOL) for each in range(1, 31)]
    stay = [session(each, 5 * 3_600_000 + each, device="电脑 · Chrome", address=SCHOOL) for each in (1, 2)]
    assert shared_devices(room + stay) == []
    tomorrow = [session(each, DAY_MS + each, device="电脑 · Chrome", address=SCHOOL) for each in (1, 2)]
    assert learners(shared_devices(room + tomorrow)) == [(1, 2)]


def test_a_household_of_two_is_no_crowd() -> None:
    assert shared_addresses([session(1, 0, device="电脑 · Edge"), session(2, 0)]) == []


def test_three_at_one_address_one_after_another_are_no_crowd_but_a_shared_device() -> None:
    chain = [session(each, each * 20 * MINUTE_MS + each * 1_000) for each in (1, 2, 3)]
    assert shared_addresses(chain) == []
    assert learners(shared_devices(chain)) == [(1, 2, 3)]


def test_sessions_that_end_as_they_begin_are_no_crowd() -> None:
    assert shared_addresses([session(each, 0, 0) for each in (1, 2, 3)]) == []


def test_three_who_begin_in_one_second_are_seen() -> None:
    (found,) = starts_together([session(1, 0), session(2, 400), session(3, 999)])
    assert found.learners == (1, 2, 3)
    assert starts_together([session(1, 0), session(2, 400), session(3, 1_000)]) == []


def test_one_who_opens_twice_in_a_second_is_one_learner() -> None:
    assert starts_together([session(1, 0, 300), session(1, 300), session(2, 400)]) == []


def test_a_bell_that_brings_thirty_in_within_a_minute_is_left_alone() -> None:
    bell = [session(each, (each * each * 67) % 60_000) for each in range(30)]
    crowded = [*bell, session(40, 30_000), session(41, 30_100), session(42, 30_200)]
    assert starts_together(crowded) == []


def test_the_same_two_are_seen_on_the_third_day_and_others_are_not() -> None:
    days = [session(each, day * DAY_MS + 100 * each) for day in (1, 2, 3) for each in (1, 2)]
    assert learners(starts_together(days)) == [(1, 2)]
    assert starts_together(days[:4]) == []
    assert starts_together([session(each + day, day * DAY_MS + each) for day in (1, 2, 3) for each in (10, 20)]) == []


def test_pages_that_open_again_by_themselves_do_not_begin() -> None:
    before = [session(each, 0 + each * MINUTE_MS, 10 * MINUTE_MS, end_reason=EndReason.REOPENED) for each in (1, 2, 3)]
    after = [session(each, 10 * MINUTE_MS + each) for each in (1, 2, 3)]
    assert starts_together(before + after) == []


sessions = st.lists(
    st.builds(
        lambda learner, opened_ms, lasts_ms, device, address: session(
            learner, opened_ms, opened_ms + lasts_ms, device=device, address=address
        ),
        st.integers(1, 6),
        st.integers(0, 10 * MINUTE_MS),
        st.integers(0, 5 * MINUTE_MS),
        st.sampled_from(["", PHONE, "电脑 · Edge"]),
        st.sampled_from(["", HOME, SCHOOL]),
    ),
    max_size=25,
)


@given(sessions)
def test_whatever_happens_nobody_is_named_alone_and_everybody_named_has_evidence(found: list[SessionFact]) -> None:
    for rule in (shared_devices, shared_addresses, starts_together):
        for anomaly in rule(found):
            assert len(anomaly.learners) > 1
            assert {each.learner for each in anomaly.evidence} == set(anomaly.learners)


@given(sessions)
def test_the_order_in_which_facts_come_makes_no_difference(found: list[SessionFact]) -> None:
    for rule in (shared_devices, shared_addresses, starts_together):
        assert sorted(map(repr, rule(found))) == sorted(map(repr, rule(found[::-1])))
