"""All records of an archive, one by one, as they are sealed. Clauses T8.1, T8.2, C5."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.queries import Place
from jiangxue.kernel.clock import from_ms
from jiangxue.ledger.rules.record import Record
from jiangxue.portals.archives.frame import Archive
from jiangxue.portals.archives.opening import read_or_none
from jiangxue.portals.archives.words import record_label
from jiangxue.ui.masking import HIDDEN, masked_address, masked_name

RECORDS_A_PAGE = 50


class KindForm(forms.Form):
    """Which records to list; kept in the address."""

    kind = forms.ChoiceField(label=_("Kind of record"), required=False)

    def __init__(self, data: Mapping[str, str], kinds: list[str]) -> None:
        super().__init__(data if data.get("kind") else None)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *((kind, record_label(kind)) for kind in kinds)]

    @property
    def wanted(self) -> str:
        """Return the kind that is looked for, empty for all."""
        return self.cleaned_data["kind"] if self.is_bound and self.is_valid() else ""


def page(request: SignedRequest, place: Place, archive: Archive) -> HttpResponse:
    """List the records of an archive in their order, each with its content."""
    found = read_or_none(place, request.now)
    records = found[0] if found else []
    form = KindForm(request.GET, sorted({record.kind for record in records}))
    shown = [record for record in records if form.wanted in {"", record.kind}]
    listed = Paginator(shown, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **archive.context,
        "is_damaged": found is None,
        "records": listed,
        "lines": [_line(record, masked=not archive.around.is_own) for record in listed.object_list],
        "filter_form": form,
    }
    return render(request, "archives/records.html", context)


def _line(record: Record, *, masked: bool) -> dict[str, Any]:
    data = _masked(record.kind, record.data) if masked and record.data is not None else record.data
    return {
        "number": record.number,
        "index": record.index,
        "label": record_label(record.kind),
        "kind": record.kind,
        "at": from_ms(record.at_ms),
        "content": None if data is None else json.dumps(data, ensure_ascii=False, indent=1),
    }


def _masked(kind: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a content without the name and the whole address that staff have not asked to see, and without words that may be held or hidden."""
    match kind, data:
        case "enrolment.described", {"learner": {"name": str(name)}}:
            return {**data, "learner": {**data["learner"], "name": masked_name(name)}}
        case "session.opened" | "attendance.signed" | "face.judged" | "face.enrolled", {"address": str(address)}:
            return {**data, "address": masked_address(address)}
        case "rating.given" | "rating.changed", {"comment": str(comment)} if comment:
            return {**data, "comment": HIDDEN}
        case _:
            return data
