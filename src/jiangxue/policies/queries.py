"""Which parameters are in force, since when and until when. Clause T2.5.

These take no viewer but a `Reach`, which a page has from a query that knows its viewer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.drafts import Draft
from jiangxue.policies.rules.layers import Layer, Standing, layered, policy_of
from jiangxue.policies.rules.reach import PLATFORM, SUPERVISED, Place, Reach, Scope
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class InForce:
    """The time policy in force at a place, the versions it is layered from, broad to narrow, and when the next one takes over."""

    policy: TimePolicy
    version_ids: tuple[int, ...]
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All that is to be said of the rules at a place and an instant: `layers` are in force, and what `standings` count by.

    `versions` are all on the way to the place, in the order in which they begin.
    """

    reach: Reach
    at: datetime
    standings: dict[str, Standing]
    layers: tuple[PolicyVersion, ...]
    versions: tuple[PolicyVersion, ...]

    @property
    def policy(self) -> TimePolicy:
        """Return what is in force."""
        return policy_of(self.standings)

    @property
    def for_demonstration(self) -> bool:
        """Say whether a class has, or ever had, rules that are good for showing only: what was learned under them stays."""
        return any(version.for_demonstration for version in self.versions if version.valid_from <= self.at)

    @property
    def above(self) -> tuple[Layer, ...]:
        """Return the layers in force above the place."""
        return tuple(version.layer for version in self.layers if version.place != self.reach.own)

    @property
    def own(self) -> PolicyVersion | None:
        """Return the place's own version in force."""
        return next((version for version in self.layers if version.place == self.reach.own), None)

    @property
    def coming(self) -> tuple[PolicyVersion, ...]:
        """Return what comes into force on the way to the place."""
        return tuple(version for version in self.versions if version.valid_from > self.at)

    @property
    def history(self) -> tuple[PolicyVersion, ...]:
        """Return the place's own versions, the last to begin first."""
        return tuple(version for version in reversed(self.versions) if version.place == self.reach.own)

    def before(self, version: PolicyVersion) -> PolicyVersion | None:
        """Return the version of the same scope that another one replaces."""
        same = [each for each in self.versions if each.place == version.place]
        at = same.index(version)
        return same[at - 1] if at else None

    def with_draft(self, draft: Draft) -> TimePolicy:
        """Return what would be in force with a draft in the place of the own version."""
        own = Layer(draft.values, draft.locks, self.reach.own.scope in SUPERVISED)
        return policy_of(layered([*self.above, own]))


def time_policy_for(reach: Reach, at: datetime) -> InForce:
    """Return the time policy at a place and an instant: the newest version in force of each scope on its way, layered."""
    versions = versions_on(reach)
    layers = layers_at(reach, versions, at)
    return InForce(
        policy=policy_of(layered([version.layer for version in layers])),
        version_ids=tuple(version.pk for version in layers),
        valid_until=min((version.valid_from for version in versions if version.valid_from > at), default=None),
    )


def time_policies_for(reaches: Collection[Reach], at: datetime) -> dict[Reach, TimePolicy]:
    """Return the time policies at several places, in one query."""
    versions = versions_on(*reaches)
    return {
        reach: policy_of(layered([version.layer for version in layers_at(reach, versions, at)])) for reach in reaches
    }


def time_policies_at(moments: Collection[tuple[Reach, datetime]]) -> dict[tuple[Reach, datetime], TimePolicy]:
    """Return the time policies at several places, each at an instant of its own, in one query."""
    versions = versions_on(*{reach for reach, _ in moments})
    return {
        (reach, at): policy_of(layered([version.layer for version in layers_at(reach, versions, at)]))
        for reach, at in moments
    }


def platform_time_policy(at: datetime) -> TimePolicy:
    """Return the platform's own time policy at an instant."""
    return time_policy_for(PLATFORM, at).policy


def rule_book(reach: Reach, at: datetime) -> RuleBook:
    """Return what is in force at a place, and every version on the way to it."""
    versions = versions_on(reach)
    layers = layers_at(reach, versions, at)
    standings = layered([version.layer for version in layers])
    return RuleBook(reach, at, standings, layers, tuple(versions))


def versions_on(*reaches: Reach) -> list[PolicyVersion]:
    """Return every version that was, is or will be in force on the ways to some places, in the order in which they begin."""
    anywhere = Q(pk__in=())
    for place in {place for reach in reaches for place in reach.way}:
        here = Q(scope_id__isnull=True) if place.scope_id is None else Q(scope_id=place.scope_id)
        anywhere |= here & Q(scope=place.scope.value)
    found = PolicyVersion.objects.filter(anywhere, kind=PolicyVersion.Kind.TIME)
    return list(found.order_by("valid_from", "pk"))


def layers_at(reach: Reach, versions: Sequence[PolicyVersion], at: datetime) -> tuple[PolicyVersion, ...]:
    """Return the newest version that has begun at each place on a way, from broad to narrow."""
    newest: dict[Place, PolicyVersion] = {version.place: version for version in versions if version.valid_from <= at}
    return tuple(newest[place] for place in reach.way if place in newest)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What pages say of a rule version: its number, since when it is in force, why, and how far it reaches."""

    number: int
    valid_from: datetime
    reason: str
    scope: Scope


def version_facts(version_ids: Collection[int]) -> list[VersionFacts]:
    """Return what recorded version numbers stand for, in their order."""
    kept = PolicyVersion.objects.in_bulk(version_ids)
    found = [kept[version_id] for version_id in version_ids if version_id in kept]
    return [VersionFacts(each.pk, each.valid_from, each.reason, Scope(each.scope)) for each in found]
