"""The form of a course question."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.errors import Flaw, FlawFound, UnfitQuestion
from jiangxue.courseware.models import CourseQuestion
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import MOST_OPTIONS, QuestionDraft, fit_question
from jiangxue.ui.course_words import OPTION_LETTERS

SENTENCES = {
    Flaw.NO_TEXT: _("Write the question."),
    Flaw.TEXT_TOO_LONG: _("The question is longer than 200 characters. Please shorten it."),
    Flaw.TEXT_UNREADABLE: _("The question holds characters that cannot be shown. Please type it again."),
    Flaw.TOO_FEW_OPTIONS: _("Fill in at least 2 options."),
    Flaw.TOO_MANY_OPTIONS: _("A question has at most 5 options."),
    Flaw.NO_RIGHT_OPTION: _("Choose which option is right; it must be one that you have filled in."),
    Flaw.OPTION_TOO_LONG: _("This option is longer than 60 characters. Please shorten it."),
    Flaw.OPTION_UNREADABLE: _("This option holds characters that cannot be shown. Please type it again."),
    Flaw.OPTION_REPEATED: _("This option says the same as another one. Please change one of them."),
}
_NUL = "null_characters_not_allowed"
_OF_THE_TEXT = {Flaw.NO_TEXT, Flaw.TEXT_TOO_LONG, Flaw.TEXT_UNREADABLE}


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option of the form: its text, and the radio that calls it right."""

    letter: str
    text: BoundField
    radio: BoundWidget


class QuestionForm(forms.Form):
    """A question, up to five options and which of them is right; whether it can be asked is for the rule to say."""

    text = forms.CharField(
        label=_("Question"),
        strip=False,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": SENTENCES[Flaw.NO_TEXT], _NUL: SENTENCES[Flaw.TEXT_UNREADABLE]},
    )
    right = forms.TypedChoiceField(
        label=_("right"),
        required=False,
        choices=[(str(place), letter) for place, letter in enumerate(OPTION_LETTERS)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect({"class": "check"}),
        error_messages={"invalid_choice": SENTENCES[Flaw.NO_RIGHT_OPTION]},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        question: CourseQuestion | None = None,
        purpose: Purpose = Purpose.CHECK_IN,
    ) -> None:
        super().__init__(data, initial=_initial(question) if question else {})
        self.purpose = Purpose(question.purpose) if question else purpose
        for place, letter in enumerate(OPTION_LETTERS):
            self.fields[f"option_{place}"] = forms.CharField(
                label=_("Option %(letter)s") % {"letter": letter},
                required=False,
                strip=False,
                widget=forms.TextInput({"autocomplete": "off"}),
                error_messages={_NUL: SENTENCES[Flaw.OPTION_UNREADABLE]},
            )

    @property
    def rows(self) -> Iterator[OptionRow]:
        """Yield the options, each with its radio."""
        for place, (letter, radio) in enumerate(zip(OPTION_LETTERS, self["right"].subwidgets, strict=True)):
            yield OptionRow(letter, self[f"option_{place}"], radio)

    @property
    def draft(self) -> QuestionDraft:
        """Return what was typed, once the form has been cleaned."""
        options = [self[f"option_{place}"].value() or "" for place in range(MOST_OPTIONS)]
        return QuestionDraft(self["text"].value() or "", options, self.cleaned_data.get("right"), self.purpose)

    def clean(self) -> None:
        """Say at the fields what makes the question unfit; what a field has said already is not said again."""
        told = set(self.errors)
        try:
            fit_question(self.draft)
        except UnfitQuestion as refusal:
            for flaw in refusal.flaws:
                if _field_of(flaw) not in told:
                    self.add_error(_field_of(flaw), str(SENTENCES[flaw.what]))


def _field_of(flaw: FlawFound) -> str:
    if flaw.option is not None:
        return f"option_{flaw.option}"
    return "text" if flaw.what in _OF_THE_TEXT else "right"


def _initial(question: CourseQuestion) -> dict[str, object]:
    options = {f"option_{place}": option for place, option in enumerate(question.options)}
    return {"text": question.text, "right": str(question.right_index), **options}
