"""Which parameters are in force. Clause T2.5."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class InForce:
    """The time policy in force for a class, the version it comes from, and when the next version takes over."""

    policy: TimePolicy
    version_id: int
    valid_until: datetime | None


def time_policy_for(training_class_id: int, at: datetime) -> InForce:
    """Return the time policy of a class at an instant: its own newest version, else the platform's."""
    reach = Q(scope=PolicyVersion.Scope.PLATFORM) | Q(
        scope=PolicyVersion.Scope.TRAINING_CLASS, scope_id=training_class_id
    )
    versions = list(PolicyVersion.objects.filter(reach, kind=PolicyVersion.Kind.TIME).order_by("valid_from", "pk"))
    begun = [version for version in versions if version.valid_from <= at]
    own = [version for version in begun if version.scope == PolicyVersion.Scope.TRAINING_CLASS]
    chosen = (own or begun)[-1]
    coming = [
        version.valid_from
        for version in versions
        if version.valid_from > at and (version.scope_id is not None or not own)
    ]
    return InForce(TimePolicy.from_values(chosen.values), chosen.pk, min(coming, default=None))


def platform_time_policy(at: datetime) -> TimePolicy:
    """Return the platform's own time policy at an instant."""
    versions = PolicyVersion.objects.filter(
        kind=PolicyVersion.Kind.TIME, scope=PolicyVersion.Scope.PLATFORM, valid_from__lte=at
    )
    return TimePolicy.from_values(versions.latest("valid_from", "pk").values)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What pages say of a rule version: its number, since when it is in force, why, and for how much."""

    number: int
    valid_from: datetime
    reason: str
    is_of_class: bool


def version_facts(version_id: int) -> VersionFacts | None:
    """Return what a recorded version number stands for; None for one that is not kept."""
    version = PolicyVersion.objects.filter(pk=version_id).first()
    if version is None:
        return None
    is_of_class = version.scope == PolicyVersion.Scope.TRAINING_CLASS
    return VersionFacts(version.pk, version.valid_from, version.reason, is_of_class)
