"""Filters of the administrators' lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.portals.operator.labels import ACTIONS


class AuditFilter(forms.Form):
    """Which kind of act to show."""

    action = forms.ChoiceField(label=_("Action"), required=False, choices=[("", _("All actions")), *ACTIONS.items()])
