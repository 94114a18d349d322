"""The sections of the course editor keep what is entered, say what is wrong with it, and lose nothing (clauses C2, C6, M3, M7)."""

from datetime import date

import pytest
from django.test import Client

from jiangxue.courseware.rules.content import Mode
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import classes, occupations, uploads
from tests.factories.courses import Desk, submitted
from tests.factories.questions import editor
from tests.portals.clients import client_of, text_of
from tests.portals.courses import FACTS, READERS, SECTIONS, SENT, course_url, kept, rows, section_url, teacher_of


@pytest.fixture
def client(at: Desk) -> Client:
    return client_of(at.editor)


def sent(client: Client, at: Desk, name: str, **change: object) -> str:
    """Send a section that is refused, and return what is shown."""
    response = client.post(section_url(at, name), {**SENT[name], **change})
    assert response.status_code == 400
    return response.content.decode()


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_that_is_saved_leads_back_to_the_course(at: Desk, client: Client, name: str) -> None:
    response = client.post(section_url(at, name), SENT[name], follow=True)
    assert response.redirect_chain == [(f"{course_url(at)}#top", 302)]
    assert "已保存" in response.content.decode()


@pytest.mark.parametrize("name", SECTIONS)
def test_saving_a_section_as_it_is_shown_changes_nothing(at: Desk, client: Client, name: str) -> None:
    before = kept(at)
    page = client.get(section_url(at, name))
    assert client.post(section_url(at, name), _as_shown(page.context["form"])).status_code == 302
    assert kept(at) == before


def _as_shown(form) -> dict[str, object]:
    fields = list(form.form) if form.form else []
    if form.rows:
        fields += [bound for row in form.rows.forms for bound in row if bound.name != "gone"]
    typed = {bound.html_name: _typed(bound.value()) for bound in fields}
    return {"rows": form.rows.count if form.rows else 0, **typed}


def _typed(value: object) -> object:
    return "" if value in (None, False) else value


@pytest.mark.clause("C2")
def test_the_facts_keep_occupation_level_and_standard(at: Desk, client: Client, clock: HandClock) -> None:
    typed = {
        **FACTS,
        "occupation": "6-31-01-03",
        "level": "three",
        "project_type": "skill_level",
        "basis_name": "国家职业技能标准 电工",
        "basis_code": "GZB 6-31-01-03",
        "basis_edition": "2018 年版",
    }
    client.post(section_url(at, "facts"), typed)
    facts = kept(at).facts
    assert facts.occupation is not None
    assert (facts.occupation.code, facts.level, facts.basis.edition) == ("6-31-01-03", "three", "2018 年版")
    assert facts.hours.online == 200  # of another section, and still there


@pytest.mark.clause("C6")
def test_groups_are_kept_only_where_the_course_is_free_for_groups(at: Desk, client: Client) -> None:
    groups = {"free_for": ["migrant_workers", "veterans"]}
    client.post(section_url(at, "facts"), {**FACTS, "fee": "free_for_groups", **groups})
    assert kept(at).facts.free_for == ("migrant_workers", "veterans")
    client.post(section_url(at, "facts"), {**FACTS, "fee": "free", **groups})
    assert kept(at).facts.free_for == ()


def test_what_is_wrong_with_a_group_of_choices_is_joined_to_it(at: Desk, client: Client) -> None:
    group = '<fieldset class="choices" id="id_free_for"'
    assert f"{group}>" in text_of(client, section_url(at, "facts"))
    page = sent(client, at, "facts", fee="free_for_groups", free_for="nobody")
    assert f'{group} aria-describedby="id_free_for_error">' in page
    assert page.count('id="id_free_for_error"') == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "请写课程名称"),
        ({"title": "题" * 121}, "最多 120 字"),
        ({"title": "电\0工"}, "无法显示的字符"),
        ({"summary": "简" * 2001}, "最多 2000 字"),
        ({"occupation": "9-99-99-99"}, "职业目录中没有"),
        ({"occupation_search": "电工"}, "还没有选择"),
        ({"occupation": "6-31-01-03", "level": "chief"}, "没有这一等级"),
        ({"level": "four", "special_ability": "接线"}, "只能选一样"),
        ({"fee": "none"}, ""),
        ({"project_type": "x"}, ""),
    ],
)
def test_unfit_facts_are_refused_in_plain_words_and_stay_typed(
    at: Desk, client: Client, change: dict[str, str], told: str
) -> None:
    before = kept(at)
    page = sent(client, at, "facts", **change)
    assert told in page
    assert "还没有保存" in page
    assert "会停电 &amp; 会急救" in page
    assert kept(at) == before


def test_only_the_levels_of_the_kept_occupation_are_offered(at: Desk, client: Client, clock: HandClock) -> None:
    occupations.imported(clock.now())
    client.post(section_url(at, "facts"), {**FACTS, "occupation": "4-01-06-01", "level": "four"})
    levels = text_of(client, section_url(at, "facts")).split('name="level"')[1].split("</select>")[0]
    assert 'value="three"' in levels
    assert 'value="five"' not in levels


def test_looking_for_an_occupation_judges_and_saves_nothing(at: Desk, client: Client) -> None:
    before = kept(at)
    typed = {"title": "", "summary": "还在写", "occupation_search": "电", "occupation_find": "1"}
    page = client.post(section_url(at, "facts"), typed)
    assert page.status_code == 200
    assert "电工" in page.content.decode()
    assert "还在写" in page.content.decode()
    assert "请写课程名称" not in page.content.decode()
    assert kept(at) == before


@pytest.mark.clause("C2")
def test_hours_are_entered_with_two_decimals(at: Desk, client: Client) -> None:
    client.post(
        section_url(at, "plan"), {**SENT["plan"], "online_hours": "1.77", "live_hours": "1", "practice_hours": ""}
    )
    content = kept(at)
    assert (content.facts.hours.online, content.facts.hours.live, content.facts.hours.practice) == (177, 100, 0)
    assert [(item.mode, item.title, item.hours) for item in content.planned] == [(Mode.LIVE, "答疑 & 讨论", 100)]
    assert 'value="1.77"' in text_of(client, section_url(at, "plan"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        *((typed, "请填数字") for typed in ("1.234", "-1", "abc", "NaN", "Infinity", "1e-9")),
        *((typed, "最多 9999 学时") for typed in ("99999", "9" * 5000)),
    ],
)
def test_hours_that_are_none_are_refused(at: Desk, client: Client, typed: str, told: str) -> None:
    before = kept(at)
    page = sent(client, at, "plan", online_hours=typed)
    assert told in page.split('id="id_online_hours_error"')[1].split("</ul>")[0]
    assert kept(at) == before


def test_one_more_row_saves_nothing_and_judges_nothing(at: Desk, client: Client) -> None:
    before = kept(at)
    typed = {"online_hours": "x", **rows({"mode": "live", "title": "", "hours": "2"}), "more": "1"}
    response = client.post(section_url(at, "plan"), typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "row-1-title" in page
    assert "请" not in page.split('<form class="form form-section"')[1].split("</form>")[0]
    assert kept(at) == before


def test_a_row_that_is_empty_or_taken_out_is_not_kept(at: Desk, client: Client) -> None:
    first, second = {"name": "张三", "qualification": ""}, {"name": "李四", "gone": "on"}
    client.post(section_url(at, "lecturers"), rows(first, second, {"name": " ", "qualification": ""}))
    assert [each.name for each in kept(at).lecturers] == ["张三"]


@pytest.mark.parametrize("count", ["", "x", "-1", "999999999", "٣"])
def test_a_strange_number_of_rows_breaks_nothing(at: Desk, client: Client, count: str) -> None:
    assert client.post(section_url(at, "lecturers"), {"rows": count}).status_code == 302


def test_a_lecturer_who_stays_is_the_same(at: Desk, client: Client) -> None:
    before = kept(at).lecturers[0]
    stays = {"ref": before.ref, "name": before.name, "qualification": "高级技师"}
    client.post(section_url(at, "lecturers"), rows(stays, {"name": "新来的", "qualification": ""}))
    after = kept(at).lecturers
    assert after[0].ref == before.ref
    assert after[1].ref != before.ref


def test_the_sum_of_the_weights_is_shown(at: Desk, client: Client) -> None:
    assert "各项合计：100%" in text_of(client, section_url(at, "assessment"))
    page = client.post(
        section_url(at, "assessment"), {**rows({"name": "甲", "weight": "30"}, {"weight": "x"}), "more": "1"}
    )
    assert "各项合计：30%" in page.content.decode()


@pytest.mark.parametrize("weight", ["", "0", "101", "-5", "3.5", "许多"])
def test_a_weight_is_a_whole_number_up_to_100(at: Desk, client: Client, weight: str) -> None:
    page = client.post(section_url(at, "assessment"), rows({"name": "甲 & 乙", "weight": weight}))
    assert page.status_code == 400
    assert page.content.decode().count("请填 1 到 100 的整数") == 1


@pytest.mark.clause("M7")
def test_a_licence_is_proven_by_a_converted_document_of_the_course(at: Desk, client: Client, clock: HandClock) -> None:
    media = uploads.document()
    ready = {"state": "ready", "kind": "pdf", "media": media, "finished_at": clock.now(), "told_at": clock.now()}
    proof = uploads.kept(at.course, at.editor, clock.now(), name="授权书.pdf", **ready)
    uploads.kept(at.course, at.editor, clock.now(), name="还没传完.pdf")
    page = text_of(client, section_url(at, "licences"))
    assert "授权书.pdf" in page
    assert "还没传完.pdf" not in page
    row = {"title": "授权书", "holder": "出版社", "valid_until": "2028-06-30", "proof": str(proof.pk)}
    client.post(section_url(at, "licences"), {"is_imported": "on", "supplier": "出版社", **rows(row)})
    licence = kept(at).licences[0]
    assert (licence.valid_until, licence.proof_sha256) == (date(2028, 6, 30), media.sha256)
    assert kept(at).facts.is_imported
    assert f'value="{proof.pk}" selected' in text_of(client, section_url(at, "licences"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"row-0-valid_until": "明年"}, "请按 2028-06-30 的格式"),
        ({"row-0-proof": "00000000-0000-0000-0000-000000000000"}, "这个文件已不在"),
        ({"row-0-title": ""}, "请写证明的名称"),
    ],
)
def test_an_unfit_licence_is_refused(at: Desk, client: Client, change: dict[str, str], told: str) -> None:
    page = sent(client, at, "licences", **change)
    assert told in page
    assert "甲 &amp; 乙" in page


@pytest.mark.clause("M6")
@pytest.mark.parametrize("name", SECTIONS)
def test_a_course_in_review_is_read_only_and_keeps_what_was_typed_meanwhile(
    at: Desk, client: Client, clock: HandClock, name: str
) -> None:
    before = kept(at)
    submitted(at, clock.now())
    page = text_of(client, section_url(at, name))
    assert '<fieldset class="form-all" disabled>' in page
    assert course_url(at, "withdraw/") in page
    response = client.post(section_url(at, name), SENT[name])
    assert response.status_code == 409
    assert "&amp;" in response.content.decode()
    assert "没有保存：课程正在审核" in response.content.decode()
    assert kept(at) == before


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", SECTIONS)
def test_other_staff_read_and_cannot_change(at: Desk, clock: HandClock, role: Role, name: str) -> None:
    reader = teacher_of(at, clock.now(), role)
    assert '<fieldset class="form-all" disabled>' in text_of(reader, section_url(at, name))
    assert reader.post(section_url(at, name), SENT[name]).status_code == 403


@pytest.mark.clause("M3")
def test_strangers_find_no_section(at: Desk, clock: HandClock) -> None:
    stranger = client_of(editor(classes.institution(), clock.now()))
    for name in SECTIONS:
        assert stranger.get(section_url(at, name)).status_code == 404
        assert stranger.post(section_url(at, name), SENT[name]).status_code == 404


def test_there_is_no_other_section(at: Desk, client: Client) -> None:
    assert client.get(section_url(at, "price")).status_code == 404
