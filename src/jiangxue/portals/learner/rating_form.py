"""The form of a rating: stars for the course, a comment, stars for each teacher."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.rules.content import Lecturer
from jiangxue.portals.stars import STAR_WORDS, drawn, stars_said
from jiangxue.rating.errors import Flaw, UnfitRating
from jiangxue.rating.models import CourseRating
from jiangxue.rating.rules.drafts import STARS, RatingDraft, require_fit_rating

SENTENCES = {
    Flaw.NO_STARS: _("Choose how many stars you give the course."),
    Flaw.COMMENT_TOO_LONG: _("The comment is longer than 500 characters. Please shorten it."),
    Flaw.COMMENT_UNREADABLE: _("The comment holds characters that cannot be shown. Please type it again."),
    Flaw.UNKNOWN_LECTURER: _("The teachers of the course are others now. Please look at the page again."),
}
_CHOICES = [(str(stars), str(stars)) for stars in STARS]
_WRONG = {"required": SENTENCES[Flaw.NO_STARS], "invalid_choice": SENTENCES[Flaw.NO_STARS]}


@dataclass(frozen=True, slots=True)
class StarChoice:
    """One radio of a group: its control, its stars as signs, and in words."""

    tag: str
    id: str
    drawn: str
    said: str


@dataclass(frozen=True, slots=True)
class LecturerRow:
    """A teacher and the radios for their stars."""

    lecturer: Lecturer
    field: BoundField
    choices: Sequence[StarChoice]


class RatingForm(forms.Form):
    """What a learner thinks; whether it can be kept is for the rule to say."""

    stars = forms.TypedChoiceField(
        label=_("How do you find the course?"),
        choices=_CHOICES,
        coerce=int,
        widget=forms.RadioSelect({"class": "check"}),
        error_messages=_WRONG,
    )
    comment = forms.CharField(
        label=_("What was good, what should be better?"),
        help_text=_("At most 500 characters. Everybody can read it; your name is shown as its first character only."),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"null_characters_not_allowed": SENTENCES[Flaw.COMMENT_UNREADABLE]},
    )

    def __init__(
        self,
        lecturers: Sequence[Lecturer],
        data: QueryDict | None = None,
        *,
        rating: CourseRating | None = None,
        given: Mapping[int, int] | None = None,
    ) -> None:
        initial = {"stars": rating.stars, "comment": rating.comment} if rating else {}
        super().__init__(data, initial=initial | {_name(ref): str(stars) for ref, stars in (given or {}).items()})
        self._lecturers = lecturers
        for lecturer in lecturers:
            self.fields[_name(lecturer.ref)] = forms.TypedChoiceField(
                label=lecturer.name,
                required=False,
                choices=[*_CHOICES, ("", _("no rating"))],
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect({"class": "check"}),
                error_messages=_WRONG,
            )

    @property
    def choices(self) -> Iterator[StarChoice]:
        """Yield the radios for the course, best first."""
        for stars, radio in zip(STARS, self["stars"].subwidgets, strict=True):
            said = f"{stars_said(stars)} · {STAR_WORDS[stars]}"
            yield StarChoice(radio.tag(), radio.id_for_label, drawn(stars), said)

    @property
    def rows(self) -> Iterator[LecturerRow]:
        """Yield the teachers, each with the radios for them."""
        for lecturer in self._lecturers:
            bound = self[_name(lecturer.ref)]
            said = [*map(stars_said, STARS), str(_("no rating"))]
            choices = [
                StarChoice(radio.tag(), radio.id_for_label, "", words)
                for radio, words in zip(bound.subwidgets, said, strict=True)
            ]
            yield LecturerRow(lecturer, bound, choices)

    @property
    def draft(self) -> RatingDraft:
        """Return what was entered, once the form has been cleaned."""
        given = {each.ref: self.cleaned_data.get(_name(each.ref)) for each in self._lecturers}
        lecturers = {ref: stars for ref, stars in given.items() if stars}
        return RatingDraft(self.cleaned_data.get("stars"), self.cleaned_data.get("comment", ""), lecturers)

    def clean(self) -> None:
        """Say at the fields what makes the rating unfit; what a field has said already is not said again."""
        try:
            require_fit_rating(self.draft, [each.ref for each in self._lecturers])
        except UnfitRating as refusal:
            for flaw in refusal.flaws:
                field = "stars" if flaw is Flaw.NO_STARS else "comment"
                if field not in self.errors:
                    self.add_error(field, str(SENTENCES[flaw]))


def _name(ref: int) -> str:
    return f"lecturer_{ref}"
