"""The institution that a supervisor narrows a list of the region to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.queries import institutions


def add_institution_field(form: forms.Form, viewer: Viewer) -> None:
    """Give a filter the field `institution`, for supervisors alone; an institution beyond their region is no choice."""
    if viewer.role is Role.SUPERVISOR:
        named = [("", _("all")), *((str(each.pk), each.name) for each in institutions(viewer))]
        form.fields["institution"] = forms.ChoiceField(label=_("Training institution"), required=False, choices=named)


def institution_wanted(form: forms.Form) -> int | None:
    """Return the institution that a filter asks for, None for all."""
    said = form.cleaned_data.get("institution") if form.is_bound and form.is_valid() else ""
    return int(said) if said else None
