"""The field in which a course editor chooses an occupation: found, chosen, never typed. Clause C2."""

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.occupations.models import Occupation
from jiangxue.occupations.rules.table import OccupationRow
from jiangxue.portals.institution.occupation_field import MOST_MATCHES, OccupationField, OccupationSearchForm
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.occupations import ELECTRICIAN, ROWS, SELLER, WELDER, imported, importer
from tests.factories.questions import editor
from tests.portals.clients import client_of

ADDRESS = "/institution/occupations/"


class CourseForm(OccupationSearchForm):
    """What a form with the field looks like."""

    title = forms.CharField()
    occupation = OccupationField(label="职业", required=False)


class StrictForm(OccupationSearchForm):
    """A form that needs an occupation."""

    occupation = OccupationField(label="职业")


@pytest.fixture
def table(db: None, clock: HandClock) -> None:
    imported(clock.now(), *ROWS)


def sent(form: type[OccupationSearchForm] = CourseForm, **data: str) -> OccupationSearchForm:
    filled = QueryDict(mutable=True)
    filled.update({"title": "低压电工", **data})
    return form(filled)


def page_of(form: forms.Form) -> str:
    return Template("{% load ui %}{% for each in form %}{% field each %}{% endfor %}").render(Context({"form": form}))


def test_what_was_chosen_is_the_occupation_itself(table: None) -> None:
    form = sent(occupation="6-31-01-03")
    assert form.is_valid()
    assert form.cleaned_data["occupation"] == Occupation.objects.get(name="电工")


def test_nothing_chosen_and_nothing_typed_is_no_occupation(table: None) -> None:
    form = sent(occupation="", occupation_search=" ")
    assert form.is_valid()
    assert form.cleaned_data["occupation"] is None


def test_where_one_is_needed_none_is_refused(table: None) -> None:
    assert "请按名称或编码查找职业" in str(sent(StrictForm).errors)


@pytest.mark.clause("C2")
@pytest.mark.parametrize("text", ["电工", "6-31-01-03", "电"])
def test_text_that_was_not_chosen_is_never_an_occupation(table: None, text: str) -> None:
    form = sent(occupation="", occupation_search=text)
    assert not form.is_valid()
    assert f"您输入了“{text}”" in str(form.errors)
    assert 'value="6-31-01-03"' in page_of(form), "what can be chosen is shown at once"


@pytest.mark.parametrize("code", ["6-31-01-99", "电工", "x\0", "1" * 5000])
def test_a_code_that_the_table_has_not_is_refused(table: None, code: str) -> None:
    form = sent(occupation=code)
    assert not form.is_valid()
    assert "职业目录中没有这个职业" in str(form.errors)
    assert page_of(form)


def test_a_retired_occupation_is_refused_by_name_and_still_shown(db: None, clock: HandClock) -> None:
    viewer = importer(clock.now())
    imported(clock.now(), SELLER, WELDER, viewer=viewer)
    imported(clock.now(), WELDER, viewer=viewer)
    form = sent(occupation=SELLER.code)
    assert not form.is_valid()
    assert "“电子商务师”（4-01-06-01）已不在职业目录中" in str(form.errors)
    assert "已停用" in page_of(form)


def test_looking_for_an_occupation_judges_nothing_and_keeps_what_was_typed(table: None) -> None:
    form = sent(title="", occupation="6-18-02-04", occupation_search="电", occupation_find="1")
    assert form.is_searching
    assert not form.is_valid()
    page = page_of(form)
    assert "field-wrong" not in page
    assert 'value="电"' in page
    assert 'value="6-18-02-04" data-title="焊工"' in page, "the choice so far stays"
    assert 'value="6-31-01-03" data-title="电工"' in page
    assert "已停用" not in page


@pytest.mark.parametrize(("text", "said"), [("没有", "没有找到"), ("", "请先输入")])
def test_a_search_without_a_match_says_what_to_do(table: None, text: str, said: str) -> None:
    assert said in page_of(sent(occupation_search=text, occupation_find="1"))


def test_the_choice_so_far_is_checked_and_its_code_is_what_the_label_leads_past(table: None) -> None:
    page = page_of(CourseForm(initial={"occupation": ELECTRICIAN.code}))
    assert 'value="6-31-01-03" data-title="电工"' in page
    assert page.count(" checked") == 1
    assert '<label for="id_occupation_search">' in page
    assert 'id="id_occupation_search"' in page


def test_an_occupation_or_its_code_is_what_a_form_begins_with(table: None) -> None:
    electrician = Occupation.objects.get(name="电工")
    for initial in (electrician, ELECTRICIAN.code):
        for code, changed in ((ELECTRICIAN.code, []), (WELDER.code, ["occupation"])):
            data = QueryDict(mutable=True)
            data.update({"title": "a", "occupation": code})
            form = CourseForm(data, initial={"title": "a", "occupation": initial})
            assert form.changed_data == changed


def test_what_was_typed_is_shown_as_text(table: None) -> None:
    page = page_of(sent(occupation_search='"><script>', occupation_find="1"))
    assert "<script>" not in page


@pytest.mark.clause("C2")
def test_the_box_is_answered_with_the_best_matches(room: Classroom, keeper: Account, clock: HandClock) -> None:
    imported(clock.now(), *ROWS)
    answer = client_of(keeper).get(ADDRESS, {"q": "电"}).json()
    assert [each["name"] for each in answer["matches"]] == ["电工", "电子商务师"]
    assert answer["matches"][0] == {
        "code": "6-31-01-03",
        "name": "电工",
        "facts": "五级、四级 · 实操类 · 电工国家职业技能标准",
    }
    assert not answer["has_more"]


@pytest.mark.parametrize("text", ["", " ", "\0", "电" * 100])
def test_without_a_search_there_are_no_matches(room: Classroom, keeper: Account, clock: HandClock, text: str) -> None:
    imported(clock.now(), *ROWS)
    assert client_of(keeper).get(ADDRESS, {"q": text}).json() == {"matches": [], "has_more": False}


def test_no_more_matches_are_answered_than_fit(room: Classroom, keeper: Account, clock: HandClock) -> None:
    rows = [OccupationRow(f"6-01-01-{n:02d}", f"制造工{n}") for n in range(MOST_MATCHES + 1)]
    imported(clock.now(), *rows)
    answer = client_of(keeper).get(ADDRESS, {"q": "制造"}).json()
    assert len(answer["matches"]) == MOST_MATCHES
    assert answer["has_more"]


@pytest.mark.clause("M3")
def test_the_box_answers_only_those_who_edit_courses(room: Classroom, clock: HandClock) -> None:
    administrator = editor(room.institution, clock.now(), Role.INSTITUTION_ADMINISTRATOR)
    assert client_of(administrator).get(ADDRESS).status_code == 200
    assert client_of(room.learner).get(ADDRESS).status_code == 403
    assert client_of(room.head_teacher).get(ADDRESS).status_code == 403
    reviewer = people.account((Role.REVIEWER, None), now=clock.now())
    assert client_of(reviewer).get(ADDRESS).status_code == 403
