"""What a learner agreed to and withdrew, who has verified who they are, what is stored of their face, said of it and arranged for its checks, in the archive of each of their places. Clauses M1, M2, T3.3, T8.2."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef

from jiangxue.accounts.queries.consents import agreements_of
from jiangxue.accounts.queries.providers import identity_source
from jiangxue.accounts.queries.verification import verifications_of, waiting
from jiangxue.accounts.rules.consents import KeptConsent
from jiangxue.accounts.rules.verification import Outcome, Verification
from jiangxue.accounts.services.verifying import ask_about, keep_answer
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import places_of
from jiangxue.facecheck.queries.allowances import Arranged, arranged_facts, in_force
from jiangxue.facecheck.queries.documents import Compared, compared_facts, compared_in_force
from jiangxue.facecheck.queries.evidence import enrolled_facts
from jiangxue.facecheck.services.templates import Forgotten
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock, learning_day, to_ms
from jiangxue.ledger import services as ledger
from jiangxue.ledger.services import Event

AT_ONCE = 100
"""About how many learners a round of the job asks: the next one comes within a minute."""


class Forgetting(StrEnum):
    """Why what was stored of a face is deleted: consent withdrawn, deletion asked for, the last class settled, or found not to be the learner's."""

    WITHDRAWN = "withdrawn"
    ASKED = "asked"
    SETTLED = "settled"
    NOT_THEIRS = "not_theirs"


def append_consent(consent: KeptConsent, *, now: datetime) -> None:
    """Append to each archive of a learner what they have just said to one purpose, in the transaction in which it is kept."""
    ledger.append_all([_event(place, consent, now) for place in _places_of(consent.account_id)])


def append_agreements(places: Sequence[Enrolment], *, now: datetime) -> None:
    """Append to the archives of new places what holds of their learners already: what they have agreed to, the face that they have enrolled and what staff said of it, and what is arranged for them."""
    learners = [place.learner_id for place in places]
    agreed = agreements_of(learners)
    found = [(place, consent) for place in places for consent in agreed.get(place.learner_id, [])]
    faces, compared, words = enrolled_facts(learners), compared_in_force(learners), in_force(learners)
    ledger.append_all(
        [
            *(_event(place, consent, now) for place, consent in found),
            *(
                Event(place.aid, "face.enrolled", faces[place.learner_id], now)
                for place in places
                if place.learner_id in faces
            ),
            *(
                Event(place.aid, "face.compared", compared[place.learner_id], now)
                for place in places
                if place.learner_id in compared
            ),
            *(
                Event(place.aid, "face.arranged", arranged_facts(words[place.learner_id], ""), now)
                for place in places
                if place.learner_id in words
            ),
        ]
    )


def append_allowance(word: Arranged, why: str, *, now: datetime) -> None:
    """Append to each archive of a learner what is arranged for their face checks, in the transaction in which it is kept."""
    facts = arranged_facts(word, why)
    ledger.append_all([Event(place.aid, "face.arranged", facts, now) for place in _places_of(word.account_id)])


def append_compared_face(word: Compared, pictures: Sequence[str]) -> None:
    """Append to each archive of a learner what staff said of their enrolled face, in the transaction in which it is kept; `pictures` are the digests of what was shown."""
    facts = compared_facts(word, pictures)
    ledger.append_all([Event(place.aid, "face.compared", facts, word.at) for place in _places_of(word.account_id)])


def append_forgotten_face(account_id: int, forgotten: Forgotten, *, because: Forgetting, now: datetime) -> None:
    """Append to each archive of a learner that what was stored of their face was deleted, in the transaction in which it is."""
    what: dict[str, Value] = {
        "because": because.value,
        "template": forgotten.template,
        "pictures": list(forgotten.pictures),
        "enrolled_at_ms": to_ms(forgotten.enrolled_at),
    }
    ledger.append_all([Event(place.aid, "face.forgotten", what, now) for place in _places_of(account_id)])


def verify_learner(account_id: int, *, by: Actor, now: datetime) -> Verification | None:
    """Ask the source about a learner, keep its answer and append it; None where there is nobody or nothing to ask, or the registration has just changed."""
    asked = ask_about(account_id)
    if asked is None:
        return None
    with transaction.atomic():
        kept = keep_answer(asked, by=by, now=now)
        if kept is not None:
            ledger.append_all(
                [_verified(place, kept, now) for place in _places_of(account_id) if _says_something(kept)]
            )
    return kept


def verify_waiting(*, clock: Clock) -> int:
    """Ask about some of those who wait for it, and return how many were asked; nobody is where the installation names no source.

    Those whose classes are all over are left alone: a record that is added now would prolong how long their archives are kept.
    """
    if identity_source() is None:
        return 0
    places = Enrolment.objects.filter(learner_id=OuterRef("pk"))
    going_on = places.filter(training_class__closes_on__gte=learning_day(clock.now()))
    accounts = list(waiting(clock.now()).filter(~Exists(places) | Exists(going_on))[:AT_ONCE])
    for account_id in accounts:
        verify_learner(account_id, by=PROGRAM, now=clock.now())
    return len(accounts)


def append_first_words(account_id: int, *, now: datetime) -> None:
    """Append to the archives that an account had before it was its owner's what they agreed to, and what was answered about them, when they took it over."""
    places = _places_of(account_id)
    append_agreements(places, now=now)
    append_verifications(places, now=now)


def append_verifications(places: Sequence[Enrolment], *, now: datetime) -> None:
    """Append to the archives of new places what was answered about their learners already."""
    known = verifications_of([place.learner_id for place in places])
    found = [(place, known[place.learner_id]) for place in places if place.learner_id in known]
    ledger.append_all([_verified(place, kept, now) for place, kept in found if _says_something(kept)])


def _places_of(account_id: int) -> list[Enrolment]:
    """Return the places whose archives are told, in whatever institution: what is said of a person holds in all of them, whoever says it."""
    return [place for place in places_of(account_id) if place.erased_at is None]


def _says_something(kept: Verification) -> bool:
    return kept.outcome is not Outcome.UNAVAILABLE


def _verified(place: Enrolment, kept: Verification, now: datetime) -> Event:
    what: dict[str, Value] = {
        "source": kept.source,
        "outcome": kept.outcome.value,
        "reference": kept.reference,
        "verified_at_ms": to_ms(kept.at),
    }
    return Event(place.aid, "identity.verified", what, now)


def _event(place: Enrolment, consent: KeptConsent, now: datetime) -> Event:
    what: dict[str, Value] = {
        "purpose": consent.purpose.value,
        "version": consent.version,
        "sha256": consent.text_sha256,
    }
    return Event(place.aid, "consent.given" if consent.is_given else "consent.withdrawn", what, now)
