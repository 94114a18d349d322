"""Cases in the browser: opened, explained by both sides, decided by two persons, printed (clauses M6, C5)."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxue.accounts.models import Account
from jiangxue.archive.models import SettledPlace
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import DayTotal
from jiangxue.portals.cases import paper
from jiangxue.supervision.models import Case, CasePicture, CaseStep
from jiangxue.typesetting.shapes import Facts, Paper
from tests.factories.cases import ANSWER, GROUNDS, QUESTION, officer
from tests.factories.cases import case as case_row
from tests.factories.lives import Life, life_learned
from tests.portals.appealing import picture
from tests.portals.clients import client_of, main_in, main_of
from tests.worlds import Worlds

OPENED = {"reason": "identity", "first_day": "", "last_day": "", "grounds": GROUNDS, "question": QUESTION}
REASONS = "经核对抽检照片和设备记录，提出如下意见。"


@pytest.fixture
def lived(worlds: Worlds, clock: HandClock) -> Iterator[Life]:
    with worlds.rolled_back(life_learned, clock) as found:
        yield found


@pytest.fixture
def first(lived: Life) -> Client:
    return client_of(officer(lived.clock.now(), name="陈科员"))


@pytest.fixture
def second(lived: Life) -> Client:
    return client_of(officer(lived.clock.now(), name="林科长"))


@pytest.fixture
def own(lived: Life) -> Client:
    return client_of(lived.room.learner)


@pytest.fixture
def head(lived: Life) -> Client:
    return client_of(lived.room.head_teacher)


def new_url(lived: Life) -> str:
    return f"/region/classes/{lived.room.training_class.pk}/learners/{lived.room.enrolment.pk}/case/"


def opened(first: Client, lived: Life, **facts: str) -> str:
    """Open a case and return the number that addresses have."""
    answer = first.post(new_url(lived), {**OPENED, **facts})
    assert answer.status_code == 302, main_in(answer.content.decode())
    return str(Case.objects.latest("opened_at").pk)


def explains(client: Client, portal: str, case: str, **pictures: object) -> str:
    answer = client.post(f"/{portal}/cases/{case}/explain/", {"text": ANSWER, **pictures}, follow=True)
    return main_in(answer.content.decode())


def after(client: Client, case: str) -> str:
    """Return how many steps the supervisor's page shows, as its forms carry it."""
    return after_of(main_of(client, f"/region/cases/{case}/"))


def after_of(page: str) -> str:
    found = re.search(r'name="after" value="(\d+)"', page)
    assert found is not None
    return found[1]


def proposes(client: Client, case: str, **facts: object) -> str:
    said = {"after": after(client, case), "result": "stands", "text": REASONS, **facts}
    return main_in(client.post(f"/region/cases/{case}/propose/", said, follow=True).content.decode())


def decides(client: Client, case: str, decision: str = "approve", text: str = "") -> str:
    said = {"after": after(client, case), "decision": decision, "text": text}
    return main_in(client.post(f"/region/cases/{case}/decide/", said, follow=True).content.decode())


def learned_on() -> str:
    found = DayTotal.objects.order_by("day").first()
    assert found is not None
    return found.day.isoformat()


@pytest.mark.clause("M6", "C5")
def test_a_case_goes_its_whole_way(lived: Life, first: Client, second: Client, own: Client, head: Client) -> None:
    learner_page = f"/region/classes/{lived.room.training_class.pk}/learners/{lived.room.enrolment.pk}/"
    assert f"{new_url(lived)}?from=learner" in main_of(first, learner_page)
    assert "来源：学员页面" in main_of(first, f"{new_url(lived)}?from=learner")
    case = opened(first, lived)
    assert "暂缓认定" in main_of(first, f"/region/cases/{case}/")
    assert "去说明情况" in main_of(own, "/learn/")
    assert GROUNDS in main_of(own, f"/learn/cases/{case}/")
    assert "您的说明已提交。" in explains(own, "learn", case, first=_file("a.png"), second=_file("b.png"))
    assert "您已说明情况" in main_of(own, "/learn/records/")
    assert case in main_of(head, "/institution/cases/")
    said = explains(head, "institution", case)
    assert ANSWER in said
    assert "附图 2 张，只有主管部门能看。" in said
    page = main_of(first, f"/region/cases/{case}/")
    assert page.count("<img") == 2
    assert "交复核人复核" in page
    assert "意见" in proposes(first, case, result="withheld", days=[learned_on()])
    assert "意见是您提出的" in main_of(first, f"/region/cases/{case}/")
    assert "核查单已作出决定。" in decides(second, case)
    assert f"学时不予认定：{learned_on()}" in main_of(own, f"/learn/cases/{case}/")
    assert "保留在记录里" in main_of(own, f"/learn/cases/{case}/")
    archive = main_of(own, f"/learn/classes/{lived.room.training_class.pk}/archive/")
    assert "学时核查" in archive
    assert f"学时不予认定：{learned_on()}" in archive
    assert "作弊" not in archive


def _file(name: str) -> object:
    return SimpleUploadedFile(name, picture(), "image/png")


def test_settling_waits_and_says_why(lived: Life, first: Client, head: Client) -> None:
    opened(first, lived)
    lived.room.training_class.refresh_from_db()
    lived.clock.at = lived.room.training_class.term.closes_at
    page = f"/institution/classes/{lived.room.training_class.pk}/settlement/"
    assert "1 名学员的学时正由主管部门核查" in main_of(head, page)
    answer = head.post(f"{page}propose/")
    assert answer.status_code == 409
    assert "请在核查单作出决定后再结算" in answer.content.decode()


def test_the_report_of_a_case_is_a_pdf_and_is_recorded(lived: Life, first: Client) -> None:
    case = opened(first, lived)
    answer = first.get(f"/region/cases/{case}/report/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(action="case.printed", object_id=case).count() == 1


def test_the_report_states_the_settled_hours_of_all_modes(
    lived: Life, first: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, real = [], paper.pdf_of

    def kept(made: Paper, fonts: Path | None) -> bytes:
        found.append(made)
        return real(made, fonts)

    monkeypatch.setattr(paper, "pdf_of", kept)
    lived.settle()
    case = opened(first, lived)
    row = SettledPlace.objects.latest("ordinal")
    row.pk, row.ordinal = None, row.ordinal + 1
    row.hours = 175
    row.save()
    assert first.get(f"/region/cases/{case}/report/").status_code == 200
    facts = dict(next(block for block in found[0].blocks if isinstance(block, Facts)).rows)
    assert facts["目前结算学时"] == "1.75"


def test_lists_are_filtered_by_state_overdue_and_institution(lived: Life, first: Client) -> None:
    case = opened(first, lived)
    every = "/region/cases/"
    assert case in main_of(first, every)
    assert case in main_of(first, f"{every}?state=open&institution={lived.room.institution.pk}")
    assert case not in main_of(first, f"{every}?state=decided")
    assert case not in main_of(first, f"{every}?state=overdue")
    lived.clock.at += timedelta(days=30)
    assert case in main_of(first, f"{every}?state=overdue")
    assert "已逾期" in main_of(first, every)
    assert case in main_of(client_of(officer(lived.clock.now(), "44")), f"{every}?state=overdue"), "seen from above"
    assert "没有这种状态的核查单" in main_of(first, f"{every}?state=decided")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": ""}, "请选择要核查的事项。"),
        ({"grounds": "太短"}, "至少写 10 个字。"),
        ({"question": ""}, "请填写文字。"),
        ({"first_day": "2026-11-20"}, "请填写两个日期，或都不填"),
        ({"first_day": "2026-11-20", "last_day": "2026-11-19"}, "结束日期不能早于开始日期。"),
        ({"first_day": "2099-11-20", "last_day": "2099-11-21"}, "日期不能在今天之后。"),
        ({"first_day": "soon", "last_day": "2026-11-19"}, "日期请写成 2026-11-24。"),
        ({"grounds": "核" * 1_001}, "最多 1000 字。"),
    ],
)
def test_odd_input_opens_nothing_and_keeps_what_was_typed(
    lived: Life, first: Client, facts: dict[str, str], words: str
) -> None:
    answer = first.post(new_url(lived), {**OPENED, **facts})
    assert answer.status_code == 400
    page = main_in(answer.content.decode())
    assert words in page
    assert facts.get("question", QUESTION) in page
    assert not Case.objects.exists()


def test_a_picture_that_is_none_costs_no_word(lived: Life, first: Client, own: Client) -> None:
    case = opened(first, lived)
    said = {"text": ANSWER, "first": SimpleUploadedFile("a.png", b"no picture", "image/png")}
    answer = own.post(f"/learn/cases/{case}/explain/", said)
    assert answer.status_code == 400
    assert ANSWER in answer.content.decode()
    assert not CaseStep.objects.exists()


def test_a_stale_form_decides_nothing(lived: Life, first: Client, second: Client, own: Client) -> None:
    case = opened(first, lived)
    proposes(first, case)
    stale = after(second, case)
    explains(own, "learn", case)
    answer = second.post(f"/region/cases/{case}/decide/", {"after": stale, "decision": "approve", "text": ""})
    assert answer.status_code == 409
    assert "核查单已有新的进展" in answer.content.decode()
    assert not CaseStep.objects.filter(kind="decided").exists()
    anew = {"after": after_of(answer.content.decode()), "decision": "approve", "text": ""}
    assert second.post(f"/region/cases/{case}/decide/", anew).status_code == 302, "it showed the explanation"


def test_what_was_typed_for_a_step_that_another_took_is_not_lost(lived: Life, first: Client, second: Client) -> None:
    case = opened(first, lived)
    stale = after(second, case)
    proposes(first, case)
    said = {"after": stale, "result": "stands", "text": "第二人同时写的意见，不要丢。"}
    page = second.post(f"/region/cases/{case}/propose/", said)
    assert page.status_code == 409
    assert "第二人同时写的意见，不要丢。" in page.content.decode()


def test_a_further_question_reaches_both_sides(lived: Life, first: Client, own: Client, head: Client) -> None:
    case = opened(first, lived)
    said = {"after": after(first, case), "text": "请补充当天的考勤记录和照片。"}
    assert "追问已提交" in first.post(f"/region/cases/{case}/ask/", said, follow=True).content.decode()
    for client, portal in ((own, "learn"), (head, "institution")):
        assert "请补充当天的考勤记录和照片。" in main_of(client, f"/{portal}/cases/{case}/")


def people_outside(lived: Life) -> Iterator[tuple[str, Account]]:
    now = lived.clock.now()
    yield "another district", officer(now, "440105")
    yield "another province", officer(now, "45")


def test_supervisors_elsewhere_see_nothing_of_it(lived: Life, first: Client, own: Client) -> None:
    case = opened(first, lived)
    explains(own, "learn", case, first=_file("a.png"))
    shown = CasePicture.objects.get().pk
    for _who, account in people_outside(lived):
        client = client_of(account)
        assert case not in main_of(client, "/region/cases/")
        for address in (f"{case}/", f"{case}/report/", f"pictures/{shown}/"):
            assert client.get(f"/region/cases/{address}").status_code == 404
        for act in ("ask", "propose", "decide"):
            assert client.post(f"/region/cases/{case}/{act}/", {}).status_code == 404
        assert client.post(new_url(lived), OPENED).status_code == 404


def test_pictures_are_for_the_authority_and_who_gave_them(
    lived: Life, first: Client, own: Client, head: Client
) -> None:
    case = opened(first, lived)
    explains(own, "learn", case, first=_file("a.png"))
    shown = CasePicture.objects.get().pk
    assert own.get(f"/learn/cases/pictures/{shown}/").content.startswith(b"RIFF")
    assert first.get(f"/region/cases/pictures/{shown}/").status_code == 200
    assert AuditEntry.objects.filter(action="case.picture_shown").count() == 1
    assert head.get(f"/institution/cases/pictures/{shown}/").status_code == 404


def test_the_list_asks_as_little_for_twenty_as_for_two(
    lived: Life, first: Client, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    now = lived.clock.now()
    for _ in range(2):
        case_row(lived.room, now)
    with CaptureQueriesContext(connection) as few:
        first.get("/region/cases/")
    for _ in range(18):
        case_row(lived.room, now)
    with django_assert_num_queries(len(few)):
        assert main_of(first, "/region/cases/").count("<tr>") == 21
