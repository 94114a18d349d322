"""Of two editors who save the same page at the same moment one is asked, as if they had saved one after another (clause C2)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from jiangxue.accounts import access
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.portals.institution.course_pages import rows
from tests.factories.courses import desk
from tests.portals.clients import client_of
from tests.portals.courses import SENT, section_url


@pytest.mark.clause("C2")
def test_of_two_who_save_at_once_one_is_asked(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock((MachineClock().now() - timedelta(days=1)).replace(microsecond=0))
    monkeypatch.setattr(access, "CLOCK", clock)
    at = desk(clock.now())
    address = section_url(at, "facts")
    browsers = [client_of(at.editor), client_of(at.editor)]
    seen = browsers[0].get(address).context["seen"]
    meeting, judged = Barrier(2), rows.SectionForm.refusal

    def refusal(self: rows.SectionForm, data: object) -> int | None:
        found = judged(self, data)
        with suppress(BrokenBarrierError):  # unless one compares under a lock
            meeting.wait(3)  # both have compared with what is kept, neither has saved
        return found

    monkeypatch.setattr(rows.SectionForm, "refusal", refusal)

    def save(at_place: int) -> int:
        try:
            sent = {**SENT["facts"], "summary": f"简介 {at_place}", "seen": seen}
            return browsers[at_place].post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(save, range(2)))
    connection.close()
    assert statuses == [302, 409]
