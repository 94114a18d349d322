"""Equal values have one spelling, and whatever has several is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.canonical import Value, canonical_json

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc中文", max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_a_value_can_be_read_back(value: Value) -> None:
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(max_size=3), st.integers(), min_size=2, max_size=5))
def test_the_order_in_which_members_came_does_not_show(value: dict[str, Value]) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


def test_the_spelling_is_compact_and_keeps_chinese_as_it_is() -> None:
    assert canonical_json({"b": [1, True, None], "a": "课节"}) == '{"a":"课节","b":[1,true,null]}'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": 0.5}, [[float("nan")]], {"a": [{"b": 1e9}]}])
def test_a_floating_point_number_is_refused_wherever_it_stands(value: Value) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, {"a": object()}])
def test_what_is_no_json_is_refused(value: Value) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
