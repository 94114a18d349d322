"""The form of one person on a roster."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.errors import NotAPhone, NumberUnfit
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import NumberFault
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.rules.background import Background, Education
from jiangxue.enrolment.services.rosters import RosterDraft
from jiangxue.portals.institution.course_pages.fields import line
from jiangxue.portals.number_words import number_flaw_said
from jiangxue.ui.course_words import PRIORITY_GROUPS
from jiangxue.ui.id_types import ID_TYPES
from jiangxue.ui.roster_words import EDUCATIONS

_NONE = ("", _("not chosen"))


class PersonForm(forms.Form):
    """Name, document, mobile number and what is told of a person; whether name and number fit is for the service to say."""

    name = line(_("Name"), 60, required=_("Enter the name as it stands in the document."))
    id_type = forms.ChoiceField(
        label=_("Identity document"), choices=list(ID_TYPES.items()), initial=IdType.RESIDENT.value
    )
    id_number = forms.CharField(
        label=_("Number of the document"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the number of the document.")},
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("Needed by whoever has no account yet: the first sign-in goes by a code to it."),
    )
    group = forms.ChoiceField(label=_("Priority group"), required=False, choices=[_NONE, *PRIORITY_GROUPS.items()])
    education = forms.ChoiceField(label=_("Education"), required=False, choices=[_NONE, *EDUCATIONS.items()])
    domicile = forms.RegexField(
        r"^[1-9][0-9]{5}$",
        label=_("Region of domicile (code of six digits)"),
        required=False,
        error_messages={"invalid": _("Enter the six digits of the region, such as 440106.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    employer = line(_("Employer"), 120)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False

    @property
    def person(self) -> RosterDraft:
        """Return what was entered, once the form is valid."""
        typed = self.cleaned_data
        background = Background(
            group=PriorityGroup(typed["group"]) if typed["group"] else None,
            education=Education(typed["education"]) if typed["education"] else None,
            domicile=typed["domicile"],
            employer=typed["employer"],
        )
        return RosterDraft(typed["name"], IdType(typed["id_type"]), typed["id_number"], typed["phone"], background)

    def refuse_number(self, refusal: NumberUnfit) -> None:
        """Say at the number which place of it is to be checked."""
        said = number_flaw_said(NumberFault(refusal.fault), refusal.at, IdType(self.cleaned_data["id_type"]))
        self.add_error("id_number", said)

    def refuse_phone(self, refusal: NotAPhone) -> None:
        """Say at the mobile number that it is none."""
        del refusal
        self.add_error("phone", str(_("A mobile number has 11 digits and begins with 13 to 19. Please check it.")))
