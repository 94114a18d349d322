"""A new course begins with its title. Clause C2."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.errors import OutOfReach
from jiangxue.courseware.queries import EDITORS
from jiangxue.courseware.services.facts import begin_course
from jiangxue.portals.institution.course_pages.fields import line


class BeginForm(forms.Form):
    """The title of a course."""

    title = line(gettext_lazy("Title of the course"), 120, required=gettext_lazy("Write what the course is called."))


@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedRequest) -> HttpResponse:
    """Ask for a title and begin a course; keeps what was typed (400)."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "courses_url": reverse("institution:courses")}
        return render(request, "institution/course/new.html", context, status=400 if form.is_bound else 200)
    try:
        begun = begin_course(
            viewer=request.viewer, title=form.cleaned_data["title"], by=actor_of(request), now=request.now
        )
    except OutOfReach:
        raise Http404 from None
    messages.success(request, _("The course is begun. Below stands what it still lacks before it can be reviewed."))
    return redirect("institution:course", begun.pk)
