"""Pages of a query in two steps: the same rows in the same order, each once, and no more of them than a page holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangxue.djangokit.pages import InTwoSteps
from jiangxue.djangokit.row_security import seen_by
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.scope import scope_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.models import Region
from tests.conftest import MORNING
from tests.factories.classes import classroom


def regions(number: int) -> None:
    Region.objects.bulk_create(Region(code=f"99{at:04d}", name=f"地区 {at % 3}") for at in range(number))


def test_pages_hold_all_rows_once_in_the_order_of_the_query(db: None) -> None:
    regions(23)
    query = Region.objects.filter(code__startswith="99").order_by("name", "-code")
    pages = InTwoSteps(query, 5)
    shown = [row for number in pages.page_range for row in pages.get_page(number).object_list]
    assert shown == list(query)
    assert [len(pages.get_page(number).object_list) for number in pages.page_range] == [5, 5, 5, 5, 3]


def test_rows_are_found_under_the_conditions_of_the_query_in_both_steps(db: None) -> None:
    regions(8)
    with CaptureQueriesContext(connection) as asked:
        found = InTwoSteps(Region.objects.filter(name="地区 1").order_by("code"), 2).get_page(1)
    count, keys, rows = (each["sql"] for each in asked if "organisations_region" in each["sql"])
    assert all("地区 1" in sql for sql in (count, keys, rows))
    assert "LIMIT" in keys
    assert [row.code for row in found.object_list] == ["990001", "990004"]


@pytest.mark.clause("M3")
def test_what_row_level_security_hides_is_counted_and_not_shown(db: None) -> None:
    classroom(MORNING)
    with seen_by(scope_of(Viewer(1, Role.INSTITUTION_ADMINISTRATOR, 0))):
        found = InTwoSteps(TrainingClass.objects.order_by("pk"), 5).get_page(1)
        assert (found.paginator.count, list(found.object_list)) == (1, [])


def test_an_empty_list_is_one_empty_page(db: None) -> None:
    assert list(InTwoSteps(Region.objects.filter(code="none").order_by("code"), 5).get_page(7).object_list) == []
