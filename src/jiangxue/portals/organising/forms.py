"""What an organisation is made of, and a paper that it has."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.organisations.errors import UsccUnfit
from jiangxue.organisations.queries import all_regions
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.organisations.rules.uscc import fit_uscc
from jiangxue.organisations.services import Contact, OrganisationDraft, PaperDraft, SentFile
from jiangxue.portals.attached_file import AttachedFileField
from jiangxue.portals.organising.words import KINDS, uscc_flaw_said
from jiangxue.portals.paper_words import PAPER_KINDS

_AUTHORITY = "authority"


class OrganisationForm(forms.Form):
    """Kind, name, code and region; the kind of an organisation that is there does not change."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Enter the full name, as on the licence.")},
    )
    uscc = forms.CharField(
        label=gettext_lazy("Unified social credit code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("18 characters, as on the licence. An authority may leave it out."),
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region it lies in"), error_messages={"required": gettext_lazy("Choose a region.")}
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, kind: str = "", **given: object) -> None:
        super().__init__(data, initial=given or None)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Please choose")), *((each.code, f"{each.code} {each.name}") for each in all_regions())]
        self.kept_kind = kind
        if kind:
            del self.fields["kind"]

    def clean_uscc(self) -> str:
        """Refuse what is no code, and none where one is needed."""
        typed: str = self.cleaned_data["uscc"]
        if not typed:
            if self._kind() == _AUTHORITY:
                return ""
            raise forms.ValidationError(_("Enter the unified social credit code."))
        try:
            return fit_uscc(typed)
        except UsccUnfit as refusal:
            raise forms.ValidationError(uscc_flaw_said(refusal.fault, refusal.at)) from None

    def _kind(self) -> str:
        return self.kept_kind or str(self.cleaned_data.get("kind", ""))

    def draft(self) -> OrganisationDraft:
        """Return what was entered."""
        data = self.cleaned_data
        return OrganisationDraft(self._kind(), data["name"], data["uscc"], data["region"])


class ContactForm(forms.Form):
    """Where an organisation lies and whom to call there."""

    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Contact person"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Whom the authority calls. It is shown to it in full."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    phone = forms.RegexField(
        r"^[0-9０-９+\-－ ()（）转#*]{3,30}$",
        label=gettext_lazy("Telephone"),
        max_length=30,
        required=False,
        error_messages={"invalid": gettext_lazy("Enter a telephone number, such as 020-8333 0000.")},
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )

    @property
    def told(self) -> Contact:
        """Return what was entered."""
        data = self.cleaned_data
        return Contact(data["address"], data["contact"], data["phone"])


def _day(label: object, *, required: bool, help_text: object = "") -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=required,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Enter the day."),
            "invalid": gettext_lazy("Enter a day, such as 2026-11-24."),
        },
    )


class PaperForm(forms.Form):
    """A licence or another paper."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=[(kind.value, said) for kind, said in PAPER_KINDS.items()]
    )
    reference = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter the number of the paper.")},
    )
    issuer = forms.CharField(
        label=gettext_lazy("Issued by"),
        max_length=120,
        error_messages={"required": gettext_lazy("Enter who issued the paper.")},
    )
    issued_on = _day(gettext_lazy("Issued on"), required=True)
    valid_until = _day(
        gettext_lazy("Valid until"), required=False, help_text=gettext_lazy("Leave empty for a paper without end.")
    )
    note = forms.CharField(label=gettext_lazy("Remark"), max_length=200, required=False)
    scan = AttachedFileField(
        label=gettext_lazy("File of the paper"),
        help_text=gettext_lazy(
            "A PDF, or a picture as JPEG, PNG or WebP, at most 8 MB. The authority of the region can open it."
        ),
    )

    def clean(self) -> dict[str, object]:
        """Refuse an end before the beginning."""
        data = super().clean() or self.cleaned_data
        begin, end = data.get("issued_on"), data.get("valid_until")
        if begin and end and end < begin:
            self.add_error("valid_until", _("The paper would end before it was issued."))
        if self.errors and data.get("scan"):  # no browser keeps it, and without a word it would be lost
            self.add_error("scan", _("Choose the file again before you send the page."))
        return data

    def draft(self) -> PaperDraft:
        """Return what was entered."""
        data, scan = self.cleaned_data, self.cleaned_data["scan"]
        return PaperDraft(
            PaperKind(data["kind"]),
            data["reference"],
            data["issuer"],
            data["issued_on"],
            data["valid_until"],
            data["note"],
            SentFile(scan.name, scan.content, is_picture=scan.is_picture) if scan else None,
        )
