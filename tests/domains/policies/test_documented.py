"""docs/rules/policies.md lists every parameter with what may be set and which way it is stricter."""

import re

import pytest

from jiangxue.policies.rules.strictness import STRICTER, TECHNICAL
from jiangxue.policies.rules.time_policy import RANGES, TimePolicy
from jiangxue.portals.rulebook.parameters import PARAMETERS
from tests.repository.sources import document

_ROW = re.compile(r"^\| `(\w+)` \| (\S+?) \| ([\d.:]+)–([\d.:]+)(?: \S+)? \| ([\d.:]+) \| ([\w ]+) \|$", re.MULTILINE)


def _rows() -> dict[str, tuple[str, ...]]:
    return {name: tuple(rest) for name, *rest in _ROW.findall(document("rules/policies.md"))}


def test_the_table_lists_every_parameter() -> None:
    assert set(_rows()) == set(RANGES)


@pytest.mark.parametrize("name", sorted(RANGES))
def test_the_table_says_what_the_code_says(name: str) -> None:
    label, low, high, default, stricter = _rows()[name]
    parameter = PARAMETERS[name]
    assert label == str(parameter.label)
    assert (parameter.stored(low), parameter.stored(high)) == RANGES[name]
    assert parameter.stored(default) == getattr(TimePolicy(), name)
    assert stricter == ("platform only" if name in TECHNICAL else STRICTER[name].value)
