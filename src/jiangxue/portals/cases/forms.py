"""What people say in a case, and which cases they look for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.archive.rules.freezes import Days
from jiangxue.kernel.viewer import Viewer
from jiangxue.portals.case_words import REASONS, STATES
from jiangxue.portals.institution_field import add_institution_field, institution_wanted
from jiangxue.portals.picture_field import PictureField
from jiangxue.portals.reasons import UNSHOWABLE, SecondPersonForm
from jiangxue.supervision.rules.cases import LONGEST_TEXT, SHORTEST_TEXT, CaseState, Result
from jiangxue.supervision.services.cases import Said
from jiangxue.ui.durations import duration

OVERDUE = "overdue"
_DAY = {"invalid": _("Write the day as 2026-11-24.")}


def _words(label: object, help_text: object, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": rows}),
        error_messages={
            "required": _("Write it in words."),
            "min_length": _("Say it in at least 10 characters."),
            "max_length": _("Say it in at most 1,000 characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )


class CaseFilter(forms.Form):
    """Which cases to list; kept in the address."""

    def __init__(self, viewer: Viewer, data: Mapping[str, str]) -> None:
        super().__init__(data if data.keys() & {"state", "institution"} else None)
        states = [("", _("all")), *((state.value, label) for state, label in STATES.items()), (OVERDUE, _("overdue"))]
        self.fields["state"] = forms.ChoiceField(label=_("State"), required=False, choices=states)
        add_institution_field(self, viewer)

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_bound and self.is_valid() else ""

    @property
    def state_wanted(self) -> CaseState | None:
        """Return the state that is looked for, None for all."""
        said = self._said("state")
        return CaseState(said) if said and said != OVERDUE else None

    @property
    def is_overdue_wanted(self) -> bool:
        """Say whether only overdue ones are looked for."""
        return self._said("state") == OVERDUE

    @property
    def institution_wanted(self) -> int | None:
        """Return the institution that is looked for, None for all."""
        return institution_wanted(self)


class OpenCaseForm(forms.Form):
    """What is to be cleared up: why, of which days, and what is asked."""

    reason = forms.ChoiceField(
        label=_("What is to be cleared up"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to be cleared up.")},
    )
    first_day = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}), error_messages=_DAY
    )
    last_day = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}), error_messages=_DAY
    )
    grounds = _words(
        _("Why the hours are looked at"),
        _("What was seen, and where. The learner and the institution read it: state facts, and judge nobody."),
    )
    question = _words(_("What is to be explained"), _("What the learner and the institution are asked to explain."))

    def __init__(self, today: date, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Refuse half a stretch of days, one that ends before it begins, and one that lies ahead."""
        said = self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if {"first_day", "last_day"} & self.errors.keys():
            return said
        if (first is None) != (last is None):
            self.add_error(
                "first_day" if first is None else "last_day",
                _("Write both days, or none: then all learning of this class is frozen."),
            )
        elif first is not None and last is not None and last < first:
            self.add_error("last_day", _("The last day cannot lie before the first one."))
        elif first is not None and first > self._today:
            self.add_error("first_day", _("The days cannot lie ahead."))
        return said

    @property
    def days(self) -> Days:
        """Return the days that are to be frozen."""
        return Days(self.cleaned_data["first_day"], self.cleaned_data["last_day"])


class ExplanationForm(forms.Form):
    """What one side says, with pictures if there are any."""

    text = _words(_("Your explanation"), _("10 to 1,000 characters: how it was, and what shows it."), rows=6)
    first = PictureField(
        label=_("Picture 1"), help_text=_("For example a photo of a paper: JPEG, PNG or WebP, at most 8 MB.")
    )
    second = PictureField(label=_("Picture 2"))
    third = PictureField(label=_("Picture 3"))

    @property
    def said(self) -> Said:
        """Return the explanation."""
        pictures = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return Said(0, self.cleaned_data["text"], tuple(each for each in pictures if each))


class QuestionForm(forms.Form):
    """A further question of the authority."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    text = _words(_("Further question"), _("The learner and the institution read it."), rows=3)


class ProposalForm(forms.Form):
    """What is proposed about the frozen hours, day by day; `after` is how many steps the page showed."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("What you propose"),
        choices=[
            (Result.STANDS.value, _("The hours stand: end the freeze")),
            (Result.WITHHELD.value, _("Hours of the days chosen below are not recognised")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    text = _words(_("Reasons"), _("They stand in the learner's archive and on the paper of the case."))

    def __init__(self, learned: Mapping[date, int], data: Mapping[str, str] | None = None, *, after: int = 0) -> None:
        super().__init__(data, initial={"after": after})
        self.fields["days"] = forms.MultipleChoiceField(
            label=_("Days whose hours are not recognised"),
            required=False,
            choices=[(day.isoformat(), f"{day.isoformat()} · {duration(ms)}") for day, ms in sorted(learned.items())],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose days on which something was learned.")},
        )

    def clean(self) -> dict[str, Any]:
        """Refuse to withhold nothing, and to let stand what is chosen."""
        said = self.cleaned_data
        chosen = said.get("days", [])
        if said.get("result") == Result.WITHHELD and not chosen and "days" not in self.errors:
            self.add_error("days", _("Choose at least one day."))
        if said.get("result") == Result.STANDS and chosen:
            self.add_error("days", _("Choose no days, or propose that their hours are not recognised."))
        return said

    @property
    def withheld(self) -> frozenset[date]:
        """Return the days that are chosen."""
        return frozenset(date.fromisoformat(day) for day in self.cleaned_data["days"])


class DecisionForm(SecondPersonForm):
    """To decide as was proposed, or to send back and why; `after` is how many steps the page showed."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("approve", "approve"), ("send_back", "send back")])
