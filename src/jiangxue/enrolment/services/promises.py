"""Signing promises (承诺书), kept and appended to the archives that they belong to. Clauses C1, C5, T8.2."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor, person_of
from jiangxue.enrolment.errors import PromiseTextChanged
from jiangxue.enrolment.models import ClassOpening, Enrolment, Promise
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.enrolment.queries.promises import text_of
from jiangxue.enrolment.rules.promises import VERSIONS, Party
from jiangxue.enrolment.services.telling import tell_of_promise
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.viewer import Viewer
from jiangxue.ledger import services as ledger
from jiangxue.ledger.services import Event


@transaction.atomic
def sign_for_institution(*, opening: ClassOpening, version: int, by: Actor, now: datetime) -> Promise:
    """Keep the institution's promise for an application, by the text that was shown, or raise `PromiseTextChanged`."""
    promise = _kept(Party.INSTITUTION, version, by=by, now=now)
    promise.opening = opening
    promise.save(force_insert=True)
    audit.record("promise.signed", by=by, at=now, about=("opening", opening.pk))
    return promise


@transaction.atomic
def sign_as_learner(*, viewer: Viewer, class_id: int, version: int, by: Actor, now: datetime) -> Promise:
    """Keep the viewer's own promise for a class and append it to their archive; a signed one stays. Raises `NotInClass` or `PromiseTextChanged`."""
    place = Enrolment.objects.select_for_update().get(pk=enrolment_for(viewer, class_id).pk)
    before = Promise.objects.filter(enrolment=place).first()
    if before is not None:
        return before
    promise = _kept(Party.LEARNER, version, by=by, now=now)
    promise.enrolment = place
    promise.save(force_insert=True)
    ledger.append(place.aid, "promise.signed", _facts(promise), at=now)
    audit.record("promise.signed", by=by, at=now, about=("enrolment", place.pk))
    tell_of_promise(class_id, viewer.account_id, at=now)
    return promise


def append_institution_promise(class_id: int, places: Sequence[Enrolment], *, now: datetime) -> None:
    """Append to the archives of new places in a class what its institution promised; nothing for a class without an application."""
    promise = Promise.objects.filter(opening__training_class=class_id).order_by("-pk").first()
    if promise is not None:
        ledger.append_all([Event(place.aid, "promise.signed", _facts(promise), now) for place in places])


def _kept(party: Party, version: int, *, by: Actor, now: datetime) -> Promise:
    if version != VERSIONS[party]:
        raise PromiseTextChanged
    text = text_of(party)
    return Promise(party=party.value, account_id=person_of(by), version=text.version, text_sha256=text.sha256, at=now)


def _facts(promise: Promise) -> dict[str, Value]:
    return {
        "party": promise.party,
        "version": promise.version,
        "sha256": promise.text_sha256,
        "by": promise.account_id,
        "signed_at_ms": to_ms(promise.at),
    }
