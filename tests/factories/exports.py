"""Exports of a room's people, asked for and made as the worker makes them."""

from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.audit.services import Actor
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.exportable import Wanted
from jiangxue.reporting.rules.exports import Format
from jiangxue.reporting.services.asking_for_exports import ExportDraft, ask_for_export
from jiangxue.reporting.services.making_exports import make_export
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.people import looking
from tests.factories.tables import NAME

REASON = "上级抽查需要"


def actor(who: Account) -> Actor:
    """Return somebody as the audit names them."""
    return Actor(who.pk, people.viewer(who).role, "127.0.0.1")


def administrator(room: Classroom, now: datetime, name: str = "梁主任") -> Account:
    """Make an administrator of a room's institution."""
    return people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=now, name=name)


def asked(
    who: Account, now: datetime, *, sheet: str = NAME, query: str = "", kind: Format = Format.CSV, masked: bool = True
) -> Export:
    """Ask for a table, in somebody's first role."""
    draft = ExportDraft(Wanted(sheet, query, is_masked=masked), kind, "" if masked else REASON)
    with looking(people.viewer(who)):
        return ask_for_export(viewer=people.viewer(who), draft=draft, by=actor(who), now=now)


def made(export: Export, clock: Clock) -> Export:
    """Let the worker make it, in a database in which transactions commit, and return it as it stands then."""
    make_export(export.pk, clock=clock)
    return Export.objects.get(pk=export.pk)
