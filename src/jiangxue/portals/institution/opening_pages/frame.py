"""What all pages of one application show, and its standing refusals as statuses."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.errors import NoSuchOpening, NotNow, NotTheirs
from jiangxue.enrolment.queries.openings import Opening
from jiangxue.enrolment.rules.openings import EDITABLE
from jiangxue.kernel.viewer import Role
from jiangxue.portals.opening_words import STATES

APPLICANTS = (Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)

type View[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


def of_an_opening[**P](view: View[P]) -> View[P]:
    """Answer 404 for an application of others, 403 for what the role does not do, and lead back with a word where somebody was quicker."""

    @wraps(view)
    def wrapped(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoSuchOpening:
            raise Http404 from None
        except NotTheirs:
            raise PermissionDenied from None
        except NotNow:
            messages.warning(
                request,
                _("The application does not stand where this was possible any more. This is how it stands now."),
            )
            return redirect("institution:opening", kwargs["opening_id"])

    return wrapped


def frame(opening: Opening) -> dict[str, object]:
    """Return name, state and addresses of an application."""
    return {
        "opening": {
            "name": opening.name,
            "state": opening.state,
            "state_label": STATES[opening.state],
            "is_editable": opening.state in EDITABLE,
        },
        "openings_url": reverse("institution:openings"),
        "opening_url": reverse("institution:opening", args=(opening.pk,)),
        "roster_file_url": reverse("institution:opening_roster_file", args=(opening.pk,)),
    }


def class_url(opening: Opening) -> str:
    """Return the address of the class that came of an application; empty where none did."""
    return reverse("institution:class", args=(opening.training_class_id,)) if opening.training_class_id else ""
