"""The audit as a file: what its page shows for a search, for its administrator alone."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor, record
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import made
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("M3")
_NEW = "/operator/exports/new/audit/"


@pytest.fixture
def room(lasting_database: str, own_storage: Path, clock: HandClock) -> Classroom:
    clock.at = MORNING
    return classroom(MORNING)


def test_the_audit_is_exported_as_its_page_shows_it(room: Classroom, clock: HandClock) -> None:
    auditor = people.account((Role.AUDIT_ADMINISTRATOR, None), now=MORNING)
    client = client_of(auditor)
    for number in range(3):
        by = Actor(room.head_teacher.pk, Role.HEAD_TEACHER, "127.0.0.1")
        record("class.recomputed", by=by, at=MORNING, about=("class", number), reason="=1+1")
    query = f"who={room.head_teacher.pk}&action=class.recomputed&older=&kind="
    page = main_of(client, f"/operator/audit/?{query}")
    assert f"{_NEW}?who={room.head_teacher.pk}" in page.replace("&amp;", "&")
    asked = client.get(f"{_NEW}?{query}").content.decode()
    assert "未脱敏" not in asked
    response = client.post(f"{_NEW}?{query}", {"format": "xlsx"})
    export = made(Export.objects.get(pk=response["Location"].split("/")[-2]), clock)
    assert (export.state, export.rows_done) == ("ready", 3)
    assert export.filter == f"who={room.head_teacher.pk}&action=class.recomputed"
    content = b"".join(client.get(f"/operator/exports/{export.pk}/file/").streaming_content)  # type: ignore[attr-defined]
    book = openpyxl.load_workbook(BytesIO(content))
    cover = {str(name.value): str(said.value) for name, said in book.worksheets[0].iter_rows()}
    assert cover["操作"] in page
    line = [cell.value for cell in book.worksheets[1][2]]
    assert line[1] == "王**"
    assert line[3] == "班主任"
    assert line[-2:] == ["127.0.0.1", "=1+1"]
    assert all(str(said) in page for said in line[1:] if said)


def test_what_cannot_be_looked_for_exports_nothing(room: Classroom) -> None:
    client = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=MORNING))
    assert client.get(f"{_NEW}?since=2026-02-02&until=2026-01-01").status_code == 400
    assert client.post(f"{_NEW}?action=nothing", {"format": "csv"}).status_code == 400


def test_nobody_else_exports_the_audit_by_whatever_address(room: Classroom) -> None:
    others = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    for who in [people.account((role, None), now=MORNING) for role in others]:
        assert client_of(who).get(_NEW).status_code == 403
    head = client_of(room.head_teacher)
    assert head.get("/institution/exports/new/audit/").status_code == 403
    assert head.post("/institution/exports/new/audit/", {"format": "csv"}).status_code == 403
    assert not AuditEntry.objects.filter(action="export.asked", actor_id=room.head_teacher.pk).exists()


def test_an_auditor_exports_no_learners(room: Classroom) -> None:
    client = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=MORNING))
    assert client.get("/operator/exports/new/learners/").status_code == 403
    assert client.get("/operator/exports/requests/").status_code == 403
