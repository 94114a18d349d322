"""What is in force where several versions apply: the narrower one says otherwise, within what a broader one has locked. Clause T2.5.

Pure. The authority on layering is docs/rules/policies.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jiangxue.policies.rules.strictness import OF_THE_AUTHORITY, is_looser
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Layer:
    """What one version sets, and which values it locks for those below it; the platform's sets every value. `is_supervised`: an institution says it."""

    values: Mapping[str, int]
    locks: frozenset[str] = field(default_factory=frozenset)
    is_supervised: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One parameter in force: its value, the layer (counted from the broadest) that the value is from, and the first that locked it."""

    value: int
    set_by: int = 0
    locked_by: int | None = None


@dataclass(frozen=True, slots=True)
class Misfit:
    """Two parameters that contradict each other: `name` must not exceed `limit`, which `other` sets."""

    name: str
    other: str
    limit: int


def layered(layers: Sequence[Layer]) -> dict[str, Standing]:
    """Return every parameter in force under layers from broad to narrow.

    A value looser than a lock above it gives way to the locked one; a stricter value stays. What contradicts after that, because a
    broader version changed later, is fitted, always to the stricter side. What is the authority's to say, no institution makes looser, locked or not.
    """
    standings = {name: Standing(value) for name, value in TimePolicy().to_values().items()}
    authority: dict[str, int] = {}
    for at, layer in enumerate(layers):
        if layer.is_supervised and not authority:
            authority = {name: standings[name].value for name in OF_THE_AUTHORITY}
        for name, value in layer.values.items():
            above = standings[name]
            is_bound = above.locked_by is not None and is_looser(name, value, above.value)
            if not is_bound and not (name in authority and is_looser(name, value, authority[name])):
                standings[name] = replace(above, value=value, set_by=at)
        for name in layer.locks:
            if standings[name].locked_by is None:
                standings[name] = replace(standings[name], locked_by=at)
    return _fitted(standings)


def policy_of(standings: Mapping[str, Standing]) -> TimePolicy:
    """Return what is in force as the judge takes it."""
    return TimePolicy.from_values({name: standing.value for name, standing in standings.items()})


def misfits(values: Mapping[str, int]) -> list[Misfit]:
    """Return which parameters of a complete set contradict each other, in the order in which they can be fitted."""
    limits = (
        ("check_mean_ms", "check_most_ms", values["check_most_ms"]),
        ("check_least_ms", "check_mean_ms", min(values["check_mean_ms"], values["check_most_ms"]) * 3 // 4),
        ("check_answer_ms", "check_expiry_ms", values["check_expiry_ms"]),
        ("face_mean_ms", "face_most_ms", values["face_most_ms"]),
        ("face_least_ms", "face_mean_ms", min(values["face_mean_ms"], values["face_most_ms"]) * 3 // 4),
        ("face_answer_ms", "face_expiry_ms", values["face_expiry_ms"]),
        ("class_day_cap_ms", "day_cap_ms", values["day_cap_ms"]),
        ("hours_from_min", "hours_until_min", values["hours_until_min"] - 1),
        ("max_gap_ms", "silent_close_ms", values["silent_close_ms"]),
        ("beat_ms", "max_gap_ms", longest_beat_ms(values)),
    )
    return [Misfit(name, other, limit) for name, other, limit in limits if values[name] > limit]


def longest_beat_ms(values: Mapping[str, int]) -> int:
    """Return the longest interval between beats that is paid in full, though chance lengthens it by the jitter."""
    return values["max_gap_ms"] * 100 // (100 + values["beat_jitter_percent"])


def _fitted(standings: dict[str, Standing]) -> dict[str, Standing]:
    values = {name: standing.value for name, standing in standings.items()}
    for misfit in misfits(values):
        if misfit.name == "hours_from_min":
            continue  # hours of two scopes that do not meet leave none: fitting them would be looser than one of the two
        other = standings[misfit.other]
        standings[misfit.name] = replace(standings[misfit.name], value=misfit.limit, set_by=other.set_by)
    return standings
