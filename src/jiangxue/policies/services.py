"""Setting parameters. Clauses T2.5, M6."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit, share_until_commit
from jiangxue.kernel.viewer import Viewer
from jiangxue.policies.errors import BeginsInThePast, MomentIsTaken, NotTheirsToSet, UnfitRules, WithoutReason
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import layers_at, platform_time_policy, rule_book, versions_on
from jiangxue.policies.rules.drafts import Draft, faults_of, with_technical
from jiangxue.policies.rules.reach import Reach, Scope, may_set
from jiangxue.policies.rules.time_policy import TimePolicy

_RULES = hashlib.sha256(b"rules of time").digest()


def hold_rules() -> None:
    """Hold off new versions until the caller's transaction ends: what it does by the rules that it reads is known before they change."""
    share_until_commit(_RULES)


@transaction.atomic
def set_time_policy(viewer: Viewer, reach: Reach, draft: Draft, *, by: Actor, now: datetime) -> PolicyVersion:
    """Append a version of the time policy for the narrowest scope of `reach`, and say so in the audit, or raise a `PolicyRefusal`."""
    if not may_set(viewer, reach):
        raise NotTheirsToSet
    lock_until_commit(_RULES)
    require_fit(reach, draft, now)
    place = reach.own
    own = rule_book(reach, draft.begins_at or now).own
    version = PolicyVersion.objects.create(
        kind=PolicyVersion.Kind.TIME,
        scope=place.scope.value,
        scope_id=place.scope_id,
        valid_from=draft.begins_at or now,
        values=dict(with_technical(draft, own.values if own is not None else {}).values),
        locks=sorted(draft.locks),
        for_demonstration=draft.for_demonstration and place.scope is Scope.TRAINING_CLASS,
        author_id=viewer.account_id,
        reason=draft.reason.strip(),
        made_at=now,
    )
    audit.record("policy.set", by=by, at=now, about=("policy_version", version.pk))
    return version


def require_fit(reach: Reach, draft: Draft, now: datetime) -> None:
    """Raise the `PolicyRefusal` that setting a draft at a place would meet; it is held against what rules there when it begins."""
    begins_at = draft.begins_at or now
    if begins_at < now:
        raise BeginsInThePast
    if not any(map(str.isalnum, draft.reason)):
        raise WithoutReason
    versions = versions_on(reach)
    if any(version.place == reach.own and version.valid_from == begins_at for version in versions):
        raise MomentIsTaken
    above = [version.layer for version in layers_at(reach, versions, begins_at) if version.place != reach.own]
    faults = faults_of(draft, reach.own.scope, above)
    if faults:
        raise UnfitRules(faults)


def set_class_time_policy(  # noqa: PLR0913  (kept as it is called)
    *,
    training_class_id: int,
    values: Mapping[str, int],
    valid_from: datetime,
    author_id: int | None,
    reason: str,
    for_demonstration: bool = False,
) -> PolicyVersion:
    """Append a version for one class on behalf of the program itself: also for technical parameters, and for a day that has passed.

    `values` are what the class sets otherwise; out of range they are refused with `ValueError`.
    """
    TimePolicy.from_values({**platform_time_policy(valid_from).to_values(), **values})
    return PolicyVersion.objects.create(
        kind=PolicyVersion.Kind.TIME,
        scope=Scope.TRAINING_CLASS.value,
        scope_id=training_class_id,
        valid_from=valid_from,
        values=dict(values),
        for_demonstration=for_demonstration,
        author_id=author_id,
        reason=reason,
    )
