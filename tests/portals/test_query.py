"""Queries and statistics in the browser: filters in the address, charts with their tables, pictures, and who sees what."""

import re
from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import DayTotal
from jiangxue.occupations.models import Occupation
from jiangxue.occupations.rules.levels import Level
from jiangxue.reporting.queries.registry import sheet_for
from jiangxue.reporting.rules.figures import DRAWN_PERIODS
from jiangxue.reporting.rules.filters import Filter
from jiangxue.reporting.services.keeping_attendance import keep_attendance
from jiangxue.ui.durations import clock as clocked
from tests.factories import people
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.learning import opened, watched
from tests.factories.lives import Life, life, whole_life
from tests.portals.clients import client_of, main_of, supervisor
from tests.worlds import Worlds

SHEETS = ("learners", "records", "classes", "daily", "attendance", "tests")
OF_TIME = SHEETS[:4]
CHARTS = ("time", "division", "beside", "attendance", "checks", "reasons", "progress", "tests", "ratings")


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.committed(whole_life, clock) as found:
        yield found


def pages(base: str, query: str = "") -> Iterator[str]:
    yield f"{base}query/{query}"
    for sheet in SHEETS:
        yield f"{base}query/{sheet}/{query}"


@pytest.mark.clause("T7")
def test_the_same_figure_stands_in_statistics_and_in_every_sheet(lived: Life, clock: HandClock) -> None:
    head = client_of(lived.room.head_teacher)
    viewer = people.viewer(lived.room.head_teacher)
    totals = sheet_for(viewer, "daily", Filter(), now=clock.now()).totals()
    for address in ("/institution/query/", *(f"/institution/query/{sheet}/" for sheet in OF_TIME)):
        page = main_of(head, address)
        for key in ("credited", "effective", "corrected", "refused"):
            assert clocked(totals[key]) in page, (address, key)
    region = supervisor("44", clock)
    assert clocked(totals["effective"]) in main_of(region, "/region/query/")


def test_every_chart_has_its_table_and_its_picture(lived: Life, clock: HandClock) -> None:
    keep_attendance(clock=clock)
    head = client_of(lived.room.head_teacher)
    page = main_of(head, "/institution/query/")
    assert page.count("<svg xmlns") == len(CHARTS)
    assert page.count("<figcaption") == len(CHARTS)
    for chart in CHARTS:
        assert f"/institution/query/charts/{chart}.png" in page
        drawn = head.get(f"/institution/query/charts/{chart}.svg")
        assert drawn["Content-Type"] == "image/svg+xml"
        assert drawn["Content-Disposition"].startswith("attachment")
        ElementTree.fromstring(drawn.content)
        assert b"style" not in drawn.content
    picture = head.get("/institution/query/charts/time.png")
    assert picture.content.startswith((b"\x89PNG", b"<svg"))


def test_a_chart_says_what_it_does_not_draw(room: Classroom, head: Client, clock: HandClock) -> None:
    first = room.training_class.opens_on
    for at in range(DRAWN_PERIODS + 1):
        DayTotal.objects.create(
            learner=room.learner, training_class=room.training_class, day=first + timedelta(days=at),
            credited_ms=1000, confirmed_ms=1000, corrected_ms=0, refused_ms={},
        )  # fmt: skip
    said = f"图中只画最近 {DRAWN_PERIODS} 期"
    assert said in main_of(head, "/institution/query/?per=day")
    assert said not in main_of(head, "/institution/query/?per=month")


def test_no_chart_of_another_name_or_kind(room: Classroom, head: Client) -> None:
    for address in ("charts/salaries.svg", "charts/time.exe", "audit/"):
        assert head.get(f"/institution/query/{address}").status_code == 404
    assert head.get("/institution/query/records/?after=1").status_code == 404
    assert head.get("/institution/query/?after=nothing").status_code == 200


@pytest.mark.clause("T7")
def test_a_filter_stays_in_the_address_on_every_way(room: Classroom, head: Client) -> None:
    page = main_of(head, "/institution/query/?group=veterans&from=2026-11-01")
    for sheet in SHEETS:
        assert f"/institution/query/{sheet}/?group=veterans&amp;from=2026-11-01" in page
    assert 'value="veterans" selected' in page
    divided = main_of(head, "/institution/query/?by=age&per=week&group=veterans")
    assert '<input type="hidden" name="by" value="age">' in divided
    assert "没有符合条件的内容" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?group=pensioners", "没有这个选项：pensioners"),
        ("?groups=veterans", "“groups”不是可用的查询条件"),
        ("?from=2026-02-30", "“2026-02-30”不是日期"),
        ("?from=2026-11-02&until=2026-11-01", "终止值小于起始值"),
        ("?class=999999", "不在您的管理范围内，或不存在"),
        ("?name=" + "长" * 61, "最多输入 60 个字"),
        ("?age_from=-1", "“-1”不是这里可用的数字"),
    ],
)
def test_a_wrong_filter_is_said_in_words_and_shows_nothing(
    room: Classroom, head: Client, query: str, said: str
) -> None:
    for address in pages("/institution/", query):
        page = main_of(head, address, 400)
        assert said in page
        assert room.training_class.code not in page
    assert "<b>" not in main_of(head, "/institution/query/?age_from=<b>", 400)


def test_a_file_calls_every_condition_what_the_page_calls_it(room: Classroom, clock: HandClock) -> None:
    course, region = room.training_class.course, supervisor("44", clock)
    course.occupation = Occupation.objects.create(code="6-31-01-03", name="电工", is_practical=True)
    course.level = Level.FOUR.value
    course.save()
    teach_anew(room.training_class, clock.now())
    occupation = "occupation=6-31-01-03&level=four&project=skill_level"
    of_class = f"institution={room.institution.pk}&region={room.institution.region_id}&course={room.training_class.course_id}&class={room.training_class.pk}&state=running"
    of_learners = "name=小&group=veterans&education=master&id_type=passport&sex=male&learner=learning"
    query = f"?{of_class}&{of_learners}&{occupation}"
    page = main_of(region, f"/region/query/learners/{query}")
    labels = set(re.findall(r"<label[^>]*>([^<]+?)\s*<", page))
    said = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", main_of(region, f"/region/exports/new/learners/{query}"))
    assert len(said) == 14
    assert {name for name, _words in said} - {"姓名包含"} < labels
    assert ("所在地区", room.institution.region.name) in said
    assert ("职业", "6-31-01-03 电工") in said


@pytest.mark.parametrize("query", ["?by=salary", "?per=hour"])
def test_statistics_are_divided_by_what_there_is(room: Classroom, head: Client, query: str) -> None:
    assert "没有这个选项" in main_of(head, f"/institution/query/{query}", 400)


@pytest.mark.clause("C5")
def test_other_institutions_and_regions_see_nothing(db: None, clock: HandClock) -> None:
    here, there = classroom(clock.now(), region="440104"), classroom(clock.now(), region="440305")
    code = here.training_class.code
    of_others = client_of(there.head_teacher), supervisor("4403", clock)
    for client, base in zip(of_others, ("/institution/", "/region/"), strict=True):
        for address in pages(base):
            page = main_of(client, address)
            assert code not in page
            assert here.institution.name not in page
        for query in (f"?class={here.training_class.pk}", f"?course={here.training_class.course_id}"):
            assert code not in main_of(client, f"{base}query/learners/{query}", 400)
    assert code in main_of(supervisor("4401", clock), "/region/query/classes/")


@pytest.mark.clause("M3")
def test_the_pages_are_for_those_who_answer_for_classes(room: Classroom, clock: HandClock) -> None:
    of = room.institution.pk
    learner = client_of(room.learner)
    editor = client_of(people.account((Role.COURSE_EDITOR, of), now=clock.now()))
    system = client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))
    for client in (learner, editor, system, supervisor("44", clock)):
        for address in pages("/institution/"):
            assert client.get(address).status_code == 403
    for client in (learner, editor, system, client_of(room.head_teacher)):
        for address in pages("/region/"):
            assert client.get(address).status_code == 403
    assert Client().get("/institution/query/").status_code == 302


def test_a_long_list_is_read_page_by_page(room: Classroom, head: Client, clock: HandClock) -> None:
    for _ in range(60):
        enrol(class_id=room.training_class.pk, learner_id=people.account(now=clock.now()).pk, now=clock.now())
    first = main_of(head, "/institution/query/learners/?state=running")
    assert first.count('<th scope="row"') == 50
    assert "共 61 条" in first
    after = first.split("state=running&amp;after=")[1].split('"')[0]
    second = main_of(head, f"/institution/query/learners/?state=running&after={after}")
    assert second.count('<th scope="row"') == 11
    assert "第一页" in second
    assert "after=" not in second


def test_a_day_leads_to_its_sessions_and_names_are_masked(room: Classroom, head: Client, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 3)
    page = main_of(head, "/institution/query/records/")
    assert f"/institution/classes/{room.training_class.pk}/days/{room.enrolment.pk}/" in page
    assert "李**" in page
    assert "李小明" not in page


def test_an_empty_institution_is_told_what_will_stand_there(db: None, clock: HandClock) -> None:
    lived = life(clock)
    other = people.account((Role.HEAD_TEACHER, lived.room.institution.pk), now=clock.now())
    for address in pages("/institution/"):
        assert "这里还没有内容" in main_of(client_of(other), address)
