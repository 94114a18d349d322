"""A classroom, and windows of its learner that speak over the real endpoint."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangxue.accounts import access
from jiangxue.accounts.models import Account
from jiangxue.kernel import ids
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.models import Beat, Segment
from jiangxue.learning.services.ending import end_overdue
from tests.attacks.checks import MINUTE_MS, due_after, learn, right
from tests.attacks.client import Page, Post, Window
from tests.attacks.transports import post_through
from tests.conftest import Drawn
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness

if TYPE_CHECKING:
    from tests.attacks.face_desk import Desk, Learner

type PageFor = Callable[..., Page]
type WindowFor = Callable[..., Window]


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now())


def way_of(learner: Account, hot: Harness) -> Post:
    """Return a signed-in learner's way to the server."""
    client = Client()
    client.force_login(learner)
    return post_through(client, hot)


def open_url(room: Classroom, lesson: int = 0) -> str:
    return reverse("learner:open", args=(room.training_class.pk, room.lessons[lesson].pk))


def honest_window(post: Post, url: str, clock: HandClock) -> Window:
    """Return a window that lives by the clock that the test sets by hand."""
    return Window(post, url, clock_ms=lambda: to_ms(clock.now()), sleep=clock.advance, person=right)


@pytest.fixture
def page_for(room: Classroom, hot: Harness) -> PageFor:
    """Return a maker of pages that say what the test wants: of the room's learner and first lesson unless told otherwise."""

    def make(learner: Account | None = None, lesson: int = 0) -> Page:
        return Page(way_of(learner or room.learner, hot), open_url(room, lesson))

    return make


@pytest.fixture
def window_for(room: Classroom, hot: Harness, clock: HandClock) -> WindowFor:
    """Return a maker of honest windows."""

    def make(learner: Account | None = None, lesson: int = 0) -> Window:
        return honest_window(way_of(learner or room.learner, hot), open_url(room, lesson), clock)

    return make


@pytest.fixture
def opened(page_for: PageFor) -> Page:
    """Return a page that has opened its session."""
    page = page_for()
    status, _answer = page.open()
    assert status == 200
    return page


@pytest.fixture
def asked(page_for: PageFor, clock: HandClock, chance: Drawn) -> Page:
    """Return a page whose check was asked after ten minutes of counted time."""
    due_after(chance, 10 * MINUTE_MS)
    page = page_for()
    page.open()
    assert learn(page, clock, 10 * MINUTE_MS)["directive"] == {"do": "check"}
    return page


@pytest.fixture
def honest(window_for: WindowFor) -> Window:
    """Return an honest window that has just begun to play."""
    window = window_for()
    assert window.start()[0] == 200
    return window


@pytest.fixture(scope="module")
def open_desk() -> "Iterator[Desk]":
    """Open a desk at which faces are shown, for all tests of a module."""
    from tests.attacks.face_desk import Desk  # noqa: PLC0415  (loads OpenCV: too much for every run)

    made = Desk()
    yield made
    made.close()


@pytest.fixture
def desk(open_desk: "Desk") -> "Desk":
    """Return the desk with its clock put back, so that a face moves the same whatever test ran before."""
    open_desk.hand.put_back()
    return open_desk


@pytest.fixture
def enrolled(lasting_database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> "Learner":
    """Return a learner whose face is enrolled, with a check open; what it asks is drawn the same each time the test runs."""
    from tests.attacks.face_desk import learner  # noqa: PLC0415

    monkeypatch.setattr(ids, "chance", random.Random(request.node.name).random)
    return learner()


def sealed_ms(page: Page) -> int:
    """Return what the sealed segments of a page's session credit, once whoever ended it has been signed out by the sweeper."""
    end_overdue(clock=access.CLOCK)
    return sum(Segment.objects.filter(session_id=page.session).values_list("credited_ms", flat=True))


def kept(page: Page) -> int:
    """Return how many beats of a page's session are kept."""
    return Beat.objects.filter(session_id=page.session).count()


def end_in(answer: Mapping[str, Any]) -> str | None:
    """Return why an answer says that the session has ended, None if it goes on."""
    directive = answer.get("directive", {})
    return directive["reason"] if directive.get("do") == "sign_out" else None
