"""How far runs of retention have come, and what waits for whom. Clauses T8.1, M2."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from jiangxue.archive.models import Erasure, LegalHold, RetentionRun
from jiangxue.archive.queries.retention import runs
from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Progress:
    """How many archives a run lists; of how many the ledger was told, how many are erased, and how many are kept after all."""

    listed: int = 0
    told: int = 0
    erased: int = 0
    kept: int = 0


def run_or_none(run_id: int) -> RetentionRun | None:
    """Return one run, if there is such a one."""
    return runs().filter(pk=run_id).first()


def progress_of(run_ids: Collection[int]) -> dict[int, Progress]:
    """Return how far runs have come, by run."""
    counted = (
        Erasure.objects.filter(run__in=run_ids)
        .values("run")
        .annotate(
            listed=Count("pk"),
            told=Count("pk", filter=Q(announced_at__isnull=False)),
            erased=Count("pk", filter=Q(erased_at__isnull=False)),
            kept=Count("pk", filter=~Q(kept_because="")),
        )
    )
    found = {
        run_id: Progress(*numbers)
        for run_id, *numbers in counted.values_list("run", "listed", "told", "erased", "kept")
    }
    return {run_id: found.get(run_id, Progress()) for run_id in run_ids}


@as_program()
def number_under_hold() -> int:
    """Return how many archives stand under a hold."""
    return LegalHold.objects.filter(lifted_at=None).count()


def number_to_confirm(viewer: Viewer) -> int:
    """Return how many runs wait for the viewer's word; for all but security administrators none."""
    if viewer.role is not Role.SECURITY_ADMINISTRATOR:
        return 0
    waiting = RetentionRun.objects.filter(confirmed_at=None, finished_at=None)
    return waiting.exclude(reported_by=viewer.account_id).count()
