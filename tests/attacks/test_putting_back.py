"""Putting a course back brings back what was taken down together, by people who know what for (clause M6)."""

import re
from datetime import timedelta

import pytest

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.rules.questions import QuestionDraft
from jiangxue.courseware.services import add_question
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.review.models import TakeDown
from jiangxue.review.services.taking_down import put_back, take_down
from tests.factories import classes, people
from tests.factories.courses import Desk, desk, published, signed, submitted
from tests.portals.clients import client_of

QUESTION = QuestionDraft("先做什么？", ("停电", "验电"), 0)


@pytest.fixture
def at(db: None, clock: HandClock) -> Desk:
    return desk(clock.now())


@pytest.mark.clause("M6")
def test_what_was_mended_does_not_come_back_with_what_mended_it(at: Desk, clock: HandClock) -> None:
    """The first version is unlawful and mended by a second; taking the second down for a day must not bring the first one back."""
    first = published(at, clock.now())
    class_of_first = classes.training_class(at.institution, now=clock.now(), taught=at.course)
    taker, final, other = (people.account((Role.REVIEWER, None), now=clock.now()) for _ in range(3))
    act = {"by": PROGRAM}
    clock.at += timedelta(days=1)
    take_down(viewer=people.viewer(taker), version_id=first.pk, reason="违法内容", now=clock.now(), **act)
    add_question(
        viewer=people.viewer(at.editor), lesson_id=at.lessons[0].pk, draft=QUESTION, by=PROGRAM, now=clock.now()
    )
    mended = submitted(at, clock.now())
    for reviewer in (at.reviewers[0], at.reviewers[1], final):
        signed(reviewer, mended, clock.now())
    clock.at += timedelta(days=1)
    take_down(viewer=people.viewer(other), version_id=mended.pk, reason="片头有错字", now=clock.now(), **act)
    clock.at += timedelta(days=1)
    # Even whoever took the unlawful version down, and may never put it back, brings it back so.
    last = TakeDown.objects.order_by("pk").last()
    put_back(
        viewer=people.viewer(taker),
        version_id=mended.pk,
        act_id=last.pk,
        reason="错字已说明",
        now=clock.now(),
        **act,
    )
    class_of_first.refresh_from_db()
    assert class_of_first.version_id == first.pk
    assert not class_of_first.version.is_taught, "the unlawful first version is taught again"


@pytest.mark.clause("M6")
def test_a_page_opened_before_the_second_taking_down_does_not_undo_it(at: Desk, clock: HandClock) -> None:
    """Who has looked at the first reason does not undo a taking down for another one, of which the page said nothing."""
    version = published(at, clock.now())
    one, two, three = (people.account((Role.REVIEWER, None), now=clock.now()) for _ in range(3))
    put = {"version_id": version.pk, "by": PROGRAM}
    take_down(viewer=people.viewer(one), reason="片头有错字", now=clock.now(), **put)
    browser, address = client_of(two), f"/review/versions/{version.pk}/showing/"
    page = browser.get(address).content.decode()
    assert "片头有错字" in page
    sent = {"act": "put_back", "reason": "错字无妨"}
    clock.at += timedelta(minutes=1)
    put_back(viewer=people.viewer(three), act_id=TakeDown.objects.get().pk, reason="已更正", now=clock.now(), **put)
    clock.at += timedelta(minutes=1)
    take_down(viewer=people.viewer(one), reason="违法内容", now=clock.now(), **put)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    answer = browser.post(address, {**dict(hidden), **sent})
    version.refresh_from_db()
    assert answer.status_code == 409
    assert version.taken_down_at is not None, "a page about a typing error put unlawful content back"
