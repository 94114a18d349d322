"""Where rules are set and where they are asked for: platform, regions, institution, class, from broad to narrow. Clause T2.5."""

from dataclasses import dataclass
from enum import StrEnum

from jiangxue.kernel.viewer import Role, Viewer

REGION_CODES = (2, 4, 6)
"""Digits of the codes of a province, a city and a district (GB/T 2260); a code begins with that of the region it lies in."""


class Scope(StrEnum):
    """How far a version reaches (适用范围)."""

    PLATFORM = "platform"
    REGION = "region"
    INSTITUTION = "institution"
    TRAINING_CLASS = "training_class"


SUPERVISED = frozenset({Scope.INSTITUTION, Scope.TRAINING_CLASS})
"""Where institutions speak for themselves."""


@dataclass(frozen=True, slots=True)
class Place:
    """One scope for which versions are kept; `scope_id` is a region's code as a number, else an id, and None for the platform."""

    scope: Scope
    scope_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where somebody stands: nothing given is the platform; an institution comes with its region, a class with both."""

    region: str = ""
    institution_id: int | None = None
    class_id: int | None = None

    @property
    def way(self) -> tuple[Place, ...]:
        """Return every place whose versions apply here, from broad to narrow."""
        found = [Place(Scope.PLATFORM)]
        found += [Place(Scope.REGION, int(self.region[:n])) for n in REGION_CODES if n <= len(self.region)]
        if self.institution_id is not None:
            found.append(Place(Scope.INSTITUTION, self.institution_id))
        if self.class_id is not None:
            found.append(Place(Scope.TRAINING_CLASS, self.class_id))
        return tuple(found)

    @property
    def own(self) -> Place:
        """Return the narrowest place: the one that a version made here is for."""
        return self.way[-1]


PLATFORM = Reach()


def may_set(viewer: Viewer, reach: Reach) -> bool:
    """Say whether a viewer sets rules at a place: the platform's, the own region's, those of the own institution and its classes."""
    match reach.own.scope:
        case Scope.PLATFORM:
            return viewer.role is Role.SYSTEM_ADMINISTRATOR
        case Scope.REGION:
            return viewer.role is Role.SUPERVISOR and viewer.region == reach.region
        case Scope.INSTITUTION | Scope.TRAINING_CLASS:
            return viewer.role is Role.INSTITUTION_ADMINISTRATOR and viewer.organisation_id == reach.institution_id
