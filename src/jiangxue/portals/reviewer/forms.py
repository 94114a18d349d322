"""Forms of reviewers: the opinion to be signed, a mark, a word that was found, a reason."""

import re
from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.portals.review_words import ANSWERS, FLAWS, POINT_FLAWS, POINTS, VERDICTS
from jiangxue.review.rules.opinions import LONGEST_MARK, Answer, Opinion, OpinionFlaw, Point, Verdict

_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]?\d)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：", "0123456789:")
_OF_VERDICT = {
    OpinionFlaw.NO_VERDICT,
    OpinionFlaw.LESSONS_UNOPENED,
    OpinionFlaw.MARKS_OPEN,
    OpinionFlaw.NOT_SCREENED,
    OpinionFlaw.HITS_OPEN,
    OpinionFlaw.HITS_TO_CHANGE,
    OpinionFlaw.POINTS_TO_MEND,
    OpinionFlaw.POINTS_OPEN,
}
_OF_POINTS = {OpinionFlaw.POINTS_OPEN: None, OpinionFlaw.POINTS_TO_MEND: Answer.TO_MEND}
"""Which answer of a point brings a flaw about."""


class OpinionForm(forms.Form):
    """What a reviewer says, point by point, and the password by which it is signed; whether it can be signed is for the rule to say."""

    verdict = forms.ChoiceField(
        label=_("Conclusion"),
        required=False,
        choices=[(verdict.value, words) for verdict, words in VERDICTS.items()],
        widget=forms.RadioSelect({"class": "check"}),
    )
    comment = forms.CharField(
        label=_("Opinion"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed when changes are asked for or the course is rejected. Marks are added by themselves."),
    )
    sha256 = forms.CharField(widget=forms.HiddenInput)
    step = forms.IntegerField(widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password to sign.")},
        help_text=_("You sign with it that you have looked at this version yourself."),
    )

    def __init__(self, data: QueryDict | None = None, *, seen: dict[str, object] | None = None) -> None:
        """Take what was sent, or `seen`: the hash and the step that stand on the page and are sent back with the opinion."""
        super().__init__(data, initial=seen)
        for point, words in POINTS.items():
            self.fields[f"point_{point}"] = forms.ChoiceField(
                label=str(words),
                required=False,
                choices=[(answer.value, said) for answer, said in ANSWERS.items()],
                widget=forms.RadioSelect({"class": "check"}),
            )

    @property
    def points(self) -> Iterator[BoundField]:
        """Yield the fields of the points, in order."""
        return (self[f"point_{point}"] for point in POINTS)

    @property
    def opinion(self) -> Opinion:
        """Return what was chosen, once the form has been cleaned."""
        chosen = self.cleaned_data
        answers = {point: chosen.get(f"point_{point}") for point in Point}
        return Opinion(
            Verdict(chosen["verdict"]) if chosen.get("verdict") else None,
            {point: Answer(answer) for point, answer in answers.items() if answer},
            chosen.get("comment", "").strip(),
        )

    def add_flaws(self, flaws: list[str]) -> None:
        """Say where the opinion cannot be signed, also at each single point that keeps it from being a pass."""
        given = self.opinion.points
        for flaw in map(OpinionFlaw, flaws):
            self.add_error("verdict" if flaw in _OF_VERDICT else "comment", str(FLAWS[flaw]))
            for point in Point:
                if flaw in _OF_POINTS and given.get(point) is _OF_POINTS[flaw]:
                    self.add_error(f"point_{point}", str(POINT_FLAWS[flaw]))


class MarkForm(forms.Form):
    """A place of a lesson, as minutes and seconds or a page, and what is to be said of it."""

    at = forms.CharField(max_length=9, widget=forms.TextInput({"autocomplete": "off", "class": "control figure"}))
    text = forms.CharField(
        label=_("What is to be changed here"),
        max_length=LONGEST_MARK,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write what is to be changed here."), "max_length": _("At most 500 characters.")},
    )

    def __init__(self, data: QueryDict | None = None, *, is_document: bool, longest: int) -> None:
        super().__init__(data)
        self._is_document, self._longest = is_document, longest
        at = self.fields["at"]
        at.label = _("Page") if is_document else _("Place (minutes:seconds)")
        at.error_messages["required"] = self._out_of_reach

    def clean_at(self) -> int:
        """Return the place in ms or as a page; one beyond the end or of another shape is refused."""
        said = self.cleaned_data["at"].translate(_FULL_WIDTH).strip()
        if self._is_document:
            if not said.isdecimal() or not 1 <= int(said) <= self._longest:
                raise forms.ValidationError(self._out_of_reach)
            return int(said)
        found = _TIME.fullmatch(said)
        at = _milliseconds(*found.groups(default="0")) if found else -1
        if not 0 <= at <= self._longest:
            raise forms.ValidationError(self._out_of_reach)
        return at

    @property
    def _out_of_reach(self) -> str:
        if self._is_document:
            return str(_("Write a page from 1 to %(most)d.") % {"most": self._longest})
        return str(_("Write minutes and seconds within the film, such as 01:05."))


class ReasonForm(forms.Form):
    """Why a course is taken down or put back; `act_id` is the last act that stood on the page, 0 where there was none."""

    act = forms.ChoiceField(choices=[("take_down", ""), ("put_back", "")])
    act_id = forms.IntegerField(required=False, min_value=0)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the reason; it stays in the log.")},
    )

    @property
    def is_putting_back(self) -> bool:
        """Say what the form was handed in for, once it is valid."""
        return bool(self.cleaned_data["act"] == "put_back")


def _milliseconds(hours: str, minutes: str, seconds: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
