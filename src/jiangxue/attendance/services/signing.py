"""Signing in to an item and out of it by the code that is shown there. Clauses T1.3, C3; docs/rules/attendance.md."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from jiangxue.accounts.queries.consents import require_learning
from jiangxue.attendance.errors import Cancelled, CodeNotValid, NotYours
from jiangxue.attendance.models import AttendanceMark
from jiangxue.attendance.queries.sheet import planned_span
from jiangxue.attendance.rules.codes import Seen, Side, code_at, open_seen, read_code, seal_seen
from jiangxue.attendance.rules.presence import Mark, require_open
from jiangxue.attendance.services.evidence import mark_facts
from jiangxue.enrolment.queries import answers_for, enrolment_for, learners_ever_in
from jiangxue.enrolment.queries.plan import Item, item_named
from jiangxue.kernel.clock import Clock, from_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger import services as ledger

_PURPOSE = b"jiangxue attendance codes"


@dataclass(frozen=True, slots=True)
class From:
    """Which browser somebody signs from: what it seems to be, the random name that we gave it, and its network address."""

    device: str
    browser: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, and whether it was there before."""

    mark: AttendanceMark
    is_new: bool


def may_show_code(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer, who sees the class, may show its codes: whoever teaches it or answers for it, and does not learn in it."""
    if viewer.role is not Role.TEACHER and not answers_for(viewer, item.training_class):
        return False
    return viewer.account_id not in learners_ever_in(item.training_class_id)


def code_to_show(viewer: Viewer, item: Item, side: Side, now_ms: int) -> str:
    """Return the code of an item of a class that the viewer sees, or raise `NotYours`, `Cancelled`, `NotOpenYet` or `NoLongerOpen`."""
    if not may_show_code(viewer, item):
        raise NotYours
    _require_open(item, Mark(side, now_ms))
    return code_at(_key(), item.pk, side, now_ms)


def see_code(item_id: int, side: Side, code: str, now_ms: int) -> str:
    """Return the word that a browser keeps which has read a code, or raise `CodeNotValid`."""
    return seal_seen(_key(), read_code(_key(), item_id, side, code, now_ms))


def seen_in(word: str, now_ms: int) -> Seen:
    """Return what a browser has read, by the word that it kept; raises `CodeNotValid`."""
    return open_seen(_key(), word, now_ms)


def item_seen(viewer: Viewer, seen: Seen) -> Item:
    """Return the item of a code that the learner has read, or raise `NotInClass`, `CodeNotValid`, `Cancelled`, `NotOpenYet` or `NoLongerOpen`."""
    item = item_named(seen.item_id)
    if item is None:
        raise CodeNotValid
    enrolment_for(viewer, item.training_class_id)
    _require_open(item, Mark(seen.side, seen.at_ms))
    return item


def sign(viewer: Viewer, seen: Seen, said: From, *, clock: Clock) -> Signed:
    """Sign in or out as of the moment in which the code was read; who has signed before keeps that signature.

    Raises what `item_seen` does, and `MayNotLearn`.
    """
    with transaction.atomic():
        item = item_seen(viewer, seen)
        require_learning(viewer.account_id)
        place = enrolment_for(viewer, item.training_class_id)
        at = from_ms(seen.at_ms)
        mark, is_new = AttendanceMark.objects.get_or_create(
            item=item,
            enrolment=place,
            side=seen.side.value,
            defaults={
                "at": at,
                "confirmed_at": max(clock.now(), at),
                "steps_old": seen.steps_old,
                "device": said.device,
                "browser": hashed_browser(said.browser),
                "address": said.address,
            },
        )
        if is_new:
            ledger.append(place.aid, "attendance.signed", mark_facts(mark), at=mark.confirmed_at)
    return Signed(mark, is_new)


def hashed_browser(name: str) -> str:
    """Return by what a browser is known here; its own name stays with it."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _require_open(item: Item, mark: Mark) -> None:
    if item.cancelled_at is not None:
        raise Cancelled
    require_open(planned_span(item), mark)


def _key() -> bytes:
    """Return the key of codes: one derived key for all items, so that nothing of them is stored."""
    return hmac.digest(settings.SECRET_KEY.encode(), _PURPOSE, hashlib.sha256)
