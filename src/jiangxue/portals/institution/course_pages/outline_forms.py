"""The forms of the outline: titles, knowledge points, the file that takes a lesson's place, and the order of all. Clauses C2, M7."""

from collections.abc import Iterable

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.models import Lesson, Module, Upload
from jiangxue.courseware.rules.content import KnowledgePoint
from jiangxue.courseware.rules.ordering import ModuleOrder, lesson_moved, module_moved
from jiangxue.courseware.services.outline import LessonWords
from jiangxue.portals.institution.course_pages.fields import line
from jiangxue.portals.institution.course_pages.rows import JudgedForm, RowForm, Rows, SectionForm

_WAYS = {"up": -1, "down": 1}


class ModuleForm(forms.Form):
    """The title of a module."""

    title = line(
        _("Title of the module"),
        120,
        required=_("Write what the module is called."),
        help_text=_("Without a number: pages number the modules by themselves."),
    )


class LessonForm(JudgedForm):
    """The title of a lesson."""

    title = line(_("Title of the lesson"), 120, required=_("Write what the lesson is called."))


class KnowledgeRow(RowForm):
    """A knowledge point and what it serves."""

    text = line(_("Knowledge point"), 200, required=_("Write the knowledge point."))
    work_content = line(_("Work content of the standard that it serves"), 200)


class ReplacementForm(forms.Form):
    """The file that takes the place of a lesson's courseware."""

    upload = forms.ChoiceField(
        label=_("New courseware"),
        error_messages={
            "required": _("Choose a file."),
            "invalid_choice": _("This file cannot be used any more. Please choose another one."),
        },
    )

    def __init__(self, files: Iterable[Upload], data: QueryDict | None = None) -> None:
        super().__init__(data)
        field = self.fields["upload"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("not chosen")), *((str(each.pk), each.name) for each in files)]


class ModuleSent(msgspec.Struct, forbid_unknown_fields=True):
    """A module as the page sends it: its id, and those of its lessons in order."""

    id: int
    lessons: list[int]


def order_sent(body: bytes) -> list[ModuleOrder] | None:
    """Return the order that the page has sent, None for what is none."""
    try:
        sent = msgspec.json.decode(body, type=list[ModuleSent])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return [ModuleOrder(each.id, tuple(each.lessons)) for each in sent]


def order_moved(order: Iterable[ModuleOrder], move: str) -> tuple[ModuleOrder, ...] | None:
    """Return the order after a button such as `up-lesson-12` was pressed, None for no such button."""
    way, _dash, rest = move.partition("-")
    kind, _dash, ref = rest.partition("-")
    if way not in _WAYS or not (ref.isascii() and ref.isdigit() and len(ref) < 19):
        return None
    moves = {"lesson": lesson_moved, "module": module_moved}
    return moves[kind](tuple(order), int(ref), _WAYS[way]) if kind in moves else None


def module_form(module: Module, data: QueryDict | None) -> SectionForm:
    """Return the form of a module's title."""
    return SectionForm(ModuleForm(data, initial={"title": module.title}), groups={"": ("title",)})


def lesson_form(lesson: Lesson, data: QueryDict | None) -> SectionForm:
    """Return the form of a lesson's title and knowledge points."""
    points = [{"text": each.text, "work_content": each.work_content} for each in lesson.knowledge.all()]
    form = LessonForm(data, initial={"title": lesson.draft_title})
    form.use_required_attribute = False
    return SectionForm(form, Rows(KnowledgeRow, points, data), groups={"": ("title",)})


def lesson_words(form: SectionForm) -> LessonWords:
    """Return what was entered."""
    points = [KnowledgePoint(row["text"], row["work_content"]) for row in form.kept]
    return LessonWords(form.values["title"], points)
