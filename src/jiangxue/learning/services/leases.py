"""The lock under which everything about one learner's time happens."""

from collections.abc import Collection
from datetime import datetime

from jiangxue.kernel.clock import Clock, from_ms, to_ms
from jiangxue.learning.models import Lease, StudySession


def locked_lease(learner_id: int, clock: Clock) -> tuple[Lease, datetime]:
    """Return the learner's lease, locked, and the time read after the lock was had, in whole milliseconds.

    The order matters: a time read before waiting for the lock could lie before the last beat (decision 0005), and a session
    joined to the lease in the same statement would be looked up as it was before the wait.
    """
    Lease.objects.bulk_create([Lease(learner_id=learner_id)], ignore_conflicts=True)
    lease = Lease.objects.select_for_update().get(pk=learner_id)
    if lease.session_id is not None:
        lease.session = StudySession.objects.get(pk=lease.session_id)
    return lease, from_ms(to_ms(clock.now()))


def lock_leases(learner_ids: Collection[int]) -> None:
    """Lock the leases of several learners, in the order of their keys, until the transaction ends."""
    Lease.objects.bulk_create([Lease(learner_id=pk) for pk in sorted(learner_ids)], ignore_conflicts=True)
    list(Lease.objects.select_for_update().filter(pk__in=learner_ids).order_by("pk").values_list("pk"))
