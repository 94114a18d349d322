"""The form by which courseware that is ready becomes a lesson."""

from collections.abc import Iterable
from pathlib import PurePath

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.models import Module, Upload
from jiangxue.courseware.services.placing import Placement

NEW = "new"
_LONGEST = 120


class PlacingForm(forms.Form):
    """The title of the lesson, and the module at whose end it goes, or the title of a new one."""

    title = forms.CharField(
        label=_("Title of the lesson"),
        max_length=_LONGEST,
        error_messages={"required": _("Write what the lesson is called."), "max_length": _("At most 120 characters.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    module = forms.ChoiceField(label=_("Module"), error_messages={"required": _("Choose a module.")})
    new_module = forms.CharField(
        label=_("Title of the new module"),
        max_length=_LONGEST,
        required=False,
        error_messages={"max_length": _("At most 120 characters.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, upload: Upload, modules: Iterable[Module], data: QueryDict | None = None) -> None:
        choices = [(str(each.pk), each.title) for each in modules]
        last = choices[-1][0] if choices else NEW
        super().__init__(data, initial={"title": PurePath(upload.name).stem[:_LONGEST], "module": last})
        field = self.fields["module"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, (NEW, _("A new module at the end of the outline"))]

    def clean(self) -> None:
        """Ask for the title of a new module."""
        if self.cleaned_data.get("module") == NEW and not self.cleaned_data.get("new_module"):
            self.add_error("new_module", str(_("Write what the new module is called.")))

    @property
    def placement(self) -> Placement:
        """Return what was chosen, once the form has been cleaned."""
        chosen = self.cleaned_data
        if chosen["module"] == NEW:
            return Placement(chosen["title"], new_module=chosen["new_module"])
        return Placement(chosen["title"], module_id=int(chosen["module"]))
