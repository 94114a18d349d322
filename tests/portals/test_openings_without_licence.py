"""What a supervisor is told who approves an application of an institution whose licence has run out meanwhile (clauses C1, C5)."""

from datetime import timedelta

from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.organisations.models import Paper
from tests.factories.openings import complete, office, sha256_now, submitted
from tests.portals.clients import client_of


def test_an_approval_without_licence_in_force_does_not_promise_that_the_class_can_be_opened(
    db: None, clock: HandClock
) -> None:
    of = office(clock.now())
    opening = submitted(of, complete(of, clock.now()), clock.now())
    Paper.objects.filter(organisation=of.institution).update(valid_until=learning_day(clock.now()) - timedelta(days=1))
    said = {"sha256": sha256_now(opening), "decision": "approve", "approval_no": "穗培〔2026〕1号"}
    answer = client_of(of.supervisor).post(f"/region/openings/{opening.pk}/decide/", said, follow=True)
    assert "已通过。检查发现的问题解决之后，机构才能开班。" in answer.content.decode()
