"""The real socket with real eyes, and learners who agreed to show their faces to it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.api.socket import FaceSocket
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.tickets import Bound, Ticket, Wanted, give_ticket
from jiangxue.project.env import face_models
from tests.factories import people
from tests.factories.faces.page import CountingEyes, Hand, Page, Told
from tests.factories.faces.showing import Player
from tests.loops import in_a_loop


@dataclass
class Showing:
    """A learner who is signed in, and shows faces."""

    account: Account
    cookie: str

    def ticket(
        self, purpose: Purpose, form: Form, *, bound: Bound | None = None, thresholds: Thresholds | None = None
    ) -> Ticket:
        wanted = Wanted(self.account.pk, purpose, form, thresholds or Thresholds(), bound=bound)
        return give_ticket(wanted, now=DatabaseClock().now())

    def show(self, player: Player, ticket: Ticket, **facts: object) -> Told:
        """Show a face on the real socket and return what the page was told."""

        async def held() -> Told:
            eyes, hand = CountingEyes(face_models()), Hand()
            socket = FaceSocket(eyes, processes=1, ticks=hand)
            try:
                return await Page(socket, eyes, hand, self.cookie, player, **facts).show(ticket.secret)
            finally:
                await socket.close()

        return in_a_loop(held())

    def enrol(self, player: Player) -> Told:
        return self.show(player, self.ticket(Purpose.ENROL, Form.ENROL))


def showing(name: str = "李小明") -> Showing:
    now = DatabaseClock().now()
    account = people.account(now=now, name=name)
    people.agree(account, now, ConsentPurpose.FACE)
    client = Client()
    client.force_login(account)
    return Showing(account, client.cookies["sessionid"].value)


@pytest.fixture
def shower(committed_database: str) -> Callable[[], Showing]:
    """Return what makes learners, whose rows every thread sees."""
    return showing
