"""What an authority orders, and what an institution answers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiangxue.enrolment.queries import classes
from jiangxue.kernel.viewer import Viewer
from jiangxue.organisations.queries import institutions
from jiangxue.portals.attached_file import ATTACHABLE, read_attached
from jiangxue.portals.reasons import UNSHOWABLE
from jiangxue.supervision.rules.orders import LONGEST_TEXT, LONGEST_TITLE, MOST_FILES, SHORTEST_TEXT
from jiangxue.supervision.services.orders import Concern, OrderDraft, OrderWord, SentFile

_TEXT = {
    "required": _("Write it here."),
    "min_length": _("Say it in at least 4 characters."),
    "max_length": _("Say it in at most 4,000 characters."),
    "null_characters_not_allowed": UNSHOWABLE,
}
_DAY = {"required": _("Choose the last day for the answer."), "invalid": _("Choose a day.")}


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:  # noqa: ANN401  (lazy texts)
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        min_length=SHORTEST_TEXT if required else None,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages=_TEXT,
    )


def _day() -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=_("To be answered by"), widget=widget, error_messages=_DAY)


class SeveralFiles(forms.ClearableFileInput):
    """An input by which several files can be chosen."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Up to three files, each a PDF or a picture; pictures are written anew."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Files"),
            help_text=_("Up to 3 files, each at most 8 MB: PDF, or pictures as JPEG, PNG or WebP."),
            required=False,
            widget=SeveralFiles({"accept": ATTACHABLE}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[SentFile]:  # noqa: ANN401  (as Django's)
        """Return the files that were sent, or say what is wrong with one."""
        sent: list[UploadedFile[Any]] = data if isinstance(data, list) else [data] if data else []
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(_("Send at most 3 files."))
        return [_sent(each) for each in sent]


def _sent(file: "UploadedFile[Any]") -> SentFile:
    read = read_attached(file)
    return SentFile(read.name, read.content, is_picture=read.is_picture)


class DraftForm(forms.Form):
    """What is to be put right, and by when; `after` is how many steps there were when the page was read."""

    after = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What the order is about"),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TITLE,
        error_messages=_TEXT | {"max_length": _("Say it in at most 120 characters.")},
    )
    text = _text(
        _("What is to be put right"), _("Write no names or numbers of learners here: lead to the class or the case.")
    )
    due_on = _day()

    @property
    def draft(self) -> OrderDraft:
        """Return what was written."""
        said = self.cleaned_data
        return OrderDraft(said["title"], said["text"], said["due_on"], said["after"])


class NewOrderForm(DraftForm):
    """The same, and to whom."""

    institution = forms.TypedChoiceField(
        label=_("Training institution"), coerce=int, error_messages={"required": _("Choose the institution.")}
    )
    training_class = forms.TypedChoiceField(label=_("Class"), required=False, coerce=int, empty_value=None)
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("institution", "training_class", "title", "text", "due_on", "after", "case")

    def __init__(
        self, viewer: Viewer, data: Mapping[str, str] | None = None, *, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, initial={"after": 0, **(initial or {})})
        choices = {
            "institution": [("", _("Choose an institution")), *((each.pk, each.name) for each in institutions(viewer))],
            "training_class": [
                ("", _("about no class in particular")),
                *((each.pk, f"{each.name} · {each.institution.name}") for each in classes(viewer)),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def case_asked(self) -> UUID | None:
        """Return the case that the order is about, as far as it is one."""
        try:
            return UUID(str(self["case"].value() or ""))
        except ValueError:
            return None

    @property
    def concern(self) -> Concern:
        """Return whom it concerns."""
        said = self.cleaned_data
        return Concern(said["institution"], said["training_class"], said["case"])


class StepForm(forms.Form):
    """A step with nothing to say but that it is made."""

    after = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)

    @property
    def word(self) -> OrderWord:
        """Return what was said."""
        said = self.cleaned_data
        return OrderWord(said["after"], said.get("text", ""), tuple(said.get("attached") or ()), said.get("due_on"))


class IssueForm(StepForm):
    """Files that go with the order."""

    attached = FilesField()


class AnswerForm(StepForm):
    """What the institution has put right."""

    text = _text(_("What has been put right"))
    attached = FilesField()


class AcceptForm(StepForm):
    """Words to the institution, if there are any."""

    text = _text(_("Words to the institution"), required=False)


class DemandForm(StepForm):
    """What is still to be put right, and by when."""

    text = _text(_("What is still to be put right"))
    due_on = _day()
    attached = FilesField()


class WithdrawForm(StepForm):
    """Why an order is withdrawn."""

    text = _text(_("Why it is withdrawn"))
