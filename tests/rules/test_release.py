"""What is handed out ahead: honest learning never waits for a key or a page, and nobody gets more than that. docs/rules/release.md."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.stretches import STRETCH_MS, film_key, stretch_key, stretches_in
from jiangxue.learning.rules.directives import longest_wait_ms, next_beat_ms
from jiangxue.learning.rules.release import (
    OUTAGE_MS,
    PLAYER_BUFFER_MS,
    look_ahead_ms,
    released,
    released_pages,
    released_stretches,
)
from jiangxue.policies.rules.time_policy import RANGES, TimePolicy

HOURS_MS = 4 * 3_600_000
PLATFORM = TimePolicy()
reached = st.integers(0, HOURS_MS)
lengths = st.integers(1, HOURS_MS)
policies = st.builds(
    TimePolicy,
    beat_ms=st.integers(*RANGES["beat_ms"]),
    beat_jitter_percent=st.integers(*RANGES["beat_jitter_percent"]),
    max_gap_ms=st.integers(*RANGES["max_gap_ms"]),
    page_ms=st.integers(*RANGES["page_ms"]),
)


@pytest.mark.clause("T2.3")
@example(0, HOURS_MS, TimePolicy(beat_ms=2_000), OUTAGE_MS, PLAYER_BUFFER_MS)
@given(reached, lengths, policies, st.integers(0, OUTAGE_MS), st.integers(0, PLAYER_BUFFER_MS))
def test_an_honest_film_never_waits_for_a_key(
    reached_ms: int, length_ms: int, policy: TimePolicy, unheard_ms: int, loaded_ms: int
) -> None:
    """The page plays for at most 60 s after the last answer, and loads a little ahead of that."""
    assume(reached_ms <= length_ms)
    wanted_ms = min(length_ms - 1, reached_ms + unheard_ms + loaded_ms)
    assert wanted_ms // STRETCH_MS < released_stretches(reached_ms, length_ms, policy)


@pytest.mark.clause("T2.3")
@given(reached, lengths, policies, st.floats(0, 0.999), st.floats(0, 1))
def test_two_whole_intervals_are_covered_whatever_was_drawn(
    reached_ms: int, length_ms: int, policy: TimePolicy, chance: float, fullness: float
) -> None:
    assume(reached_ms <= length_ms)
    wait_ms = next_beat_ms(policy, chance, fullness)
    assert wait_ms <= longest_wait_ms(policy)
    wanted_ms = min(length_ms - 1, reached_ms + 2 * wait_ms + PLAYER_BUFFER_MS)
    assert wanted_ms // STRETCH_MS < released_stretches(reached_ms, length_ms, policy)


@pytest.mark.clause("T2.3")
@given(reached, lengths, policies)
def test_what_is_handed_out_ends_a_stretch_beyond_what_is_needed(
    reached_ms: int, length_ms: int, policy: TimePolicy
) -> None:
    stretches = released_stretches(reached_ms, length_ms, policy)
    needed_ms = reached_ms + look_ahead_ms(policy) + PLAYER_BUFFER_MS
    assert stretches <= stretches_in(length_ms)
    assert stretches * STRETCH_MS <= needed_ms + STRETCH_MS


@pytest.mark.clause("T2.3")
@given(lengths, policies, st.lists(reached, min_size=2, max_size=2))
def test_nothing_is_taken_back_by_learning_on(length_ms: int, policy: TimePolicy, places: list[int]) -> None:
    less_ms, more_ms = sorted(places)
    assert released_stretches(less_ms, length_ms, policy) <= released_stretches(more_ms, length_ms, policy)


@pytest.mark.clause("T2.3")
@given(st.integers(1, 500), policies, st.data())
def test_an_honest_reader_never_waits_for_a_page(pages: int, policy: TimePolicy, data: st.DataObject) -> None:
    """Whoever has read for up to 60 s since the last answer may turn to the page that this leads to."""
    length_ms = pages * policy.page_ms
    reached_ms = data.draw(st.integers(0, length_ms))
    unheard_ms = data.draw(st.integers(0, OUTAGE_MS))
    page = min(pages - 1, (reached_ms + unheard_ms) // policy.page_ms)
    assert page < released_pages(reached_ms, pages, policy) <= pages


@pytest.mark.clause("T1.1", "T2.3")
def test_a_document_is_as_long_as_its_pages_at_their_pace() -> None:
    document = Extent(LessonKind.DOCUMENT, 0, 40)
    assert (document.length_under(PLATFORM), document.page_ms(PLATFORM)) == (800_000, 20_000)
    assert released(document, document.length_under(PLATFORM), PLATFORM) == 40
    film = Extent(LessonKind.VIDEO, 3_600_000, 0)
    assert (film.length_under(PLATFORM), film.page_ms(PLATFORM)) == (3_600_000, 0)


@pytest.mark.clause("T2.3")
def test_at_the_platforms_rule_the_beginning_of_a_lesson_opens_four_minutes_and_six_pages() -> None:
    assert longest_wait_ms(PLATFORM) == 54_000
    assert look_ahead_ms(PLATFORM) == 114_000
    assert released(Extent(LessonKind.VIDEO, 3_600_000, 0), 0, PLATFORM) == 4
    assert released(Extent(LessonKind.AUDIO, 3_600_000, 0), 60_000, PLATFORM) == 5
    assert released(Extent(LessonKind.DOCUMENT, 0, 40), 0, PLATFORM) == 6
    assert released(Extent(LessonKind.DOCUMENT, 0, 40), 40 * 20_000, PLATFORM) == 40


@pytest.mark.clause("T2.3")
@given(st.binary(min_size=32, max_size=32), st.integers(0, 300), st.integers(0, 300))
def test_no_key_opens_another_stretch_or_another_film(master: bytes, one: int, other: int) -> None:
    film, another = film_key(master, "0" * 32), film_key(master, "1" * 32)
    assert len(stretch_key(film, one)) == 16
    assert (stretch_key(film, one) == stretch_key(film, other)) == (one == other)
    assert stretch_key(film, one) != stretch_key(another, one)
