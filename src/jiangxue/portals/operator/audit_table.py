"""The audit as a table that can be exported: the entries that a search finds, in the words of its page. Clauses M3, T7."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries.search import Search, found, page_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.operator.audit_form import AuditFilter
from jiangxue.portals.operator.audit_lines import lines_of
from jiangxue.reporting.errors import Fault, FilterFault, FilterRefused, NotTheirsToQuery
from jiangxue.reporting.queries.exportable import Line, Opened, Wanted
from jiangxue.reporting.rules.sheets import Column, Kind, Value

NAME = "audit"
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry in words."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class AuditTable:
    """The entries of the audit that a search finds, newest first."""

    viewer: Viewer
    search: Search

    @property
    def title(self) -> str:
        """Return what it shows."""
        return _("Audit log")

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return its columns, as the page has them; who acted is masked, and the account's number tells two apart."""
        titles = {
            "at": _("Time"),
            "actor": _("Person"),
            "account": _("Account"),
            "role_label": _("Role"),
            "action_label": _("Action"),
            "object_label": _("Object"),
            "is_done": _("Result"),
            "address": _("Address"),
            "reason": _("Reason"),
        }
        return tuple(Column(key, title, Kind.MOMENT if key == "at" else Kind.TEXT) for key, title in titles.items())

    def count(self) -> int:
        """Return how many there are."""
        return found(self.viewer, self.search).count()

    def rows(self) -> Iterator[Line]:
        """Yield them, going on from one page to the next."""
        after = None
        while True:
            page = page_of(self.viewer, self.search, AT_ONCE, after=after)
            yield from self._lines(list(page.entries))
            if page.older is None:
                return
            after = page.older

    def totals(self) -> Mapping[str, int]:
        """Return nothing: there is nothing to sum."""
        return {}

    def _lines(self, entries: list[AuditEntry]) -> Iterator[Line]:
        keys = [column.key for column in self.columns]
        for line in lines_of(entries):
            shown = {**line, "is_done": _("done") if line["is_done"] else _("refused")}
            yield AuditLine(tuple(_value(shown[key]) for key in keys))


def open_audit(viewer: Viewer, wanted: Wanted, now: datetime) -> Opened:
    """Return the audit as far as a query asks for it, for its administrator alone."""
    if viewer.role is not Role.AUDIT_ADMINISTRATOR or not wanted.is_masked:
        raise NotTheirsToQuery
    form = AuditFilter(QueryDict(wanted.query))
    if not form.is_valid():
        raise FilterRefused(*(FilterFault(name, Fault.NOT_THERE, str(form.data.get(name, ""))) for name in form.errors))
    asked = {name: form[name].value() for name in form.fields if form.cleaned_data.get(name)}
    said = tuple((str(form.fields[name].label), _said(form, name)) for name in asked)
    return Opened(AuditTable(viewer, form.search), urlencode(asked), said, is_masked=True)


def _said(form: AuditFilter, name: str) -> str:
    """Return what is asked for as the page's own field shows it."""
    value = str(form[name].value())
    choices = dict(_flat(getattr(form.fields[name], "choices", ())))
    return str(choices.get(value, value))


def _flat(choices: object) -> Iterator[tuple[str, object]]:
    """Yield choices out of their groups."""
    for value, label in choices:  # type: ignore[attr-defined]
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _value(shown: object) -> Value:
    if shown is None or isinstance(shown, datetime):
        return shown
    return str(shown)
