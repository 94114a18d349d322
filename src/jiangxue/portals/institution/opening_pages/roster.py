"""The roster of an application: looked at, one person added, one taken out. Clauses T7, M2."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import NameUnfit, NotAPhone, NumberUnfit
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.errors import AlreadyOnRoster, NotNow, RosterFull
from jiangxue.enrolment.queries.opening_facts import version_for
from jiangxue.enrolment.queries.openings import Opening, opening_for, roster_of
from jiangxue.enrolment.queries.subsidies import At
from jiangxue.enrolment.rules.opening_findings import Part
from jiangxue.enrolment.rules.openings import EDITABLE
from jiangxue.enrolment.services.rosters import add_person, remove_person
from jiangxue.portals.institution.opening_pages.edit import findings_by_part, step_links
from jiangxue.portals.institution.opening_pages.frame import APPLICANTS, frame, of_an_opening
from jiangxue.portals.institution.opening_pages.person_form import PersonForm
from jiangxue.portals.institution.opening_pages.roster_terms import ending
from jiangxue.portals.opening_lines import fee_line, roster_lines
from jiangxue.ui.forms import SearchForm

PEOPLE_A_PAGE = 50


@for_roles(*APPLICANTS)
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_opening
def roster(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Show the people of an application and add one; keeps what was typed (400), and says that somebody is there already (409)."""
    opening = opening_for(request.viewer, opening_id)
    if request.method != "POST":
        return _page(request, opening, PersonForm())
    if opening.state not in EDITABLE:
        raise NotNow
    form = PersonForm(request.POST)
    status = _added(request, opening_id, form) if form.is_valid() else 400
    if status:
        return _page(request, opening, form, status=status)
    messages.success(request, _("The person is on the roster."))
    return redirect(f"{reverse('institution:opening_roster', args=(opening_id,))}#add")


@for_roles(*APPLICANTS)
@require_POST
@of_an_opening
def remove(request: SignedRequest, opening_id: int, entry_id: int) -> HttpResponse:
    """Take one person off the roster; 404 for one who is not on it."""
    remove_person(
        viewer=request.viewer, opening_id=opening_id, entry_id=entry_id, by=actor_of(request), now=request.now
    )
    messages.success(request, _("The person was taken off the roster. You can add them again below."))
    return redirect("institution:opening_roster", opening_id)


def _added(request: SignedRequest, opening_id: int, form: PersonForm) -> int:
    """Add the person, or say at the fields why not and return the status: 0 where it is done."""
    try:
        add_person(
            viewer=request.viewer, opening_id=opening_id, person=form.person, by=actor_of(request), now=request.now
        )
    except NameUnfit:
        form.add_error("name", _("This cannot be a name: no digits, at most 60 characters."))
    except NumberUnfit as refusal:
        form.refuse_number(refusal)
    except NotAPhone as refusal:
        form.refuse_phone(refusal)
    except RosterFull:
        form.add_error(None, _("The roster is full: one class has at most 10,000 people."))
    except AlreadyOnRoster:
        form.add_error("id_number", _("Somebody with this number is on the roster already."))
        return 409
    return 400 if form.errors else 0


def _page(request: SignedRequest, opening: Opening, form: PersonForm, *, status: int = 200) -> HttpResponse:
    search = SearchForm(request.GET)
    version = version_for(opening)
    found = roster_of(request.viewer, opening.pk, named=search.wanted)
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    lines = roster_lines(list(page.object_list), version, At(opening.institution.region_id, opening.opens_on))
    for each in lines:
        each["remove_url"] = reverse("institution:remove_from_roster", args=(opening.pk, each["pk"]))
    context = {
        **frame(opening),
        **ending(request, opening),
        "people": with_lines(page, lines),
        "filter_form": search,
        "form": form,
        "fee": fee_line(version),
        "steps": step_links(opening, Part.ROSTER),
        "findings": findings_by_part(request, opening)[Part.ROSTER],
        "title": _("Roster"),
    }
    return render(request, "institution/opening/roster.html", context, status=status)
