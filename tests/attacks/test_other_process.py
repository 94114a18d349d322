"""Windows in processes of their own, against the real server and committed rows: one person, one clock (clause T2.2)."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jiangxue.courseware.models import Lesson, Media
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.learning.models import Beat, StudySession
from jiangxue.learning.services.ending import end_overdue
from tests.browser.site import Site, credited_ms
from tests.factories import people

A_WHILE = 14
A_MINUTE = 60
A_LONG_FILM_MS = 600_000


def window(at: Site, login_name: str, seconds: int, *options: str) -> subprocess.Popen[str]:
    """Start a window in another process."""
    lesson = at.lesson_url().removeprefix(at.url)
    command = [sys.executable, "-m", "tests.attacks.window", at.url, login_name, people.PASSWORD, lesson, str(seconds)]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)


def open_for_ms(of: subprocess.Popen[str], seconds: int) -> int:
    """Wait for a window, and return how long it was at it."""
    said, _ = of.communicate(timeout=seconds + 60)
    assert of.returncode == 0
    return int(said)


@contextmanager
def a_long_film(at: Site) -> Iterator[None]:
    """Let the first lesson be long for a while: two windows that were paid twice must not be stopped by its end."""
    films = Media.objects.filter(lesson=at.lesson_ids[0])
    before = films.get().length_ms
    films.update(length_ms=A_LONG_FILM_MS)
    try:
        yield
    finally:
        films.update(length_ms=before)


@pytest.mark.clause("T2.2")
@pytest.mark.parametrize("seconds", [A_WHILE, pytest.param(A_MINUTE, marks=pytest.mark.slow)])
def test_two_processes_that_fight_for_one_lesson_earn_no_more_than_one_person_can(site: Site, seconds: int) -> None:
    login_name = site.new_learner()
    with a_long_film(site):
        windows = [window(site, login_name, seconds) for _ in range(2)]
        longest_ms = max([open_for_ms(each, seconds) for each in windows])
    end_overdue(clock=DatabaseClock())
    sessions = StudySession.objects.filter(learner__login_name=login_name)
    assert not sessions.filter(closed_at=None)
    assert sessions.filter(end_reason="superseded").count() >= 2
    assert longest_ms < A_LONG_FILM_MS  # else the film alone would bound it
    assert credited_ms(login_name) <= longest_ms + 1_000
    numbers = Beat.objects.filter(session__in=sessions).values_list("session_id", "n")
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("seconds", [A_WHILE, pytest.param(A_MINUTE, marks=pytest.mark.slow)])
def test_the_honest_twin_in_one_process_earns_what_it_watched(site: Site, seconds: int) -> None:
    login_name = site.new_learner()
    watched_ms = open_for_ms(window(site, login_name, seconds, "--alone"), seconds)
    end_overdue(clock=DatabaseClock())
    assert min(seconds * 1_000 - 500, film_ms(site)) <= credited_ms(login_name) <= watched_ms


def film_ms(site: Site) -> int:
    return Lesson.objects.get(pk=site.lesson_ids[0]).media.length_ms
