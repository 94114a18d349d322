"""Importing the table of occupations: by the system administrator, all of it or nothing, audited."""

from datetime import timedelta

import pytest

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.occupations.errors import NoDraft, NotTheirsToImport, TableChanged, UnfitTable
from jiangxue.occupations.models import Occupation, OccupationTable, TableDraft
from jiangxue.occupations.queries import changes_by, draft_for, last_table, occupation_by_code, occupations
from jiangxue.occupations.rules.table import OccupationRow
from jiangxue.occupations.services import Imported, discard_draft, draft_table, import_draft, import_occupations
from tests.conftest import MORNING
from tests.factories.occupations import ELECTRICIAN, ROWS, SELLER, WELDER, content_of, imported, importer

RENAMED = OccupationRow("6-18-02-04", "电焊工", WELDER.levels, is_practical=True)
LATER = MORNING + timedelta(days=1)


@pytest.fixture
def viewer(db: None) -> Viewer:
    return importer(MORNING)


def drafted(viewer: Viewer, *rows: OccupationRow) -> TableDraft:
    return draft_table(viewer=viewer, content=content_of(*rows), name="a.csv", by=PROGRAM, now=MORNING)


def test_the_first_import_adds_everything_as_it_stands(viewer: Viewer) -> None:
    assert imported(MORNING, viewer=viewer) == Imported(3, 0, 0)
    assert [each.row for each in occupations()] == list(ROWS)


def test_a_later_import_adds_changes_and_retires(viewer: Viewer) -> None:
    imported(MORNING, SELLER, WELDER, viewer=viewer)
    assert imported(LATER, RENAMED, ELECTRICIAN, viewer=viewer) == Imported(1, 1, 1)
    assert {each.name for each in occupations()} == {"电焊工", "电工"}
    retired = occupation_by_code(SELLER.code)
    assert retired is not None
    assert retired.retired_at == LATER


def test_an_occupation_that_a_still_later_table_has_again_is_in_use_again(viewer: Viewer) -> None:
    for rows in ((SELLER, WELDER), (WELDER,)):
        imported(MORNING, *rows, viewer=viewer)
    assert imported(LATER, SELLER, WELDER, viewer=viewer) == Imported(1, 0, 0)
    assert occupations().count() == 2


def test_the_same_table_again_changes_nothing_but_the_day(viewer: Viewer) -> None:
    imported(MORNING, viewer=viewer)
    assert changes_by(ROWS).is_empty
    assert imported(LATER, viewer=viewer) == Imported(0, 0, 0)
    table = last_table()
    assert table is not None
    assert (table.imported_at, table.count, table.author_id) == (LATER, 3, viewer.account_id)


def test_of_an_unfit_table_nothing_is_saved(viewer: Viewer) -> None:
    imported(MORNING, WELDER, viewer=viewer)
    content = content_of(*ROWS) + b"x,y\n"
    with pytest.raises(UnfitTable):
        import_occupations(viewer=viewer, content=content, name="a.csv", by=PROGRAM, now=LATER)
    assert [each.name for each in occupations()] == ["焊工"]
    assert OccupationTable.objects.count() == 1


@pytest.mark.clause("M3")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMINISTRATOR])
def test_nobody_but_the_system_administrator_imports(db: None, role: Role) -> None:
    other = Viewer(1, role)
    with pytest.raises(NotTheirsToImport):
        import_occupations(viewer=other, content=content_of(*ROWS), name="a.csv", by=PROGRAM, now=MORNING)
    with pytest.raises(NotTheirsToImport):
        drafted(other, *ROWS)
    assert not Occupation.objects.exists()


def test_an_import_stands_in_the_audit(viewer: Viewer) -> None:
    imported(MORNING, viewer=viewer)
    entry = AuditEntry.objects.get(action="occupations.imported")
    assert entry.object_kind == "occupation_table"


def test_a_draft_changes_nothing_until_it_is_imported(viewer: Viewer) -> None:
    draft = drafted(viewer, *ROWS)
    assert not occupations().exists()
    assert import_draft(viewer=viewer, draft_id=draft.pk, based_on=0, by=PROGRAM, now=LATER) == Imported(3, 0, 0)
    assert not TableDraft.objects.exists()


def test_another_draft_takes_the_place_of_the_first(viewer: Viewer) -> None:
    first, second = drafted(viewer, WELDER), drafted(viewer, SELLER)
    assert draft_for(viewer) == second
    with pytest.raises(NoDraft):
        import_draft(viewer=viewer, draft_id=first.pk, based_on=0, by=PROGRAM, now=LATER)


def test_changes_that_were_shown_against_another_table_are_not_saved(viewer: Viewer) -> None:
    draft = drafted(viewer, SELLER)
    imported(MORNING, WELDER)
    with pytest.raises(TableChanged):
        import_draft(viewer=viewer, draft_id=draft.pk, based_on=0, by=PROGRAM, now=LATER)
    assert [each.name for each in occupations()] == ["焊工"]
    assert draft_for(viewer) == draft


def test_a_draft_of_others_is_none(viewer: Viewer) -> None:
    draft = drafted(viewer, *ROWS)
    other = importer(MORNING)
    with pytest.raises(NoDraft):
        import_draft(viewer=other, draft_id=draft.pk, based_on=0, by=PROGRAM, now=LATER)
    with pytest.raises(NoDraft):
        draft_for(other)


def test_a_discarded_draft_is_gone(viewer: Viewer) -> None:
    discard_draft(viewer=viewer, draft_id=drafted(viewer, *ROWS).pk, by=PROGRAM, now=LATER)
    with pytest.raises(NoDraft):
        draft_for(viewer)
