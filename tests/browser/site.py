"""A whole site for tests: a database of its own, a web process, two workers, and a class whose signals come every few seconds."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.error import URLError

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.services import ModuleDraft, create_course
from jiangxue.enrolment.services import ClassDraft, enrol, open_class
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Check, DayTotal, Lease, StudySession
from jiangxue.policies.services import set_class_time_policy
from scripts.serve import SOCKETS
from tests.factories import people
from tests.factories.classes import institution, published
from tests.factories.lessons import short_course
from tests.urls import url_of

SIGNAL_MS = 3_000
READY_WITHIN_S = 120
ENDS_WITHIN_S = 60  # a worker ends the job that it is at


@dataclass
class Site:
    """A running site; whom it is asked for can sign in with `people.PASSWORD`."""

    url: str
    class_id: int
    lesson_ids: list[int]
    face_class_id: int
    unnamed_class_id: int

    def lesson_url(self, lesson: int = 0) -> str:
        return f"{self.url}/learn/classes/{self.class_id}/lessons/{self.lesson_ids[lesson]}/"

    def face_lesson_url(self) -> str:
        """Return a lesson of the class that checks faces."""
        return f"{self.url}/learn/classes/{self.face_class_id}/lessons/{self.lesson_ids[0]}/"

    def unnamed_lesson_url(self) -> str:
        """Return a lesson of the class that checks faces and looks at no camera's name."""
        return f"{self.url}/learn/classes/{self.unnamed_class_id}/lessons/{self.lesson_ids[0]}/"

    def new_learner(self) -> str:
        """Return the login name of a learner of the classes whom nobody else uses."""
        now = MachineClock().now()
        learner = people.account(now=now, name="李小明")
        for class_id in (self.class_id, self.face_class_id, self.unnamed_class_id):
            enrol(class_id=class_id, learner_id=learner.pk, now=now)
        return learner.login_name


@contextmanager
def running_site(database: str, run: str) -> Iterator[Site]:
    """Fill a fresh database and serve it with the same processes as `make serve`; `run` names the run of the tests."""
    lesson_ids, class_ids = _fill(short_course(run))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(os.environ["DATABASE_URL"], database),
        "JIANGXUE_HOT_DATABASE_URL": url_of(os.environ["JIANGXUE_HOT_DATABASE_URL"], database),
        "JIANGXUE_HOSTS": "localhost,127.0.0.1",
        "JIANGXUE_DEMO": "1",
        "JIANGXUE_DB_POOL": "20",
        "DJANGO_SETTINGS_MODULE": "jiangxue.project.settings",
    }
    web = [sys.executable, "-m", "uvicorn", "jiangxue.project.asgi:application", "--port", str(port), "--no-access-log"]
    web += SOCKETS
    jobs = [sys.executable, "-m", "jiangxue.project.manage", "procrastinate", "worker", "--queues"]
    workers = ([*jobs, "default,builtin"], *([*jobs, queue, "--concurrency", "1"] for queue in ("media", "exports")))
    children = [subprocess.Popen(command, env=environment) for command in (web, *workers)]
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        yield Site(f"http://127.0.0.1:{port}", class_ids[0], lesson_ids, *class_ids[1:])
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(ENDS_WITHIN_S)


def _fill(modules: list[ModuleDraft]) -> tuple[list[int], list[int]]:
    """Return the ids of the lessons, and those of the classes that learn them: one that checks no faces, one that does, one that looks at no camera's name."""
    now = MachineClock().now()
    school = institution()
    course = create_course(institution_id=school.pk, title="低压电工安全操作基础", summary="", modules=modules)
    published(course, now - timedelta(days=3))
    teacher = people.account((Role.HEAD_TEACHER, school.pk), now=now, name="陈敏仪")
    policy = {
        "beat_ms": SIGNAL_MS,
        "beat_jitter_percent": 0,
        "check_least_ms": 3_600_000,
        "check_mean_ms": 3_600_000,
        "check_most_ms": 3_600_000,
        "check_answer_ms": 15_000,
        "check_expiry_ms": 30_000,
    }
    faces = {
        **policy,
        "face_checks": 1,
        "face_least_ms": 1_800_000,
        "face_mean_ms": 3_600_000,
        "face_most_ms": 7_200_000,
    }
    lessons = Lesson.objects.filter(module__course=course).order_by("position")
    rules = (policy, faces, {**faces, "face_camera_labels": 0})
    classes = [_open(course, teacher, number, rule, now) for number, rule in enumerate(rules, 1)]
    return [lesson.pk for lesson in lessons], classes


def _open(course: Course, teacher: Account, number: int, rule: dict[str, int], now: datetime) -> int:
    draft = ClassDraft(
        institution_id=course.institution_id,
        course_id=course.pk,
        head_teacher_id=teacher.pk,
        code=f"TEST-{number}",
        name="低压电工安全培训",
        opens_on=(now - timedelta(days=3)).date(),
        closes_on=(now + timedelta(days=90)).date(),
    )
    opened = open_class(draft, teacher_ids=[], now=now)
    set_class_time_policy(
        training_class_id=opened.pk, values=rule, valid_from=now - timedelta(days=3), author_id=None, reason="tests"
    )
    return opened.pk


def _wait(url: str) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        if time.monotonic() > until:
            raise TimeoutError(f"{url} did not become ready")
        time.sleep(0.2)


def draw_check(login_name: str, after_ms: int) -> None:
    """Let the learner's next check be due after so much counted time, as if it had been drawn so."""
    learner = Account.objects.get(login_name=login_name)
    drawn = {"until_check_ms": after_ms, "drawn_ms": after_ms}
    Lease.objects.update_or_create(learner=learner, defaults=drawn)


def right_place(login_name: str) -> int:
    """Return the place, from 0, of the option that somebody who reads the learner's open check presses."""
    prompt = Check.objects.get(learner__login_name=login_name, outcome="").prompt
    return int(prompt["right"])


def confirmed_ms(login_name: str) -> int:
    """Return what checks have confirmed of a learner's time."""
    totals = DayTotal.objects.filter(learner__login_name=login_name)
    return sum(totals.values_list("confirmed_ms", flat=True))


def credited_ms(login_name: str) -> int:
    """Return what ended sessions credit a learner, by the database."""
    totals = DayTotal.objects.filter(learner__login_name=login_name)
    return sum(totals.values_list("credited_ms", flat=True))


def refused_ms(login_name: str) -> dict[str, int]:
    """Return what ended sessions refuse a learner, by reason."""
    found: dict[str, int] = {}
    for refused in DayTotal.objects.filter(learner__login_name=login_name).values_list("refused_ms", flat=True):
        for reason, ms in refused.items():
            found[reason] = found.get(reason, 0) + ms
    return found


def session_end(login_name: str) -> str:
    """Return why the learner's newest session ended, empty while it runs."""
    return StudySession.objects.filter(learner__login_name=login_name).latest("opened_at").end_reason
