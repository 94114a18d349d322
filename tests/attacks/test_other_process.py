"""Windows in processes of their own, against the real server and committed rows: one person, one clock (clause T2.2)."""

import subprocess
import sys

import pytest

from jiangxue.kernel.clock import monotonic_ms
from jiangxue.learning.models import Beat, StudySession
from tests.browser.player import until
from tests.browser.site import Site, credited_ms, session_end
from tests.factories import people

SECONDS = 14


def window(at: Site, login_name: str, *options: str) -> subprocess.Popen[bytes]:
    """Start a window in another process."""
    lesson = at.lesson_url().removeprefix(at.url)
    command = [sys.executable, "-m", "tests.attacks.window", at.url, login_name, people.PASSWORD, lesson, str(SECONDS)]
    return subprocess.Popen([*command, *options])


@pytest.mark.clause("T2.2")
def test_two_processes_that_fight_for_one_lesson_earn_no_more_than_one_person_can(site: Site) -> None:
    login_name = site.learners[-1]
    started = monotonic_ms()
    windows = [window(site, login_name) for _ in range(2)]
    assert [each.wait(60) for each in windows] == [0, 0]
    until(lambda: session_end(login_name) != "", "every session has ended", patience_s=30)
    passed_ms = monotonic_ms() - started
    sessions = StudySession.objects.filter(learner__login_name=login_name)
    assert sessions.filter(end_reason="superseded").count() >= 2
    assert credited_ms(login_name) <= passed_ms
    numbers = Beat.objects.filter(session__in=sessions).values_list("session_id", "n")
    assert len(numbers) == len(set(numbers))


def test_the_honest_twin_in_one_process_earns_what_it_watched(site: Site) -> None:
    login_name = site.learners[-2]
    assert window(site, login_name, "--alone").wait(60) == 0
    until(lambda: session_end(login_name) != "", "the sweeper has sealed the session", patience_s=30)
    assert SECONDS * 1000 - 4_000 <= credited_ms(login_name) <= SECONDS * 1000 + 4_000
