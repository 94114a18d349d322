"""A classroom, and pages of its learner that speak over the real endpoint."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangxue.accounts import access
from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Beat, Segment
from jiangxue.learning.services.ending import end_overdue
from tests.attacks.page import Page, post_through
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness

type PageFor = Callable[..., Page]


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@pytest.fixture
def page_for(room: Classroom, hot: Harness) -> PageFor:
    """Return a maker of pages: of the room's learner and first lesson unless told otherwise."""

    def make(learner: Account | None = None, lesson: int = 0) -> Page:
        client = Client()
        client.force_login(learner or room.learner)
        url = reverse("learner:open", args=(room.training_class.pk, room.lessons[lesson].pk))
        return Page(post_through(client, hot), url)

    return make


@pytest.fixture
def opened(page_for: PageFor) -> Page:
    """Return a page that has opened its session."""
    page = page_for()
    status, _answer = page.open()
    assert status == 200
    return page


def sealed_ms(page: Page) -> int:
    """Return what the sealed segments of a page's session credit, once whoever ended it has been signed out by the sweeper."""
    end_overdue(clock=access.CLOCK)
    return sum(Segment.objects.filter(session_id=page.session).values_list("credited_ms", flat=True))


def kept(page: Page) -> int:
    """Return how many beats of a page's session are kept."""
    return Beat.objects.filter(session_id=page.session).count()
