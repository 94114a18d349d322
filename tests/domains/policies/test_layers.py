"""Layering versions, for any versions: locks hold, the result can always be judged by, and nothing else moves a value."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.policies.rules.layers import Layer, layered, misfits, policy_of
from jiangxue.policies.rules.reach import PLATFORM, Place, Reach, Scope
from jiangxue.policies.rules.strictness import STRICTER, TECHNICAL, Stricter, is_looser
from jiangxue.policies.rules.time_policy import RANGES, TimePolicy

DEFAULTS = TimePolicy().to_values()
_names = sorted(RANGES)
_values = st.fixed_dictionaries({}, optional={name: st.integers(*RANGES[name]) for name in _names})
_locks = st.frozensets(st.sampled_from(sorted(set(_names) - TECHNICAL)))
_layers = st.lists(st.builds(Layer, _values, _locks), min_size=1, max_size=6)


def in_force(layers: list[Layer]) -> dict[str, int]:
    return {name: standing.value for name, standing in layered(layers).items()}


def test_every_parameter_says_which_way_it_is_stricter() -> None:
    assert set(STRICTER) == {field.name for field in fields(TimePolicy)}
    assert set(STRICTER) > TECHNICAL


@given(_layers)
def test_whatever_is_layered_can_be_judged_by(layers: list[Layer]) -> None:
    policy = policy_of(layered(layers))
    assert not misfits(policy.to_values())


@pytest.mark.clause("M6")
@given(_layers)
def test_no_value_is_looser_than_any_lock(layers: list[Layer]) -> None:
    """Where no direction is stricter, the broadest lock is all that can hold."""
    values = in_force(layers)
    for at, layer in enumerate(layers):
        for name in layer.locks & set(layer.values):
            is_broadest = not any(name in each.locks for each in layers[:at])
            if is_broadest or STRICTER[name] is not Stricter.NEITHER:
                assert not is_looser(name, values[name], layer.values[name])


@pytest.mark.clause("M6")
@given(_layers, _values)
def test_under_a_lock_on_everything_one_more_version_only_tightens(layers: list[Layer], values: dict[str, int]) -> None:
    locked = [*layers[:-1], Layer(layers[-1].values, frozenset(set(_names)))]
    before, after = in_force(locked), in_force([*locked, Layer(values)])
    assert not [name for name in _names if is_looser(name, after[name], before[name]) and name not in TECHNICAL]


@given(_layers, st.integers(0, 6))
def test_a_version_that_sets_nothing_changes_nothing(layers: list[Layer], at: int) -> None:
    at = 1 + at % len(layers)
    assert in_force([*layers[:at], Layer({}), *layers[at:]]) == in_force(layers)


@given(_values)
def test_without_locks_the_last_word_counts(values: dict[str, int]) -> None:
    broad = Layer({name: RANGES[name][0] for name in _names})
    wanted = DEFAULTS | values
    expected = in_force([Layer(wanted)])
    assert in_force([broad, Layer(wanted)]) == expected


def test_without_versions_it_is_the_platforms() -> None:
    assert in_force([Layer(DEFAULTS)]) == DEFAULTS


def test_a_lock_without_a_value_holds_what_is_inherited() -> None:
    layers = [Layer(DEFAULTS), Layer({}, frozenset({"day_cap_ms"})), Layer({"day_cap_ms": DEFAULTS["day_cap_ms"] + 1})]
    standing = layered(layers)["day_cap_ms"]
    assert (standing.value, standing.set_by, standing.locked_by) == (DEFAULTS["day_cap_ms"], 0, 1)


@pytest.mark.parametrize(
    ("name", "locked", "stricter", "looser"),
    [("day_cap_ms", 240, 200, 300), ("check_void_ms", 5, 6, 4), ("check_simple_weight", 2, 2, 3)],
)
def test_a_locked_value_can_only_be_tightened(name: str, locked: int, stricter: int, looser: int) -> None:
    above = [Layer(DEFAULTS | {name: locked, "class_day_cap_ms": 1}, frozenset({name}))]
    assert in_force([*above, Layer({name: stricter})])[name] == stricter
    assert in_force([*above, Layer({name: looser})])[name] == locked


def test_what_a_broader_version_makes_contradict_is_fitted_to_the_stricter_side() -> None:
    changed = DEFAULTS | {"check_mean_ms": 1_200_000, "check_answer_ms": 120_000, "day_cap_ms": 3_600_000}
    values = in_force([Layer(changed), Layer({"check_most_ms": 600_000, "check_expiry_ms": 90_000})])
    assert (values["check_mean_ms"], values["check_answer_ms"], values["class_day_cap_ms"]) == (
        600_000,
        90_000,
        3_600_000,
    )


def test_the_way_to_a_class_leads_through_the_regions_it_lies_in() -> None:
    assert Reach("440103", 7, 5).way == (
        Place(Scope.PLATFORM),
        Place(Scope.REGION, 44),
        Place(Scope.REGION, 4401),
        Place(Scope.REGION, 440103),
        Place(Scope.INSTITUTION, 7),
        Place(Scope.TRAINING_CLASS, 5),
    )
    assert PLATFORM.way == (Place(Scope.PLATFORM),)
    assert Reach("4401").own == Place(Scope.REGION, 4401)
