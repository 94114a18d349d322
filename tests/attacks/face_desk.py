"""A desk with the real socket and real eyes, before which learners sit, each with a check of their own; and what pretends to be them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.api.socket import FaceSocket
from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.identity import template_of
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.results import Result, finish_attempt
from jiangxue.facecheck.services.templates import Made
from jiangxue.facecheck.services.tickets import Bound, Ticket, Wanted, claim_ticket, give_ticket
from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import SFACE, found_in
from jiangxue.kernel import ids
from jiangxue.ledger.services.appending import open_archive
from jiangxue.project.env import face_models
from tests.factories import people
from tests.factories.faces.live import Live
from tests.factories.faces.page import CountingEyes, Hand, Page, Told, talk
from tests.factories.faces.showing import Player, Shown
from tests.loops import Loop

QUICK = Thresholds(pause_least_ms=300, pause_most_ms=500, action_ms=3_000)
"""The same rules with shorter waits, so that fewer pictures are drawn."""
_TRIES = 3
ORIGIN = "http://localhost"


@cache
def enrolment() -> tuple[Made, tuple[bytes, ...]]:
    """Return what an enrolment of the person in the photograph makes, and the pictures that it was made from."""
    sight, sitter = Sight(found_in(face_models())), Live(seed=900)
    pictures = tuple(sitter.frame(Shown("place"), at_ms) for at_ms in (0, 400, 800))
    portraits = [sight.portray(picture) for picture in pictures]
    embedding = template_of([portrait.embedding for portrait in portraits])
    return Made(embedding, SFACE.sha256, pictures, [portrait.likeness for portrait in portraits]), pictures


@dataclass
class Learner:
    """Somebody who is signed in and has enrolled, with one check open."""

    account: Account
    cookie: str
    check: UUID
    archive: UUID

    def ticket(self, form: Form = Form.SHORT, *, left: int = 2, thresholds: Thresholds = QUICK, **facts: Any) -> Ticket:
        """Begin an attempt at the check."""
        bound = Bound(self.check, self.archive, "0" * 32, 1, 60_000, left)
        wanted = Wanted(self.account.pk, Purpose.CHECK, form, thresholds, bound=bound, **facts)
        return give_ticket(wanted, now=DatabaseClock().now())

    def attempts(self) -> list[FaceAttempt]:
        """Return what the attempts at the check came to."""
        return list(FaceAttempt.objects.filter(check_id=self.check).order_by("issued_at"))

    @property
    def outcomes(self) -> list[str]:
        return [attempt.outcome for attempt in self.attempts()]


def learner(made: Made | None = None) -> Learner:
    """Make a learner whose face is enrolled."""
    now = DatabaseClock().now()
    account = people.account(now=now)
    people.agree(account, now, ConsentPurpose.FACE)
    ticket = give_ticket(Wanted(account.pk, Purpose.ENROL, Form.ENROL, Thresholds()), now=now)
    claim_ticket(ticket.secret, account_id=account.pk, now=now)
    finish_attempt(ticket.attempt, Result(AttemptOutcome.PASSED, made=made or enrolment()[0]), now=now)
    client = Client()
    client.force_login(account)
    return Learner(account, client.cookies["sessionid"].value, ids.new_id(), open_archive())


class Desk:
    """The socket with its eyes, opened once; whoever sits down next finds them open."""

    def __init__(self, models: Path | None = None) -> None:
        self.runner, self.hand = Loop(), Hand()
        self.eyes = CountingEyes(models or face_models())
        self.socket = FaceSocket(self.eyes, processes=1, ticks=self.hand)

    def page(self, who: Learner, player: Player, **facts: Any) -> Page:
        return Page(self.socket, self.eyes, self.hand, who.cookie, player, **facts)

    def show(self, who: Learner, player: Player, ticket: Ticket | None = None, **facts: Any) -> Told:
        """Show a face to one attempt, and return what the page was told."""
        ticket = ticket or who.ticket()
        return self.runner.run(self.page(who, player, **facts).show(ticket.secret))

    def check(self, who: Learner, player: Player, form: Form = Form.SHORT, **facts: Any) -> list[Told]:
        """Show a face until the check is over, as a page would go on."""
        told: list[Told] = []
        while not told or (told[-1].done.get("outcome") in {"again", "step_up"} and len(told) < _TRIES):
            has_to_do_more = any(each.done.get("outcome") == "step_up" for each in told)
            ticket = who.ticket(Form.STEP_UP if has_to_do_more else form, left=_TRIES - 1 - len(told))
            told.append(self.show(who, player, ticket, **facts))
        return told

    def say(self, who: Learner, *messages: str | bytes, origin: str = ORIGIN, stays: bool = True) -> Told:
        """Send messages as they are, and return what was answered."""
        return self.runner.run(self.talk(who, *messages, origin=origin, stays=stays))

    async def talk(self, who: Learner, *messages: str | bytes, origin: str = ORIGIN, stays: bool = True) -> Told:
        """The same, among other things that go on."""
        return await talk(self.socket, who.cookie, messages, origin=origin, stays=stays)

    def close(self) -> None:
        self.runner.run(self.socket.close())
        self.runner.close()


def told_outcomes(told: Sequence[Told]) -> list[str]:
    return [each.done.get("outcome", "") for each in told]
