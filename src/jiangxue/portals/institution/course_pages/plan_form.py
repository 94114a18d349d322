"""The forms of the declared hours with the live and practice items, and of the assessment scheme. Clause C2."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.rules.content import AssessmentPart, CourseContent, Hours, Mode, PlannedItem
from jiangxue.courseware.services.sections import PlanDraft
from jiangxue.portals.institution.course_pages.fields import HoursField, line
from jiangxue.portals.institution.course_pages.rows import JudgedForm, RowForm, Rows, SectionForm
from jiangxue.ui.course_words import MODES

_MOST_WEIGHT = 100


class HoursForm(JudgedForm):
    """How many hours a course declares in each mode."""

    online_hours = HoursField(_("Online self-study"))
    live_hours = HoursField(_("Live online teaching"))
    practice_hours = HoursField(_("Practice on site"))


class PlannedRow(RowForm):
    """A live or practice item."""

    mode = forms.ChoiceField(
        label=_("Mode"), choices=[(mode.value, MODES[mode]) for mode in (Mode.LIVE, Mode.PRACTICE)]
    )
    title = line(_("Content"), 120, required=_("Write what is taught or practised."))
    hours = HoursField(_("Class hours"))
    place = line(_("Place"), 120)
    work_content = line(_("Work content of the standard"), 200)

    @property
    def unasked(self) -> frozenset[str]:
        """Return what is filled in from the beginning."""
        return frozenset({"gone", "mode"})


class AssessmentRow(RowForm):
    """One part of the assessment."""

    name = line(_("Part"), 60, required=_("Write what this part of the assessment is called."))
    method = line(_("How it is held"), 200)
    weight = forms.IntegerField(
        label=_("Weight in per cent"),
        min_value=1,
        max_value=_MOST_WEIGHT,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a whole number from 1 to 100.")
        ),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "data-part": "weight"}),
    )


class AssessmentForm(SectionForm):
    """The parts, and what their weights come to."""

    @property
    def total(self) -> int:
        """Return the sum of the weights as they stand in the form."""
        assert self.rows is not None
        return sum(_whole(form["weight"].value()) for form in self.rows.forms if not form["gone"].value())


def plan_form(content: CourseContent, data: QueryDict | None) -> SectionForm:
    """Return the form of hours and plan."""
    hours = content.facts.hours
    initial = {"online_hours": hours.online, "live_hours": hours.live, "practice_hours": hours.practice}
    rows = [
        {"mode": item.mode.value, "title": item.title, "hours": item.hours, "place": item.place}
        | {"work_content": item.work_content}
        for item in content.planned
    ]
    form = HoursForm(data, initial=initial)
    return SectionForm(form, Rows(PlannedRow, rows, data), groups={_("Declared class hours"): tuple(initial)})


def plan_draft(form: SectionForm) -> PlanDraft:
    """Return what was entered."""
    hours = form.values
    items = [
        PlannedItem(Mode(row["mode"]), row["title"], row["hours"], row["place"], row["work_content"])
        for row in form.kept
    ]
    return PlanDraft(Hours(hours["online_hours"], hours["live_hours"], hours["practice_hours"]), items)


def assessment_form(content: CourseContent, data: QueryDict | None) -> SectionForm:
    """Return the form of the assessment scheme."""
    rows = [{"name": part.name, "method": part.method, "weight": part.weight} for part in content.assessment]
    return AssessmentForm(rows=Rows(AssessmentRow, rows, data, spare=1 if rows else 3))


def assessment_parts(form: SectionForm) -> list[AssessmentPart]:
    """Return what was entered."""
    return [AssessmentPart(row["name"], row["method"], row["weight"]) for row in form.kept]


def _whole(value: object) -> int:
    typed = str(value or "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
