"""Whether values can be set at a place, and if not, which one and why. docs/rules/policies.md."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from jiangxue.policies.errors import Fault, What
from jiangxue.policies.rules.layers import Layer, Standing, layered, misfits
from jiangxue.policies.rules.reach import SUPERVISED, Scope
from jiangxue.policies.rules.strictness import BEFORE_A_CLASS, OF_THE_AUTHORITY, TECHNICAL, is_looser
from jiangxue.policies.rules.time_policy import RANGES


@dataclass(frozen=True, slots=True)
class Draft:
    """A version to be made. `values` are what the place sets otherwise, the platform all; without `begins_at` it begins at once."""

    values: Mapping[str, int]
    reason: str
    locks: frozenset[str] = field(default_factory=frozenset)
    begins_at: datetime | None = None
    for_demonstration: bool = False


def with_technical(draft: Draft, own: Mapping[str, int]) -> Draft:
    """Return a draft with what the program itself has set at its place: no person can name it, and every version keeps it."""
    return replace(draft, values={**{name: value for name, value in own.items() if name in TECHNICAL}, **draft.values})


def faults_of(draft: Draft, scope: Scope, above: Sequence[Layer]) -> list[Fault]:
    """Return all that keeps a draft from being set under the layers above it; nothing wrong is an empty list."""
    single = list(_single_faults(draft, scope, above))
    if single:
        return single
    together = {name: standing.value for name, standing in layered(above).items()} | dict(draft.values)
    return [
        Fault(misfit.name, What.CONTRADICTS, misfit.limit, misfit.other)
        if misfit.name in draft.values
        else Fault(misfit.other, What.CONTRADICTS, together[misfit.name], misfit.name)
        for misfit in misfits(together)
        if {misfit.name, misfit.other} & set(draft.values)
    ]


def _single_faults(draft: Draft, scope: Scope, above: Sequence[Layer]) -> Iterator[Fault]:
    if scope is Scope.PLATFORM:
        yield from (Fault(name, What.MISSING) for name in RANGES if name not in draft.values)
    standings = layered(above)
    authority = layered([layer for layer in above if not layer.is_supervised])
    for name, value in draft.values.items():
        fault = _value_fault(name, value, scope, standings)
        if fault is not None:
            yield fault
        elif scope in SUPERVISED and name in OF_THE_AUTHORITY and is_looser(name, value, authority[name].value):
            yield Fault(name, What.LOOSER, authority[name].value)
    for name in sorted(draft.locks):
        if name not in RANGES:
            yield Fault(name, What.UNKNOWN)
        elif name in TECHNICAL or scope is Scope.TRAINING_CLASS:
            yield Fault(name, What.NO_LOCK_HERE)


def _value_fault(name: str, value: int, scope: Scope, standings: Mapping[str, Standing]) -> Fault | None:
    if name not in RANGES:
        return Fault(name, What.UNKNOWN)
    is_elsewhere = name in TECHNICAL and scope is not Scope.PLATFORM
    if is_elsewhere or (name in BEFORE_A_CLASS and scope is Scope.TRAINING_CLASS):
        return Fault(name, What.NOT_HERE)
    low, high = RANGES[name]
    if not low <= value <= high:
        return Fault(name, What.OUT_OF_RANGE)
    above = standings[name]
    if above.locked_by is not None and is_looser(name, value, above.value):
        return Fault(name, What.LOOSER, above.value)
    return None
