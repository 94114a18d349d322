"""Looking for one face under several accounts (比对登记人脸): in the worker, after each enrolment. It changes nothing for anybody. Clauses T3.2, M6."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import QuerySet

from jiangxue.accounts.services.erasing import lock_accounts
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.facecheck.models import AlikeFaces, FaceComparison, FaceTemplate
from jiangxue.facecheck.rules.alike import Search, Stored
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.vision.weights import SFACE
from jiangxue.kernel import ids
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.crypto import NotGenuine

log = logging.getLogger(__name__)

AT_ONCE = 200
"""So many enrolments are compared in one pass over all that is stored; the next minute takes the next."""
PORTION = 2_000
"""So many templates are open at a time: 1 MB of vectors."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A template, whose faces are like it in thousandths, with how many it was compared, and since when that went on."""

    template: FaceTemplate
    alike: Mapping[int, int]
    others: int
    began: datetime


def compare_waiting(*, clock: Clock) -> int:
    """Compare templates that wait for it with all others of the model in use, keep which are alike, and return how many were compared.

    Who enrols meanwhile waits for the next pass, which sees those of this one: no two are left out.
    """
    began = clock.now()
    waiting = {each.pk: each for each in _waiting(began)[:AT_ONCE]}
    wanted = _opened(waiting.values())
    if not wanted.accounts:
        return 0
    search = Search(wanted, {pk: _least_permille(each) for pk, each in waiting.items()})
    for portion in batched(_comparable().only("sealed").iterator(chunk_size=PORTION), PORTION):
        search.look_through(_opened(portion))
    for account, alike in search.alike().items():
        _keep(_Compared(waiting[account], alike, search.others - 1, began), now=clock.now())
    return len(wanted.accounts)


def _comparable() -> QuerySet[FaceTemplate]:
    """Return what can be compared: vectors of two models have nothing in common."""
    return FaceTemplate.objects.filter(model_sha256=SFACE.sha256)


def _waiting(at: datetime) -> QuerySet[FaceTemplate]:
    found = _comparable().filter(compared=None, enrolled_at__lte=at)
    return found.select_related("attempt").order_by("enrolled_at")


def _opened(templates: Iterable[FaceTemplate]) -> Stored:
    """Open templates; one that was altered is left out and told, so that it hides nobody but itself."""
    vectors: dict[int, bytes] = {}
    for each in templates:
        try:
            vectors[each.pk] = reveal_bytes(each, "sealed")
        except NotGenuine:
            log.error("the face template of account %d does not open, and is not compared", each.pk)
    return Stored.of(vectors)


def _least_permille(template: FaceTemplate) -> int:
    return Thresholds.from_values(template.attempt.thresholds).same_face_permille


@transaction.atomic
def _keep(compared: _Compared, *, now: datetime) -> None:
    """Keep what was found, under the locks by which faces come and go: of those alone that are stored since before."""
    template, alike = compared.template, compared.alike
    lock_accounts([template.pk, *alike])
    same = FaceTemplate.objects.filter(pk__in=[template.pk, *alike], enrolled_at__lte=compared.began)
    stored = set(same.values_list("pk", flat=True))
    if template.pk not in stored:
        return
    FaceComparison.objects.create(template=template, others=compared.others, compared_at=now)
    # Where both enrolled just now, each is found by the other.
    AlikeFaces.objects.bulk_create(
        [_row(template, other, permille, now) for other, permille in alike.items() if other in stored],
        ignore_conflicts=True,
    )


def _row(template: FaceTemplate, other: int, permille: int, now: datetime) -> AlikeFaces:
    return AlikeFaces(
        id=ids.new_id(),
        one_id=min(template.pk, other),
        other_id=max(template.pk, other),
        permille=permille,
        least_permille=_least_permille(template),
        model_sha256=template.model_sha256,
        found_at=now,
    )
