"""The conditions of subsidy: every version, and importing the next one after a look at it. Clause C6."""

import base64
import binascii
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.enrolment.errors import DayIsTaken, SubsidyFault, UnfitSubsidyTable
from jiangxue.enrolment.queries.subsidies import rows_on, subsidy_tables
from jiangxue.enrolment.rules.subsidies import SubsidyRow
from jiangxue.enrolment.rules.subsidy_table import (
    HEADER,
    MOST_BYTES,
    cells_of,
    read_subsidy_table,
    write_subsidy_table,
)
from jiangxue.enrolment.services.subsidies import import_subsidy_table
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role

_FAULTS = {
    "too_large": gettext_lazy("The file is larger than 256 KB."),
    "no_text": gettext_lazy("The file is no text in UTF-8 or GB18030. Save it as CSV."),
    "broken_quotes": gettext_lazy("Line %(line)d: a cell in quotation marks does not end."),
    "other_header": gettext_lazy("The headings are others than those below."),
    "no_rows": gettext_lazy("The table has no lines."),
    "too_many_rows": gettext_lazy("The table has more than 500 lines."),
    "too_many_cells": gettext_lazy("Line %(line)d has more cells than there are headings: “%(cell)s”."),
    "unfit_cell": gettext_lazy("Line %(line)d, %(column)s: “%(cell)s” cannot be read."),
    "nobody_fits": gettext_lazy("Line %(line)d fits nobody: months or ages end before they begin."),
}


class TableForm(forms.Form):
    """From which day on a table is in force."""

    valid_from = forms.DateField(
        label=gettext_lazy("In force from"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Enter the day as 2026-12-01.")),
    )


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def tables(request: SignedRequest) -> HttpResponse:
    """Show the conditions in force today, and every version that was imported."""
    today = learning_day(request.now)
    context = {
        "header": HEADER,
        "rows": _lines(rows_on(today)),
        "tables": [
            {
                "valid_from": each.valid_from,
                "imported_at": each.imported_at,
                "author": each.author.staff_name,
                "source": each.source,
                "sha256": each.sha256,
                "count": len(each.rows),
            }
            for each in subsidy_tables(request.viewer)
        ],
        **_addresses(),
    }
    return render(request, "operator/subsidies.html", context)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def download(request: SignedRequest) -> HttpResponse:
    """Send the conditions in force as a file that can be imported again; before the first, the headings alone."""
    text = write_subsidy_table(rows_on(learning_day(request.now)))
    headers = {"Content-Disposition": 'attachment; filename="subsidies.csv"'}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: SignedRequest) -> HttpResponse:
    """Take a file and a day, show what they say, and import them at the second step; says what is wrong in which line (400), or that the day is taken (409)."""
    if request.method != "POST":
        return _form(request, TableForm(initial={"valid_from": learning_day(request.now)}))
    form = TableForm(request.POST)
    name, content = _file_of(request)
    if content is None:
        return _form(request, form, fault=_("Choose a file first."), status=400)
    try:
        rows = read_subsidy_table(content)
    except UnfitSubsidyTable as refusal:
        return _form(request, form, name=name, faults=_said(refusal.faults), status=400)
    if not form.is_valid():
        return _form(request, form, status=400)
    if request.POST.get("step") == "import":
        return _imported(request, form, name, content)
    kept = base64.b64encode(content).decode()
    return _form(request, form, name=name, rows=_lines(rows), kept=kept)


def _imported(request: SignedRequest, form: TableForm, name: str, content: bytes) -> HttpResponse:
    day = form.cleaned_data["valid_from"]
    try:
        import_subsidy_table(
            viewer=request.viewer, content=content, name=name, valid_from=day, by=actor_of(request), now=request.now
        )
    except DayIsTaken:
        form.add_error("valid_from", _("A table is in force from this day or a later one already. Choose a later day."))
        return _form(request, form, status=409)
    messages.success(request, _("The table has been imported."))
    return redirect("operator:subsidies")


def _file_of(request: SignedRequest) -> tuple[str, bytes | None]:
    """Return the name and the content of the file that was sent, or of the one that the second step sends back."""
    file = request.FILES.get("table")
    if file is not None:
        return file.name or "", file.read(MOST_BYTES + 1)
    try:
        content = base64.b64decode(request.POST.get("kept", ""), validate=True)
    except (binascii.Error, ValueError):
        return "", None
    return request.POST.get("name", "")[-120:], content or None


def _lines(rows: Sequence[SubsidyRow]) -> list[list[tuple[str, str]]]:
    """Return lines as their cells, each with its heading."""
    return [list(zip(HEADER, cells_of(row), strict=True)) for row in rows]


def _said(faults: Sequence[SubsidyFault]) -> list[str]:
    return [
        str(_FAULTS[fault.what]) % {"line": fault.line, "cell": fault.cell, "column": fault.column} for fault in faults
    ]


def _form(request: SignedRequest, form: TableForm, *, status: int = 200, **said: object) -> HttpResponse:
    context = {**said, "form": form, "header": HEADER, **_addresses()}
    return render(request, "operator/subsidy_import.html", context, status=status)


def _addresses() -> dict[str, str]:
    return {
        "subsidies_url": reverse("operator:subsidies"),
        "import_url": reverse("operator:import_subsidies"),
        "download_url": reverse("operator:download_subsidies"),
    }
