"""Head teachers, administrators and supervisors have a class judged again and read what came of it (clauses T1.3, T7, C5)."""

from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import DayTotal, LessonProgress, Recomputation
from jiangxue.learning.rules.differences import What
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.recomputations import JOB, ONE_AT_A_TIME, perform_recomputation
from jiangxue.ui.differences import SENTENCES, difference_sentence
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.learning import opened, watched
from tests.portals.clients import client_of, supervisor


def ask(client: Client, room: Classroom, portal: str = "institution") -> Client:
    client.post(f"/{portal}/classes/{room.training_class.pk}/recompute/")
    return client


def page(client: Client, room: Classroom, portal: str = "institution") -> str:
    return client.get(f"/{portal}/classes/{room.training_class.pk}/").content.decode()


def performed(clock: HandClock) -> Recomputation:
    asked = Recomputation.objects.latest("pk")
    perform_recomputation(asked.pk, clock=clock)
    asked.refresh_from_db()
    return asked


@pytest.mark.clause("T1.3", "T7")
def test_a_head_teacher_asks_and_reads_that_everything_agrees(room: Classroom, clock: HandClock) -> None:
    client = client_of(room.head_teacher)
    assert "本班还没有复算过" in page(client, room)
    watched(opened(room, clock), clock, 3)
    ask(client, room)
    assert "正在复算" in page(client, room)
    assert performed(clock).differing == 0
    assert "全部一致" in page(client, room)


@pytest.mark.clause("T1.3", "C5")
def test_a_supervisor_asks_and_reads_what_does_not_agree(room: Classroom, clock: HandClock) -> None:
    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=clock.now().date(),
        credited_ms=3_600_000,
        refused_ms={},
    )
    client = supervisor("4401", clock)
    ask(client, room, "region")
    assert performed(clock).differing == 1
    text = page(client, room, "region")
    assert "1 处不一致" in text
    assert "李** 2026-11-24：当天记录为计入 1 小时 0 分 0.000 秒" in text
    assert room.learner.name not in text
    assert f"/region/classes/{room.training_class.pk}/" in client.get("/region/").content.decode()


@pytest.mark.clause("T1.3", "C5")
def test_what_was_confirmed_by_forgery_is_told_with_both_figures(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 4, flags=Flag.LEAVE)
    end_overdue(clock=clock)
    DayTotal.objects.update(confirmed_ms=30_000)
    LessonProgress.objects.update(confirmed_ms=20_000)
    client = ask(supervisor("4401", clock), room, "region")
    assert performed(clock).differing == 2
    text = page(client, room, "region")
    assert "其中已确认 30.000 秒" in text
    assert "其中已确认 20.000 秒" in text
    assert text.count("其中已确认 0.000 秒") == 2


@pytest.mark.parametrize("what", ["day_total", "progress"])
def test_a_report_of_an_older_release_is_still_told(what: str) -> None:
    facts = {"learner": 1, "day": "2026-11-24", "lesson": "第 1 课", "recorded": 60_000, "found": 0}
    sentence = difference_sentence(what, facts, {})
    assert "1 分 0.000 秒" in sentence
    assert "其中已确认 –" in sentence


def test_asking_defers_one_job_and_is_audited(room: Classroom, clock: HandClock) -> None:
    client = client_of(room.head_teacher)
    ask(ask(client, room), room)
    asked = Recomputation.objects.get()
    (job,) = ProcrastinateJob.objects.filter(task_name=JOB)
    assert job.args == {"recomputation_id": asked.pk}
    assert job.lock == ONE_AT_A_TIME
    entry = AuditEntry.objects.get(action="class.recomputed")
    assert (entry.actor_id, entry.object_kind, entry.object_id) == (
        room.head_teacher.pk,
        "class",
        str(room.training_class.pk),
    )


def test_a_report_whose_worker_was_lost_can_be_asked_for_again(room: Classroom, clock: HandClock) -> None:
    client = ask(client_of(room.head_teacher), room)
    clock.at += timedelta(minutes=31)
    assert "没有完成" in page(client, room)
    ask(client, room)
    assert Recomputation.objects.count() == 2


def test_a_report_that_was_written_stays_as_it_is(room: Classroom, clock: HandClock) -> None:
    ask(client_of(room.head_teacher), room)
    first = performed(clock)
    clock.advance(60_000)
    assert performed(clock).finished_at == first.finished_at


@pytest.mark.clause("M3")
def test_those_who_may_not_ask_are_refused_and_see_no_button(room: Classroom, clock: HandClock) -> None:
    teacher = people.account((Role.COURSE_EDITOR, room.institution.pk), now=clock.now())
    client = client_of(teacher)
    assert "复算学时" not in page(client, room)
    assert client.post(f"/institution/classes/{room.training_class.pk}/recompute/").status_code == 403
    learner = client_of(room.learner)
    assert learner.post(f"/institution/classes/{room.training_class.pk}/recompute/").status_code == 403
    assert not Recomputation.objects.exists()


@pytest.mark.clause("M3", "C5")
def test_classes_of_others_are_not_found(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now(), region="440305")
    number = elsewhere.training_class.pk
    for client, portal in ((client_of(room.head_teacher), "institution"), (supervisor("4401", clock), "region")):
        assert client.get(f"/{portal}/classes/{number}/").status_code == 404
        assert client.post(f"/{portal}/classes/{number}/recompute/").status_code == 404
    assert not Recomputation.objects.exists()


def test_every_kind_of_difference_has_a_sentence() -> None:

    assert set(SENTENCES) == {what.value for what in What}
