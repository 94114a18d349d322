"""Which occupations there are.

The table is no secret: those who only look for an occupation give no viewer.
"""

from collections.abc import Iterable

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Length

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.occupations.errors import NoDraft, NotTheirsToImport
from jiangxue.occupations.models import Occupation, OccupationTable, TableDraft
from jiangxue.occupations.rules.changes import Changes, compare
from jiangxue.occupations.rules.codes import code_of, code_prefix
from jiangxue.occupations.rules.table import OccupationRow


def occupations(named: str = "", *, with_retired: bool = False) -> QuerySet[Occupation]:
    """Return occupations in use whose name holds `named` or whose code begins with it, the best match first."""
    found = Occupation.objects.all() if with_retired else Occupation.objects.filter(retired_at=None)
    wanted = "".join(named.split())
    if not wanted:
        return found.order_by("code")
    prefix = code_prefix(wanted)
    of_code = Q(code__startswith=prefix) if prefix else Q(pk__in=())
    rank = Case(
        When(Q(name__iexact=wanted) | Q(code=prefix), then=Value(0)),
        When(of_code | Q(name__istartswith=wanted), then=Value(1)),
        default=Value(2),
    )
    nearness = Case(
        When(of_code, then=Value(0)), default=Length("name")
    )  # codes in their order, short names before long ones
    return found.filter(of_code | Q(name__icontains=wanted)).order_by(rank, nearness, "code")


def occupation_by_code(code: str) -> Occupation | None:
    """Return an occupation by its code, in any width and with any dashes; also one that is retired."""
    known = code_of(code)
    return Occupation.objects.filter(pk=known).first() if known else None


def last_table() -> OccupationTable | None:
    """Return the newest import, or None before the first."""
    return OccupationTable.objects.order_by("-pk").first()


def changes_by(rows: Iterable[OccupationRow]) -> Changes:
    """Return what a table changes when it is imported now."""
    return compare((each.row for each in Occupation.objects.filter(retired_at=None)), rows)


def require_importer(viewer: Viewer) -> None:
    """Raise `NotTheirsToImport` for everybody but the system administrator."""
    if viewer.role is not Role.SYSTEM_ADMINISTRATOR:
        raise NotTheirsToImport


def draft_for(viewer: Viewer) -> TableDraft:
    """Return the file that the viewer is about to import, or raise `NoDraft`."""
    require_importer(viewer)
    found = TableDraft.objects.filter(author_id=viewer.account_id).first()
    if found is None:
        raise NoDraft
    return found
