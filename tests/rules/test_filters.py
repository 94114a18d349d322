"""Filters are read from an address and written back in one form; what cannot be read is refused by name."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.rules.id_types import IdType, Sex
from jiangxue.courseware.rules.content import PriorityGroup, ProjectType
from jiangxue.occupations.rules.levels import Level
from jiangxue.reporting.errors import Fault, FilterFault, FilterRefused
from jiangxue.reporting.rules.filters import ClassState, Filter, LearnerState, read_filter

_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(str.strip)
_numbers = st.integers(0, 999_999_999)


def _maybe[T](of: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | of


def _in_order[T](of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, T]]:
    return st.tuples(of, of).map(lambda pair: tuple(sorted(pair)))


filters = st.builds(
    lambda ages, days, **parts: Filter(age_from=ages[0], age_to=ages[1], first=days[0], last=days[1], **parts),
    ages=st.just((None, None)) | _in_order(st.integers(0, 120)) | st.tuples(st.none(), st.integers(0, 120)),
    days=st.just((None, None)) | _in_order(_DAYS) | st.tuples(_DAYS, st.none()),
    name=_names,
    group=_maybe(st.sampled_from(PriorityGroup)),
    id_type=_maybe(st.sampled_from(IdType)),
    sex=_maybe(st.sampled_from(Sex)),
    learner=_maybe(st.sampled_from(LearnerState)),
    institution=_maybe(_numbers),
    region=st.sampled_from(["", "44", "4401", "440103"]),
    course=_maybe(_numbers),
    training_class=_maybe(_numbers),
    occupation=st.sampled_from(["", "6", "6-31-01", "6-31-01-03"]),
    level=_maybe(st.sampled_from(Level)),
    project=_maybe(st.sampled_from(ProjectType)),
    state=_maybe(st.sampled_from(ClassState)),
)


def read(query: str) -> Filter:
    return read_filter(parse_qsl(query, keep_blank_values=True))


def read_or_not(pairs: list[tuple[str, str]]) -> tuple[Filter | None, tuple[FilterFault, ...]]:
    try:
        return read_filter(pairs), ()
    except FilterRefused as refused:
        return None, refused.faults


@pytest.mark.clause("T7")
@given(filters)
def test_what_is_written_is_read_again(asked: Filter) -> None:
    assert read(asked.query()) == asked
    assert read(asked.query()).query() == asked.query()


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_anything_else_is_read_or_refused_by_name(pairs: list[tuple[str, str]]) -> None:
    found, faults = read_or_not(pairs)
    if found is None:
        assert {fault.name for fault in faults} & {name for name, _ in pairs}
    else:
        assert read(found.query()) == found


@pytest.mark.parametrize(
    ("query", "name", "fault"),
    [
        ("groups=veterans", "groups", Fault.NOT_A_FILTER),
        ("group=pensioners", "group", Fault.NOT_THERE),
        ("sex=male&sex=female", "sex", Fault.TWICE),
        ("from=2026-02-30", "from", Fault.NOT_A_DAY),
        ("from=20260201", "from", Fault.NOT_A_DAY),
        ("from=2026-11-02&until=2026-11-01", "until", Fault.WRONG_ORDER),
        ("age_from=30&age_to=20", "age_to", Fault.WRONG_ORDER),
        ("age_from=-1", "age_from", Fault.NOT_A_NUMBER),
        ("age_from=１８", "age_from", Fault.NOT_A_NUMBER),
        ("age_to=121", "age_to", Fault.NOT_A_NUMBER),
        ("class=99999999999999999999", "class", Fault.NOT_A_NUMBER),
        ("region=44%25", "region", Fault.NOT_THERE),
        ("occupation=6_31", "occupation", Fault.NOT_THERE),
        ("name=a%00b", "name", Fault.NOT_THERE),
        ("name=" + "x" * 61, "name", Fault.TOO_LONG),
    ],
)
def test_what_cannot_be_read_is_named(query: str, name: str, fault: Fault) -> None:
    with pytest.raises(FilterRefused) as refused:
        read(query)
    assert [(each.name, each.fault) for each in refused.value.faults] == [(name, fault)]


def test_all_that_cannot_be_read_is_named_at_once() -> None:
    with pytest.raises(FilterRefused) as refused:
        read("level=x&course=y")
    assert {each.name for each in refused.value.faults} == {"level", "course"}


def test_empty_parts_ask_for_nothing_and_other_names_may_stand_beside() -> None:
    assert read_filter([("group", ""), ("name", "  "), ("after", "1~2")], beside={"after"}) == Filter()
