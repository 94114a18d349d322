"""What staff arrange for a learner's face checks, on the page of who the learner is. Clauses T3.2, M6."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.accounts.errors import ReasonMissing
from jiangxue.accounts.rules.reasons import LONGEST_REASON, fit_reason
from jiangxue.enrolment.queries import Place
from jiangxue.facecheck.queries.allowances import Arranged, arranged_for, said_by
from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.facecheck.services.allowances import Wish
from jiangxue.learning.services.allowances import may_arrange
from jiangxue.portals.identity_words import arranged_said
from jiangxue.portals.reasons import UNSHOWABLE
from jiangxue.portals.watching.frame import url_of
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role


class AllowanceForm(forms.Form):
    """What shall hold for a learner from now on, and why; `after` is how many words on it there were when the page was read."""

    without_flash = forms.BooleanField(
        label=_("No changing colours"),
        help_text=_("All movements are asked for instead, so the check is no easier."),
        required=False,
    )
    more_time = forms.BooleanField(
        label=_("More time for movements"),
        help_text=_(
            "Twice as long for each movement. Who cannot move the head or the face at all is confirmed by staff."
        ),
        required=False,
    )
    after = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why it is arranged"),
        help_text=_("Who said so, or what was shown, in at most 200 characters. Write no illness, name or number."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Write the reason."),
            "max_length": _("Say it in at most %(limit_value)d characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )

    def clean_why(self) -> str:
        """Refuse a reason that no letter or digit says."""
        try:
            return fit_reason(self.cleaned_data["why"])
        except ReasonMissing:
            raise forms.ValidationError(_("Write the reason.")) from None

    @property
    def wish(self) -> Wish:
        """Return what is wanted."""
        said = self.cleaned_data
        return Wish(Allowance(said["without_flash"], said["more_time"]), said["why"], said["after"])


def allowance_context(request: SignedRequest, place: Place, form: AllowanceForm | None) -> dict[str, object]:
    """Return what watching/allowance.html shows: every word on it, and the form for those who may arrange something."""
    words = arranged_for(place.learner_id)
    context: dict[str, object] = {"arranged": _steps(words), "allowance_form": None, "arrange_url": ""}
    if may_arrange(request.viewer, place) and request.viewer.account_id != place.learner_id:
        context["allowance_form"] = form or form_anew(place)
        context["arrange_url"] = url_of(request, "arrange_checks", place.training_class_id, place.pk)
    return context


def form_anew(place: Place, why: str = "") -> AllowanceForm:
    """Return the form with what holds now, and the reason that was typed."""
    words = arranged_for(place.learner_id)
    holds = said_by(words[-1]) if words else Allowance()
    said = {"without_flash": holds.without_flash, "more_time": holds.more_time, "after": len(words), "why": why}
    return AllowanceForm(initial=said)


def _steps(words: Sequence[Arranged]) -> list[dict[str, object]]:
    return [
        {
            "name": masked_name(word.by.name),
            "role_label": recorded_role(word.role),
            "at": word.at,
            "act": arranged_said(without_flash=word.without_flash, more_time=word.more_time),
        }
        for word in words
    ]
