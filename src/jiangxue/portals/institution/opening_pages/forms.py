"""The forms of an application to open a class."""

from collections.abc import Mapping
from datetime import date, time
from functools import partial
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.queries.members import staff_of
from jiangxue.courseware.queries.catalogue import in_catalogue
from jiangxue.courseware.rules.content import Mode
from jiangxue.enrolment.models import ClassOpening
from jiangxue.enrolment.rules.applications import Draft, Exam, Meeting
from jiangxue.enrolment.services.openings import ClassFacts
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.institution.course_pages.fields import HoursField, Words, line, text
from jiangxue.portals.institution.course_pages.rows import RowForm, Rows, SectionForm
from jiangxue.portals.opening_words import clock_said
from jiangxue.ui.course_words import MODES

_DAY = _("Enter the day as 2026-12-01.")
_MOMENT = _("Enter day and time as 2026-12-01 09:00.")
_MARK = _("Write a whole number from 1 to 100.")


_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 31)
"""Days that a class may have: beyond the calendar's edges nothing can be reckoned any more."""


def _day(label: Words, *, required: Words = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(required),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _DAY, "required": required},
        validators=[MinValueValidator(_FIRST, _DAY), MaxValueValidator(_LAST, _DAY)],
    )


def _moment(label: Words) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _MOMENT},
    )


def _clock(label: Words) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter the time as 06:30.")},
    )


class ClassForm(forms.Form):
    """Course, dates, people, resources and hours of the day."""

    course = forms.TypedChoiceField(
        label=_("Course"),
        coerce=int,
        help_text=_("Only courses of your institution that are published are listed."),
        error_messages={
            "required": _("Choose the course."),
            "invalid_choice": _("This course is not published at present. Choose another one."),
        },
    )
    name = line(_("Name of the class"), 120, required=_("Write what the class is called."))
    opens_on = _day(_("First day"), required=_("Choose the first day."))
    closes_on = _day(_("Last day"), required=_("Choose the last day."))
    head_teacher = forms.TypedChoiceField(
        label=_("Head teacher"), coerce=int, error_messages={"required": _("Choose the head teacher.")}
    )
    teachers = forms.TypedMultipleChoiceField(
        label=_("Further teachers"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple({"class": "check"})
    )
    resources = text(
        _("Rooms, equipment and materials"),
        rows=3,
        help_text=_("What the class is taught with, such as training rooms and working places."),
    )
    hours_from = _clock(_("Learning hours begin"))
    hours_until = _clock(_("Learning hours end"))

    def __init__(self, viewer: Viewer, data: QueryDict | None = None, opening: ClassOpening | None = None) -> None:
        super().__init__(data, initial=_initial(opening))
        self.use_required_attribute = False
        staff = {each.pk: each.name for each in staff_of(viewer.organisation_id or 0)}
        heads = staff_of(viewer.organisation_id or 0, (Role.HEAD_TEACHER,))
        own = viewer.account_id if viewer.role is Role.HEAD_TEACHER else None
        courses = in_catalogue().filter(course__institution_id=viewer.organisation_id).order_by("title")
        chosen = ("", _("not chosen"))
        self._choose("course", [chosen, *((each.course_id, each.title) for each in courses)])
        self._choose("head_teacher", [chosen, *((each.pk, each.name) for each in heads if own in (None, each.pk))])
        self._choose("teachers", list(staff.items()))

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a last day that is not before the first, and for both hours of the day or none."""
        first, last = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", str(_("The last day lies before the first day.")))
        begin, end = self.cleaned_data.get("hours_from"), self.cleaned_data.get("hours_until")
        if (begin is None) != (end is None):
            missing = "hours_until" if end is None else "hours_from"
            self.add_error(missing, str(_("Enter both times, or leave both open.")))
        return self.cleaned_data

    @property
    def facts(self) -> ClassFacts:
        """Return what was entered, once the form is valid; an end at midnight is that of the day."""
        typed = self.cleaned_data
        until = _minutes(typed["hours_until"])
        return ClassFacts(
            course_id=typed["course"],
            name=typed["name"],
            opens_on=typed["opens_on"],
            closes_on=typed["closes_on"],
            head_teacher_id=typed["head_teacher"],
            teacher_ids=tuple(typed["teachers"]),
            resources=typed["resources"],
            hours_from_min=_minutes(typed["hours_from"]),
            hours_until_min=24 * 60 if until == 0 else until,
        )


def _minutes(at: time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute


def _initial(opening: ClassOpening | None) -> dict[str, object]:
    if opening is None:
        return {}
    draft = Draft.from_values(opening.draft)
    return {
        "course": opening.course_id,
        "name": opening.name,
        "opens_on": opening.opens_on,
        "closes_on": opening.closes_on,
        "head_teacher": opening.head_teacher_id,
        "teachers": list(draft.teacher_ids),
        "resources": draft.resources,
        "hours_from": "" if draft.hours_from_min is None else clock_said(draft.hours_from_min),
        "hours_until": "" if draft.hours_until_min is None else clock_said(draft.hours_until_min % (24 * 60)),
    }


def class_form(viewer: Viewer, data: QueryDict | None, opening: ClassOpening | None = None) -> SectionForm:
    """Return the form of the first page of an application."""
    groups = {
        _("The class"): ("course", "name", "opens_on", "closes_on"),
        _("Teachers and resources"): ("head_teacher", "teachers", "resources"),
        _("Hours of the day in which time counts (open: as your institution's rules say)"): (
            "hours_from",
            "hours_until",
        ),
    }
    return SectionForm(ClassForm(viewer, data, opening), groups=groups)


class MeetingRow(RowForm):
    """A live or practice item with its times."""

    mode = forms.ChoiceField(
        label=_("Mode"), choices=[(mode.value, MODES[mode]) for mode in (Mode.LIVE, Mode.PRACTICE)]
    )
    title = line(_("Content"), 120, required=_("Write what is taught or practised."))
    hours = HoursField(_("Class hours"))
    place = line(_("Place"), 200)
    teacher = forms.TypedChoiceField(label=_("Teacher"), coerce=int, required=False, empty_value=None)
    starts_at = _moment(_("Begins at"))
    ends_at = _moment(_("Ends at"))

    def __init__(
        self, data: QueryDict | None, *, prefix: str, initial: Mapping[str, Any], teachers: Mapping[int, str]
    ) -> None:
        super().__init__(data, prefix=prefix, initial=dict(initial))
        field = self.fields["teacher"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("not chosen")), *teachers.items()]

    @property
    def unasked(self) -> frozenset[str]:
        """Return what is filled in from the beginning."""
        return frozenset({"gone", "mode"})


def plan_form(teachers: Mapping[int, str], draft: Draft, data: QueryDict | None) -> SectionForm:
    """Return the form of the live and practice items; `teachers` are those of the class, by account."""
    rows = [
        {
            "mode": each.mode.value,
            "title": each.title,
            "hours": each.hours,
            "place": each.place,
            "teacher": each.teacher_id,
            "starts_at": each.starts_at,
            "ends_at": each.ends_at,
        }
        for each in draft.meetings
    ]
    made = partial(MeetingRow, teachers=teachers)
    return SectionForm(rows=Rows(made, rows, data, spare=0 if rows else 1))


def meetings_of(form: SectionForm) -> tuple[Meeting, ...]:
    """Return what was entered."""
    return tuple(
        Meeting(
            mode=Mode(row["mode"]),
            title=row["title"],
            hours=row["hours"],
            place=row["place"],
            teacher_id=row["teacher"],
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
        )
        for row in form.kept
    )


class ExamRow(RowForm):
    """A part of the assessment plan."""

    name = line(_("Part"), 60, required=_("Write what this part of the assessment is called."))
    method = line(_("How it is held"), 200)
    weight = forms.IntegerField(
        label=_("Weight in per cent"),
        min_value=1,
        max_value=100,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _MARK),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    examiner = line(_("Who examines"), 120)
    held_on = _day(_("Day of the assessment"))
    pass_mark = forms.IntegerField(
        label=_("Pass mark of 100"),
        required=False,
        min_value=1,
        max_value=100,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _MARK),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


def exams_form(draft: Draft, data: QueryDict | None) -> SectionForm:
    """Return the form of the assessment plan."""
    rows = [
        {
            "name": each.name,
            "method": each.method,
            "weight": each.weight,
            "examiner": each.examiner,
            "held_on": each.held_on,
            "pass_mark": each.pass_mark,
        }
        for each in draft.exams
    ]
    return SectionForm(rows=Rows(ExamRow, rows, data, spare=0 if rows else 1))


def exams_of(form: SectionForm) -> tuple[Exam, ...]:
    """Return what was entered."""
    return tuple(Exam(**{name: value for name, value in row.items() if name != "gone"}) for row in form.kept)
