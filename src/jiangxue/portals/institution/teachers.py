"""Who leads and teaches a class that is open. Clause C3."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.queries.members import staff_of
from jiangxue.enrolment.errors import ClassOver, NotInClass, NotOnStaff
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import class_for
from jiangxue.enrolment.services.teaching import Teachers, change_teachers
from jiangxue.kernel.viewer import Role
from jiangxue.ui.masking import masked_name


class TeachersForm(forms.Form):
    """The head teacher and the teachers beside."""

    head_teacher = forms.TypedChoiceField(
        label=gettext_lazy("Head teacher"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose who leads the class.")},
    )
    teachers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Teachers beside"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, of: TrainingClass, data: Mapping[str, str] | None = None) -> None:
        chosen = [str(pk) for pk in of.teachers.values_list("teacher_id", flat=True)]
        super().__init__(data, initial={"head_teacher": str(of.head_teacher_id), "teachers": chosen})
        for name, roles in (("head_teacher", [Role.HEAD_TEACHER]), ("teachers", [Role.TEACHER, Role.HEAD_TEACHER])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [
                (str(each.pk), f"{masked_name(each.name)}（{each.login_name}）")
                for each in staff_of(of.institution_id, roles)
            ]


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def teachers(request: SignedRequest, class_id: int) -> HttpResponse:
    """Let others lead and teach a class; says (409) that it is closed."""
    try:
        shown = class_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    form = TeachersForm(shown, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            change_teachers(
                viewer=request.viewer,
                class_id=class_id,
                teachers=Teachers(form.cleaned_data["head_teacher"], form.cleaned_data["teachers"]),
                by=actor_of(request),
                now=request.now,
            )
        except ClassOver:
            form.add_error(None, _("The class is closed: who taught it stays on record."))
            return _page(request, shown, form, status=409)
        except NotOnStaff:
            form.add_error(None, _("One of these no longer works here. Load the page again and choose anew."))
        else:
            messages.success(request, _("From now on these lead and teach the class."))
            return redirect("institution:class", class_id)
    return _page(request, shown, form, status=400 if form.errors else 200)


def _page(request: SignedRequest, shown: TrainingClass, form: TeachersForm, *, status: int) -> HttpResponse:
    context = {"name": shown.name, "form": form, "class_url": reverse("institution:class", args=[shown.pk])}
    return render(request, "institution/teachers.html", context, status=status)
