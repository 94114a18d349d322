"""What a learner agreed to and withdrew, in the archive of each of their places. Clauses M2, T8.2."""

from collections.abc import Iterable
from datetime import datetime

from jiangxue.accounts.queries.consents import agreements
from jiangxue.accounts.rules.consents import KeptConsent
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.canonical import Value
from jiangxue.ledger import services as ledger
from jiangxue.ledger.services import Event


def append_consent(consent: KeptConsent, *, now: datetime) -> None:
    """Append to each archive of a learner what they have just said to one purpose, in the transaction in which it is kept."""
    places = Enrolment.objects.filter(learner_id=consent.account_id, erased_at=None).order_by("pk")
    ledger.append_all([_event(place, consent, now) for place in places])


def append_agreements(places: Iterable[Enrolment], *, now: datetime) -> None:
    """Append to the archives of new places what their learners have agreed to already."""
    found = [(place, consent) for place in places for consent in agreements(place.learner_id)]
    ledger.append_all([_event(place, consent, now) for place, consent in found])


def _event(place: Enrolment, consent: KeptConsent, now: datetime) -> Event:
    what: dict[str, Value] = {
        "purpose": consent.purpose.value,
        "version": consent.version,
        "sha256": consent.text_sha256,
    }
    return Event(place.aid, "consent.given" if consent.is_given else "consent.withdrawn", what, now)
