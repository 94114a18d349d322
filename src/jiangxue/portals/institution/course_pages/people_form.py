"""The forms of the teachers of a course, and of the proof that imported resources are lawfully used. Clauses C2, M7."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.models import Upload
from jiangxue.courseware.rules.content import CourseContent, Lecturer
from jiangxue.courseware.services.facts import LicenceDraft
from jiangxue.courseware.services.sections import SourcesDraft
from jiangxue.portals.institution.course_pages.fields import line
from jiangxue.portals.institution.course_pages.rows import JudgedForm, RowForm, Rows, SectionForm


class LecturerRow(RowForm):
    """A teacher; `ref` says who of those before it is."""

    ref = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = line(gettext_lazy("Name"), 60, required=gettext_lazy("Write the teacher's name."))
    qualification = line(
        gettext_lazy("Qualification"),
        120,
        help_text=gettext_lazy("Title, certificate and experience, as the papers should say it."),
    )

    @property
    def unasked(self) -> frozenset[str]:
        """Return what says nothing by itself."""
        return frozenset({"gone", "ref"})


class SourcesForm(JudgedForm):
    """Where the resources come from."""

    is_imported = forms.BooleanField(
        label=gettext_lazy("The course uses resources of others (imported)"), required=False
    )
    supplier = line(gettext_lazy("Supplier of the resources"), 120)


class LicenceRow(RowForm):
    """A licence with its proof."""

    title = line(gettext_lazy("Name of the proof"), 120, required=gettext_lazy("Write what the licence is called."))
    holder = line(
        gettext_lazy("Holder of the rights"), 120, required=gettext_lazy("Write who holds the rights and gave them.")
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Leave it empty where it is valid without end."),
        error_messages={"invalid": gettext_lazy("Write the day as 2028-06-30.")},
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    proof = forms.ChoiceField(
        label=gettext_lazy("Proof"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("This file is not there any more. Please choose another one.")},
    )

    def __init__(
        self, data: QueryDict | None, *, prefix: str, initial: dict[str, Any], proofs: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        field = self.fields["proof"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("no file chosen yet")), *proofs]


def lecturers_form(content: CourseContent, data: QueryDict | None) -> SectionForm:
    """Return the form of the teachers."""
    rows = [{"ref": each.ref, "name": each.name, "qualification": each.qualification} for each in content.lecturers]
    return SectionForm(rows=Rows(LecturerRow, rows, data))


def lecturers_named(form: SectionForm) -> list[Lecturer]:
    """Return what was entered."""
    return [Lecturer(row["ref"] or 0, row["name"], row["qualification"]) for row in form.kept]


def sources_form(content: CourseContent, documents: Iterable[Upload], data: QueryDict | None) -> SectionForm:
    """Return the form of the licences; the proof is chosen among documents of the course that are converted."""
    found = list(documents)
    of_hash = {each.media.source_sha256 or each.media.sha256: str(each.pk) for each in found if each.media}
    rows = [
        {"title": each.title, "holder": each.holder, "valid_until": each.valid_until}
        | {"proof": of_hash.get(each.proof_sha256, "")}
        for each in content.licences
    ]
    initial = {"is_imported": content.facts.is_imported, "supplier": content.facts.supplier}
    form = SourcesForm(data, initial=initial)
    proofs = [(str(each.pk), each.name) for each in found]
    groups = {gettext_lazy("Source of the resources"): tuple(initial)}
    return SectionForm(form, Rows(partial(LicenceRow, proofs=proofs), rows, data), groups=groups)


def sources_draft(form: SectionForm) -> SourcesDraft:
    """Return what was entered."""
    licences = [
        LicenceDraft(row["title"], row["holder"], row["valid_until"], UUID(row["proof"]) if row["proof"] else None)
        for row in form.kept
    ]
    return SourcesDraft(form.values["is_imported"], form.values["supplier"], licences)
