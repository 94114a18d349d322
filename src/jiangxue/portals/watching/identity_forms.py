"""What staff say about who learned on a day on which no face was checked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.learning.rules.identity import Document, How
from jiangxue.learning.services.identity import Seen, Statement
from jiangxue.portals.identity_words import DOCUMENTS, HOW
from jiangxue.portals.reasons import UNSHOWABLE, SecondPersonForm

_ONE = {"required": _("Choose one.")}
_TO_CONFIRM = {"required": _("Needed to confirm the learner.")}


class StatementForm(forms.Form):
    """That the learner was seen, how, when and by which document; or that it could not be confirmed, and why."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("What you state"),
        choices=[("seen", _("I saw the learner while they learned")), ("not_seen", _("It could not be confirmed"))],
        widget=forms.RadioSelect,
        error_messages=_ONE,
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=[(each.value, HOW[each]) for each in How],
        widget=forms.RadioSelect,
        error_messages=_TO_CONFIRM,
    )
    time = forms.TimeField(
        label=_("Seen at"),
        help_text=_("While the learner learned, or within ten minutes of it."),
        widget=forms.TimeInput({"type": "time"}),
        error_messages={**_TO_CONFIRM, "invalid": _("Write a time of day, such as 14:05.")},
    )
    document = forms.ChoiceField(
        label=_("How you know who it is"),
        choices=[(each.value, DOCUMENTS[each]) for each in Document],
        widget=forms.RadioSelect,
        error_messages=_TO_CONFIRM,
    )
    text = forms.CharField(
        label=_("Remark"),
        help_text=_("Needed where it could not be confirmed."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "max_length": _("Say it in at most 1,000 characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )

    def __init__(self, day: date, data: Mapping[str, str] | None = None, *, after: int = 0) -> None:
        super().__init__(data, initial={"after": after})
        self._day = day

    def clean(self) -> dict[str, Any]:
        """Ask for nothing but the reason where nobody was seen."""
        said = self.cleaned_data
        if said.get("result") != "not_seen":
            return said
        for name in ("how", "time", "document"):
            self.errors.pop(name, None)
        if not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say why it could not be confirmed."))
        return said

    @property
    def statement(self) -> Statement:
        """Return what is stated; a time of day is one of the page's day."""
        said = self.cleaned_data
        if said["result"] != "seen":
            return Statement(None, said["text"])
        at = datetime.combine(self._day, said["time"], tzinfo=LEARNING_ZONE)
        return Statement(Seen(How(said["how"]), at, Document(said["document"])), said["text"])


class SignatureForm(SecondPersonForm):
    """To sign, or to send back and why; `after` is how many statements there were when the page was read."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("sign", "sign"), ("send_back", "send back")])
