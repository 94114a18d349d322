"""One face under several accounts is found among all that are stored, however they come (clause T3.2)."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.alike import MOST_ALIKE, Search, Stored
from jiangxue.facecheck.rules.shapes import Embedding
from tests.rules.face.people import SIZE, alike, person

pytestmark = pytest.mark.clause("T3.2")
LEAST = 500


def stored(people: dict[int, Embedding]) -> Stored:
    return Stored.of({account: pack(f"<{SIZE}f", *embedding) for account, embedding in people.items()})


def found(wanted: dict[int, Embedding], *portions: dict[int, Embedding]) -> dict[int, dict[int, int]]:
    search = Search(stored(wanted), dict.fromkeys(wanted, LEAST))
    for portion in portions:
        search.look_through(stored(portion))
    return search.alike()


def test_a_face_that_lies_close_is_found_with_how_close_and_another_is_not() -> None:
    everybody = {1: person(0), 2: alike(0, 0.81), 3: person(5)}
    assert found({1: person(0)}, everybody) == {1: {2: 810}}


@pytest.mark.parametrize(("cosine", "is_found"), [(0.5001, True), (0.4999, False)])
def test_the_threshold_is_where_it_is_said_to_be(cosine: float, is_found: bool) -> None:
    assert bool(found({1: person(0)}, {2: alike(0, cosine)})[1]) is is_found


def test_each_is_held_against_the_threshold_of_its_own_enrolment() -> None:
    search = Search(stored({1: person(0), 2: person(0)}), {1: 500, 2: 700})
    search.look_through(stored({3: alike(0, 0.6)}))
    assert search.alike() == {1: {3: 600}, 2: {}}


def test_nobody_is_like_themselves() -> None:
    assert found({1: person(0)}, {1: person(0)}) == {1: {}}


def test_a_vector_of_another_length_counts_as_long_as_all() -> None:
    twice = tuple(2 * value for value in alike(0, 0.6))
    assert found({1: person(0)}, {2: twice}) == {1: {2: 600}}


def test_a_vector_that_points_nowhere_is_like_nobody() -> None:
    nowhere = (0.0,) * SIZE
    assert found({1: nowhere}, {2: nowhere, 3: person(0)}) == {1: {}}
    broken = (float("nan"),) * SIZE
    assert found({1: broken}, {2: broken, 3: person(0)}) == {1: {}}


def test_of_very_many_the_most_alike_are_kept() -> None:
    many = {number: alike(0, 0.5 + number / 1_000, beside=number % 100 + 1) for number in range(1, 101)}
    kept = found({0: person(0)}, many)[0]
    assert len(kept) == MOST_ALIKE
    assert min(kept) > 100 - MOST_ALIKE
    assert list(kept.values()) == sorted(kept.values(), reverse=True)


@given(st.lists(st.floats(0.3, 0.9), min_size=1, max_size=12), st.integers(1, 12))
def test_it_does_not_matter_in_which_portions_faces_come(cosines: list[float], size: int) -> None:
    everybody = {number: alike(0, cosine, beside=number) for number, cosine in enumerate(cosines, 1)}
    portions = [dict(list(everybody.items())[at : at + size]) for at in range(0, len(everybody), size)]
    assert found({0: person(0)}, *portions) == found({0: person(0)}, everybody)
