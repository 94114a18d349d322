"""What staff enter about the plan of a class and who was present."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxue.attendance.rules.deciding import LONGEST_TEXT
from jiangxue.courseware.rules.content import HOUR_PARTS, Mode
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.rules.plan import LONGEST_PLACE, LONGEST_REASON, LONGEST_TITLE, Flaw, ItemDraft
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.portals.attending.refusals import FLAWS
from jiangxue.portals.reasons import UNSHOWABLE, SecondPersonForm
from jiangxue.ui.course_words import MODES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_TIME = {"invalid": _("Write a time of day, such as 14:05."), "required": _("Write a time of day, such as 14:05.")}
_TEXT = {
    "null_characters_not_allowed": UNSHOWABLE,
    "max_length": _("Say it in at most %(limit_value)d characters."),
    "required": _("Please fill this in."),
}


def _time_field(label: "_StrPromise") -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}), error_messages=_TIME)


def _reason_field(most: int, help_text: "str | _StrPromise" = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea({"rows": 2}),
        error_messages={**_TEXT, "required": _("Write the reason.")},
    )


class ItemForm(forms.Form):
    """A live or practice lesson as somebody wants it planned."""

    mode = forms.ChoiceField(
        label=_("Way of teaching"), choices=[(each.value, MODES[each]) for each in (Mode.LIVE, Mode.PRACTICE)]
    )
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, error_messages=_TEXT)
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": _("Write a day, such as 2026-11-24."),
            "required": _("Write a day, such as 2026-11-24."),
        },
    )
    starts = _time_field(_("Begins at"))
    ends = _time_field(_("Ends at"))
    hours = forms.DecimalField(
        label=_("Class hours"),
        help_text=_("One class hour has 45 minutes."),
        max_digits=5,
        decimal_places=2,
        error_messages={
            "invalid": _("Write a number, such as 2 or 1.50."),
            "required": _("Say how many class hours it has."),
            "max_decimal_places": _("Write a number, such as 2 or 1.50."),
            "max_digits": _("Write a number, such as 2 or 1.50."),
            "max_whole_digits": _("Write a number, such as 2 or 1.50."),
        },
    )
    place = forms.CharField(
        label=_("Place or address"),
        help_text=_("Where practice is held, or the address of the live room, which is another program's."),
        max_length=LONGEST_PLACE,
        error_messages=_TEXT,
    )
    teacher = forms.TypedChoiceField(label=_("Teacher"), coerce=int)

    def __init__(
        self, teachers: Mapping[int, str], data: Mapping[str, str] | None = None, *, item: PlanItem | None = None
    ) -> None:
        super().__init__(data, initial=_initial(item) if item else None)
        field = self.fields["teacher"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = list(teachers.items())
        if item is not None:
            self.fields["mode"].disabled = True

    @property
    def draft(self) -> ItemDraft:
        """Return what was entered, once the form has been cleaned."""
        said = self.cleaned_data
        return ItemDraft(
            mode=Mode(said["mode"]),
            title=said["title"],
            hours=int(said["hours"] * HOUR_PARTS),
            place=said["place"],
            teacher_id=said["teacher"],
            starts_at=_at(said["day"], said["starts"]),
            ends_at=_at(said["day"], said["ends"]),
        )

    def show_flaws(self, flaws: Sequence[str]) -> None:
        """Say at the fields what speaks against the lesson."""
        for flaw in flaws:
            field, sentence = FLAWS[Flaw(flaw)]
            self.add_error(field, str(sentence))


class ChangedItemForm(ItemForm):
    """A lesson as it is to be from now on, and why; `after` is how many changes it had when the page was read."""

    after = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    reason = _reason_field(LONGEST_REASON, _("Learners and supervisors read it."))


class CancelForm(forms.Form):
    """That a lesson is cancelled, and why."""

    after = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    reason = _reason_field(LONGEST_REASON, _("Learners and supervisors read it."))


class RollCallForm(forms.Form):
    """Of which learners something is stated, what, and why. A learner is named as `place-after`: by the number of statements that the page showed."""

    places = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("Somebody was chosen who is not on this page.")}
    )
    result = forms.ChoiceField(
        label=_("Result of the roll call"),
        choices=[("present", _("present")), ("absent", _("not present"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    present_from = _time_field(_("Present from"))
    present_until = _time_field(_("Present until"))
    text = _reason_field(LONGEST_TEXT, _("Such as: no phone, roll called on site."))

    def __init__(self, item: PlanItem, shown: Sequence[str], data: Any = None) -> None:  # noqa: ANN401  (a QueryDict or None)
        start, end = timezone.localtime(item.starts_at), timezone.localtime(item.ends_at)
        self._day = start.date()
        self._whole = (item.starts_at, item.ends_at)
        super().__init__(
            data, initial={"result": "present", "present_from": f"{start:%H:%M}", "present_until": f"{end:%H:%M}"}
        )
        field = self.fields["places"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(value, value) for value in shown]

    def clean(self) -> dict[str, Any]:
        """Ask for no times where somebody was not present, and for somebody in any case."""
        said = self.cleaned_data
        if said.get("result") == "absent":
            for name in ("present_from", "present_until"):
                self.errors.pop(name, None)
        if not said.get("places") and "places" not in self.errors:
            self.add_error(None, _("Choose at least one learner in the list."))
        return said

    @property
    def after(self) -> dict[int, int]:
        """Return the places that were chosen, each with the number of statements that the page showed."""
        pairs = (value.split("-") for value in self.cleaned_data["places"])
        return {int(place): int(after) for place, after in pairs}

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """Return from when until when they were present; a minute that is written means all of it."""
        said = self.cleaned_data
        if said["result"] == "absent":
            return None
        start, end = _at(self._day, said["present_from"]), _at(self._day, said["present_until"])
        return _snapped(start, self._whole[0]), _snapped(end, self._whole[1])


def _snapped(at: datetime, edge: datetime) -> datetime:
    """Return the edge of the lesson for the minute in which it lies, which is all that people can write."""
    return edge if at == edge.replace(second=0, microsecond=0) else at


class SigningForm(SecondPersonForm):
    """Which statements a second person signs or sends back, and why."""

    statements = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("Somebody has signed it meanwhile. Look at it again.")}
    )
    decision = forms.ChoiceField(choices=[("sign", "sign"), ("send_back", "send back")])

    def __init__(self, shown: Sequence[UUID], data: Any = None) -> None:  # noqa: ANN401  (a QueryDict or None)
        super().__init__(data)
        self.fields["text"].help_text = _("Needed for sending back.")
        field = self.fields["statements"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(pk.hex, pk.hex) for pk in shown]

    def clean(self) -> dict[str, Any]:
        """Ask for something to sign."""
        said = super().clean()
        if not said.get("statements") and "statements" not in self.errors:
            self.add_error(None, _("Choose at least one statement in the list."))
        return said


def _at(day: date, of_day: time) -> datetime:
    return datetime.combine(day, of_day, tzinfo=LEARNING_ZONE)


def _initial(item: PlanItem) -> dict[str, object]:
    start, end = timezone.localtime(item.starts_at), timezone.localtime(item.ends_at)
    return {
        "mode": item.mode,
        "title": item.title,
        "day": start.date(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "hours": f"{item.hours / HOUR_PARTS:.2f}",
        "place": item.place,
        "teacher": item.teacher_id,
    }
