"""Moving modules and lessons of an outline by one place."""

from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.ordering import ModuleOrder, Order, lesson_moved, module_moved

ORDER = (ModuleOrder(1, (11, 12)), ModuleOrder(2, ()), ModuleOrder(3, (31,)))


def shown(order: Order) -> list[tuple[int, ...]]:
    return [each.lesson_ids for each in order]


def test_a_lesson_moves_within_its_module() -> None:
    assert shown(lesson_moved(ORDER, 11, 1)) == [(12, 11), (), (31,)]
    assert shown(lesson_moved(ORDER, 12, -1)) == [(12, 11), (), (31,)]


def test_at_the_border_it_goes_into_the_next_module() -> None:
    assert shown(lesson_moved(ORDER, 12, 1)) == [(11,), (12,), (31,)]
    assert shown(lesson_moved(ORDER, 31, -1)) == [(11, 12), (31,), ()]


def test_at_both_ends_it_stays() -> None:
    assert lesson_moved(ORDER, 11, -1) == ORDER
    assert lesson_moved(ORDER, 31, 1) == ORDER


def test_a_module_moves_with_its_lessons() -> None:
    assert [each.module_id for each in module_moved(ORDER, 3, -1)] == [1, 3, 2]
    assert module_moved(ORDER, 1, -1) == ORDER
    assert module_moved(ORDER, 3, 1) == ORDER


def test_what_is_not_there_moves_nothing() -> None:
    assert lesson_moved(ORDER, 99, 1) == ORDER
    assert module_moved(ORDER, 99, 1) == ORDER


@given(st.lists(st.tuples(st.sampled_from([11, 12, 31]), st.sampled_from([-1, 1])), max_size=20))
def test_nothing_is_lost_or_doubled_by_any_moves(moves: list[tuple[int, int]]) -> None:
    order: Order = ORDER
    for lesson_id, by in moves:
        order = lesson_moved(order, lesson_id, by)
    assert sorted(ref for each in order for ref in each.lesson_ids) == [11, 12, 31]
    assert [each.module_id for each in order] == [1, 2, 3]


@given(st.sampled_from([12, 31]), st.sampled_from([-1, 1]))
def test_a_step_and_its_opposite_lead_back(lesson_id: int, by: int) -> None:
    there = lesson_moved(ORDER, lesson_id, by)
    assert there == ORDER or lesson_moved(there, lesson_id, -by) == ORDER
