"""The catalogue of courses: searched, filtered and sorted in the address. Clause C6."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.queries.catalogue import CataloguedOccupation, levels_taught, matching, occupations_taught
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.catalogue import Sort, Wanted
from jiangxue.courseware.services.paper_words import hours_alone
from jiangxue.djangokit.pages import with_lines
from jiangxue.occupations.rules.levels import Level
from jiangxue.portals.occupation_words import LEVEL_LABELS
from jiangxue.portals.public.shared import shareable
from jiangxue.portals.public.words import aim_said, fee_label
from jiangxue.portals.stars import average_shown
from jiangxue.rating.queries.figures import averages_of_courses, best_first, well_rated
from jiangxue.rating.rules.figures import Average

COURSES_A_PAGE = 20
NOT_THERE = {"invalid_choice": _("There is no such choice at present; it is left out of the search.")}
SORT_LABELS = {
    Sort.NEWEST: _("newest first"),
    Sort.BEST_RATED: _("best rated first"),
    Sort.BY_NAME: _("by name"),
}


class CatalogueForm(forms.Form):
    """What to look for; a value that does not exist is left out of the search, and the page says so."""

    q = forms.CharField(
        label=_("Course, occupation or its code"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"type": "search"}),
    )
    occupation = forms.ChoiceField(label=_("Occupation"), required=False, error_messages=NOT_THERE)
    level = forms.ChoiceField(label=_("Level"), required=False, error_messages=NOT_THERE)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(each.value, SORT_LABELS[each]) for each in Sort],
        error_messages=NOT_THERE,
    )
    free = forms.BooleanField(label=_("free, also for some groups only"), required=False)
    good = forms.BooleanField(label=_("rated 4 stars or better"), required=False)

    def __init__(
        self, data: Mapping[str, str], occupations: Iterable[CataloguedOccupation], levels: Iterable[str]
    ) -> None:
        super().__init__(data if any(data.get(name) for name in self.base_fields) else None)
        taught = [(each.code, f"{each.name}（{each.courses}）") for each in occupations]
        known = set(levels)
        self.fields["occupation"].choices = [("", _("all")), *taught]  # type: ignore[attr-defined]
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((level.value, LEVEL_LABELS[level]) for level in Level if level.value in known),
        ]

    @property
    def wanted(self) -> Wanted:
        """Return what is looked for."""
        held = self._held
        level = held.get("level")
        return Wanted(
            text=held.get("q") or "",
            occupation=held.get("occupation") or "",
            level=Level(level) if level else None,
            is_free=bool(held.get("free")),
        )

    @property
    def sort_wanted(self) -> Sort:
        """Return the order that is asked for."""
        return Sort(self._held.get("sort") or Sort.NEWEST)

    @property
    def is_good_wanted(self) -> bool:
        """Say whether only well rated courses are asked for."""
        return bool(self._held.get("good"))

    @property
    def has_filters(self) -> bool:
        """Say whether anything but words is asked for, so that the page shows it open; the usual order is asked for by every search."""
        held = self._held
        filters = ("occupation", "level", "free", "good")
        is_asked = self.sort_wanted is not Sort.NEWEST or any(held.get(name) for name in filters)
        return is_asked or any(name in self.errors for name in (*filters, "sort"))

    @property
    def _held(self) -> dict[str, str]:
        if not self.is_bound:
            return {}
        self.is_valid()
        return self.cleaned_data


@shareable
def courses(request: HttpRequest) -> HttpResponse:
    """List the published courses of all institutions."""
    form = CatalogueForm(request.GET, occupations_taught(), levels_taught())
    page = Paginator(_ordered(form), COURSES_A_PAGE).get_page(request.GET.get("page"))
    averages = averages_of_courses([each.course_id for each in page.object_list])
    lines = [_line(each, averages[each.course_id]) for each in page.object_list]
    context = {
        "courses": with_lines(page, lines),
        "filter_form": form,
        "number_found": page.paginator.count,
        "page_url": request.build_absolute_uri(),
    }
    return render(request, "public/catalogue.html", context)


def _ordered(form: CatalogueForm) -> QuerySet[Version]:
    found = matching(form.wanted)
    if form.is_good_wanted:
        found = well_rated(found)
    match form.sort_wanted:
        case Sort.BEST_RATED:
            return best_first(found)
        case Sort.BY_NAME:
            return found.order_by("title", "pk")
        case Sort.NEWEST:
            return found


def _line(version: Version, average: Average) -> dict[str, object]:
    return {
        "title": version.title,
        "url": reverse("public:course", args=(version.course_id,)),
        "institution": version.course.institution.name,
        "aim": aim_said(version.occupation_name, version.level),
        "hours": hours_alone(version.hours) if version.hours else "",
        "fee": fee_label(version.fee),
        "average": average_shown(average),
    }
