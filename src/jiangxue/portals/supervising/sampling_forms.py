"""What a supervisor wants to draw, and what they say of who was drawn."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.enrolment.queries import classes
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.queries.periods import Period
from jiangxue.organisations.queries import institutions, regions
from jiangxue.supervision.errors.sampling import NotASeed
from jiangxue.supervision.queries.sampling import Scope
from jiangxue.supervision.rules.sampling import (
    LONGEST_SEED,
    MOST_DAYS,
    MOST_DRAWN,
    SampleWord,
    are_days_bounded,
    seed_of,
)
from jiangxue.supervision.services.sampling import Wish

WORDS = {SampleWord.FINE: _("fine"), SampleWord.LOOK_CLOSER: _("look closer")}
_NO_SEED = _("Name a number or a word, at most 40 characters.")
_USUAL_SIZE = 5
_NUMBER = {
    "required": _("Write a number from 1 to %(most)d.") % {"most": MOST_DRAWN},
    "invalid": _("Write a number from 1 to %(most)d.") % {"most": MOST_DRAWN},
    "min_value": _("Write a number from 1 to %(most)d.") % {"most": MOST_DRAWN},
    "max_value": _("Write a number from 1 to %(most)d.") % {"most": MOST_DRAWN},
}


class DrawForm(forms.Form):
    """Where, by which days, how many, by which seed, and who named it."""

    region = forms.ChoiceField(label=_("Part of the region"))
    institution = forms.TypedChoiceField(label=_("Training institution"), required=False, coerce=int, empty_value=None)
    training_class = forms.TypedChoiceField(label=_("Class"), required=False, coerce=int, empty_value=None)
    first_day = forms.DateField(
        label=_("First day of the sample"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Last day of the sample"),
        help_text=_("At most %(most)d days, the first and the last among them.") % {"most": MOST_DAYS},
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    size = forms.IntegerField(label=_("How many learners"), min_value=1, max_value=MOST_DRAWN, error_messages=_NUMBER)
    seed = forms.CharField(
        label=_("Seed"),
        help_text=_("A number or a word that somebody else names, aloud. The same seed draws the same learners again."),
        max_length=LONGEST_SEED,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _NO_SEED, "max_length": _NO_SEED},
    )
    named_by = forms.CharField(
        label=_("Who named the seed"),
        help_text=_("It is printed with the sample: whoever draws should not name the seed."),
        max_length=60,
        error_messages={"required": _("Say who named the seed.")},
    )

    def __init__(
        self,
        viewer: Viewer,
        today: date,
        data: Mapping[str, str] | None = None,
        *,
        chosen: Mapping[str, object] | None = None,
    ) -> None:
        week = {"first_day": today - timedelta(days=6), "last_day": today, "size": _USUAL_SIZE}
        super().__init__(data, initial={"region": viewer.region, **week, **(chosen or {})})
        self._today = today
        everywhere = ("", _("all"))
        known = [(each.code, each.name) for each in regions(viewer)]
        self.fields["region"].choices = known or [(viewer.region, viewer.region)]  # type: ignore[attr-defined]
        self.fields["institution"].choices = [  # type: ignore[attr-defined]
            everywhere,
            *((each.pk, each.name) for each in institutions(viewer)),
        ]
        self.fields["training_class"].choices = [  # type: ignore[attr-defined]
            everywhere,
            *((each.pk, f"{each.name} · {each.institution.name}") for each in classes(viewer)),
        ]

    def clean_seed(self) -> str:
        """Refuse a seed that nobody could name again."""
        try:
            return seed_of(self.cleaned_data["seed"])
        except NotASeed:
            raise forms.ValidationError(_NO_SEED) from None

    def clean(self) -> dict[str, Any]:
        """Refuse days that are to come, run backwards, or are too many."""
        said = self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last:
            if last > self._today:
                self.add_error("last_day", _("These days are still to come."))
            elif not are_days_bounded(first, last):
                self.add_error(
                    "last_day", _("Choose 1 to %(most)d days, the first before the last.") % {"most": MOST_DAYS}
                )
        return said

    @property
    def wish(self) -> Wish:
        """Return what is to be drawn."""
        said = self.cleaned_data
        period = Period(said["first_day"], said["last_day"])
        scope = Scope(said["region"], period, said["institution"], said["training_class"])
        return Wish(scope, said["size"], said["seed"], said["named_by"])


class WordForm(forms.Form):
    """What a supervisor says of one learner; `after` is how many words there were when the page was read."""

    word = forms.ChoiceField(choices=[(word.value, label) for word, label in WORDS.items()])
    after = forms.IntegerField(min_value=0, max_value=1_000)
