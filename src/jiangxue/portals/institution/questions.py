"""The questions of a lesson, for check-ins and for its test: read by an institution's staff, kept by its editors. Clauses T0, T2.6."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware import services
from jiangxue.courseware.errors import OutOfReach, QuestionRetired, TooManyQuestions, UnderReview
from jiangxue.courseware.models import CourseQuestion, Lesson
from jiangxue.courseware.queries import EDITORS
from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import FEWEST_IN_TEST, MOST_IN_USE
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.forms import QuestionForm
from jiangxue.portals.lengths import extent_said
from jiangxue.ui.course_words import OPTION_LETTERS


@for_roles(*INSTITUTION_ROLES)
@require_safe
def questions(request: SignedRequest, lesson_id: int, purpose: Purpose = Purpose.CHECK_IN) -> HttpResponse:
    """Show the questions of a lesson for one purpose, and to its editors a form to add one; 404 for a lesson of others."""
    return _questions(request, _lesson(request, lesson_id), QuestionForm(purpose=purpose))


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def add(request: SignedRequest, lesson_id: int, purpose: Purpose = Purpose.CHECK_IN) -> HttpResponse:
    """Add a question; keeps what was typed and says what is wrong (400), or that it cannot be added now (409)."""
    lesson = _lesson(request, lesson_id)
    if request.method == "GET":  # a new sign-in leads here
        return redirect(_list_url(lesson_id, purpose))
    form = QuestionForm(request.POST, purpose=purpose)
    if not form.is_valid():
        return _questions(request, lesson, form, status=400)
    try:
        services.add_question(
            viewer=request.viewer, lesson_id=lesson.pk, draft=form.draft, by=actor_of(request), now=request.now
        )
    except TooManyQuestions as refusal:
        messages.warning(
            request, _("A lesson has at most %(most)d questions. Retire one first.") % {"most": refusal.most}
        )
        return _questions(request, lesson, form, status=409)
    except UnderReview:
        messages.warning(request, _under_review())
        return _questions(request, lesson, form, status=409)
    messages.success(request, _("The question has been added."))
    return redirect(f"{_list_url(lesson_id, purpose)}#top")  # else the browser goes back to #add


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def question(request: SignedRequest, question_id: int) -> HttpResponse:
    """Change a question: the old one is retired and stays as it was asked, a new one takes its place."""
    try:
        shown = _question(request, question_id)
        if request.method == "GET":
            return _form(request, shown, QuestionForm(question=shown))
        form = QuestionForm(request.POST, question=shown)
        if not form.is_valid():
            return _form(request, shown, form, status=400)
        if form.has_changed():
            services.replace_question(
                viewer=request.viewer, question_id=question_id, draft=form.draft, by=actor_of(request), now=request.now
            )
            messages.success(request, _("The question has been changed. The former one is retired."))
    except QuestionRetired as refusal:
        return _retired_meanwhile(request, refusal)
    except UnderReview:
        messages.warning(request, _under_review())
        return _form(request, shown, form, status=409)
    return redirect(_list_url(shown.lesson_id, shown.purpose))


@for_roles(*EDITORS)
@require_http_methods(["GET", "POST"])
def retire(request: SignedRequest, question_id: int) -> HttpResponse:
    """Ask once, then retire a question."""
    try:
        shown = _question(request, question_id)
        if request.method == "POST":
            services.retire_question(
                viewer=request.viewer, question_id=question_id, by=actor_of(request), now=request.now
            )
            messages.success(request, _("The question has been retired."))
            return redirect(_list_url(shown.lesson_id, shown.purpose))
    except QuestionRetired as refusal:
        return _retired_meanwhile(request, refusal)
    except UnderReview:
        return _changed_meanwhile(request, _under_review(), _list_url(shown.lesson_id, shown.purpose))
    is_last = courseware.questions_of(shown.lesson_id, Purpose(shown.purpose)).count() == 1
    context = {"question": _line(shown), "is_last": is_last, **_way_back(shown.lesson, shown.purpose)}
    return render(request, "institution/question_retire.html", context)


def _lesson(request: SignedRequest, lesson_id: int) -> Lesson:
    try:
        return courseware.lesson_for(request.viewer, lesson_id)
    except OutOfReach:
        raise Http404 from None


def _question(request: SignedRequest, question_id: int) -> CourseQuestion:
    try:
        return courseware.question_for(request.viewer, question_id)
    except OutOfReach:
        raise Http404 from None


def _form(request: SignedRequest, shown: CourseQuestion, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "action_url": request.path, **_way_back(shown.lesson, shown.purpose)}
    return render(request, "institution/question.html", context, status=status)


def _retired_meanwhile(request: SignedRequest, refusal: QuestionRetired) -> HttpResponse:
    """Say that the question is not in use any more; what was typed is kept and can be added as a new one."""
    lesson = _lesson(request, refusal.lesson_id)
    if "text" in request.POST:
        form = QuestionForm(request.POST, purpose=Purpose(refusal.purpose))
        context = {"form": form, "action_url": _add_url(lesson.pk, refusal.purpose), "is_retired": True}
        around = _way_back(lesson, refusal.purpose)
        return render(request, "institution/question.html", {**context, **around}, status=409)
    reason = _("Somebody, or another window of yours, has changed or retired this question meanwhile.")
    return _changed_meanwhile(request, reason, _list_url(lesson.pk, refusal.purpose))


def _changed_meanwhile(request: SignedRequest, reason: str, again_url: str) -> HttpResponse:
    return render(request, "ui/errors/409.html", {"reason": reason, "again_url": again_url}, status=409)


def _questions(request: SignedRequest, lesson: Lesson, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    found = list(courseware.questions_of(lesson.pk, form.purpose))
    may_edit = courseware.may_edit(request.viewer)
    context = {
        "questions": _lines(found),
        "tabs": _tabs(lesson.pk, form.purpose),
        "extent": extent_said(lesson.media.extent),
        "may_edit": may_edit,
        "form": form if may_edit and (len(found) < MOST_IN_USE or form.is_bound) else None,
        "most": MOST_IN_USE,
        "fewest": FEWEST_IN_TEST,
        "action_url": _add_url(lesson.pk, form.purpose),
        **_way_back(lesson, form.purpose),
    }
    return render(request, "institution/questions.html", context, status=status)


def _tabs(lesson_id: int, current: Purpose) -> list[dict[str, object]]:
    labels = {Purpose.CHECK_IN: _("Course questions"), Purpose.TEST: _("Test questions")}
    return [
        {
            "label": label,
            "url": _list_url(lesson_id, purpose),
            "current": purpose is current,
            "count": courseware.questions_of(lesson_id, purpose).count(),
        }
        for purpose, label in labels.items()
    ]


def _list_url(lesson_id: int, purpose: str) -> str:
    name = "test_questions" if purpose == Purpose.TEST else "questions"
    return reverse(f"institution:{name}", args=(lesson_id,))


def _add_url(lesson_id: int, purpose: str) -> str:
    name = "add_test_question" if purpose == Purpose.TEST else "add_question"
    return f"{reverse(f'institution:{name}', args=(lesson_id,))}#add"


def _under_review() -> str:
    return _("The course is being reviewed. Withdraw it from review first, then change it.")


def _way_back(lesson: Lesson, purpose: str) -> dict[str, object]:
    course = lesson.course
    return {
        "is_test": purpose == Purpose.TEST,
        "lesson_title": lesson.draft_title,
        "questions_url": _list_url(lesson.pk, purpose),
        "course_title": course.title,
        "course_url": reverse("institution:course", args=(course.pk,)),
        "courses_url": reverse("institution:courses"),
    }


def _lines(found: Iterable[CourseQuestion]) -> list[dict[str, object]]:
    return [_line(each) for each in found]


def _line(each: CourseQuestion) -> dict[str, object]:
    return {
        "id": each.pk,
        "text": each.text,
        "options": [
            {"letter": letter, "text": option, "is_right": place == each.right_index}
            for place, (letter, option) in enumerate(zip(OPTION_LETTERS, each.options, strict=False))
        ],
        "edit_url": reverse("institution:question", args=(each.pk,)),
        "retire_url": reverse("institution:retire_question", args=(each.pk,)),
    }
