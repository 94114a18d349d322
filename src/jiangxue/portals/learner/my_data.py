"""The learner's page of their own data (我的个人信息): what is held, for how long, who sees it, and what they can do about it. Clause M2."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.queries.persons import ShownPerson, masked_person
from jiangxue.accounts.queries.providers import code_sender
from jiangxue.accounts.queries.requests import open_deletion
from jiangxue.accounts.services.own_data import reveal_own
from jiangxue.archive.queries.retention import years_in_force
from jiangxue.assessment.queries.own_copy import held_attempts
from jiangxue.audit.queries import looks_at, own_sign_ins
from jiangxue.enrolment.queries import all_own_places, own_place_ids
from jiangxue.enrolment.rules.keeping import kept_at_least_until
from jiangxue.facecheck.queries.own_copy import held_of_face
from jiangxue.facecheck.queries.ways import way_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.own_copy import held_of_learning
from jiangxue.notices.queries import notices
from jiangxue.portals.learner.consents import purpose_lines
from jiangxue.portals.learner.told_of_me import told_of
from jiangxue.portals.real_name import real_name_lines
from jiangxue.rating.queries.own_copy import held_ratings
from jiangxue.ui.faces import WAYS, word_of
from jiangxue.ui.roles import ROLE_LABELS

LOOKS_SHOWN = 20


@for_roles(Role.LEARNER)
@require_safe
def show(request: SignedRequest) -> HttpResponse:
    """Show what is held of the viewer, numbers masked."""
    return _page(request, masked_person(request.viewer.account_id))


@for_roles(Role.LEARNER)
@require_POST
def reveal(request: SignedRequest) -> HttpResponse:
    """Show the same with the viewer's own name and numbers in full, once; the act is recorded."""
    person = reveal_own(viewer=request.viewer, by=actor_of(request), now=request.now)
    return _page(request, person, is_full=True)


def _page(request: SignedRequest, person: ShownPerson, *, is_full: bool = False) -> HttpResponse:
    account_id = request.viewer.account_id
    looks = looks_at(account_id, own_place_ids(account_id))
    context = {
        "shown": person,
        "is_full": is_full,
        **real_name_lines(account_id),
        "has_phones": code_sender() is not None,
        "login_name": request.account.login_name,
        "told": told_of(request.viewer),
        "held": _held(request.viewer),
        "purposes": purpose_lines(account_id),
        "way_label": word_of(WAYS, way_of(account_id)),
        "looks": [
            {"at": each.at, "role": ROLE_LABELS[Role(each.role)] if each.role else "", "reason": each.reason}
            for each in looks[:LOOKS_SHOWN]
        ],
        "looks_more": max(0, looks.count() - LOOKS_SHOWN),
        "asked_at": open_deletion(account_id),
        "profile_url": reverse("signin:profile"),
    }
    return render(request, "learner/my_data.html", context)


def _held(viewer: Viewer) -> list[dict[str, object]]:
    """Return what is held of the viewer, by category, in plain words."""
    places = list(all_own_places(viewer))
    years = years_in_force()
    until = max((kept_at_least_until(place.training_class.closes_on, years) for place in places), default=None)
    term = _("until %(day)s at least") % {"day": until.isoformat()} if until else _("nothing is held yet")
    return [
        {
            "label": _("Identity"),
            "what": _("Name, account, identity number, mobile number if you gave one"),
            "kept": _("until the account is deleted"),
            "seen_by": _(
                "You. Head teacher, administrators of your institution and supervisors: masked, and in full only for a reason that is recorded."
            ),
        },
        _told(term),
        {
            "label": _("What you learned"),
            "what": _learned(viewer, len(places)),
            "kept": term,
            "seen_by": _("You, the teachers and administrators of your class, and the supervisors of its region."),
        },
        _face(viewer),
        {
            "label": _("What you said"),
            "what": _said(viewer),
            "kept": term,
            "seen_by": _(
                "Those who decide about it. Comments on courses are shown to everybody, under a masked name, only if you agreed."
            ),
        },
        {
            "label": _("Devices and network"),
            "what": _devices(viewer),
            "kept": _("with the study session; sign-ins at least 180 days"),
            "seen_by": _("You. The staff of your class: addresses masked. Sign-ins: the audit administrator."),
        },
        _messages(viewer),
    ]


def _told(term: str) -> dict[str, object]:
    return {
        "label": _("What your institution told of you"),
        "what": _("Group, education, domicile and employer, as they stand on its rosters"),
        "kept": term,
        "seen_by": _("You, the teachers and administrators of your class, and the supervisors of its region."),
    }


def _learned(viewer: Viewer, classes: int) -> str:
    learning, attempts = held_of_learning(viewer), held_attempts(viewer).count()
    return _list(
        ngettext("%(count)d class", "%(count)d classes", classes) % {"count": classes},
        ngettext("%(count)d study session", "%(count)d study sessions", learning.sessions)
        % {"count": learning.sessions},
        ngettext("%(count)d check-in", "%(count)d check-ins", learning.checks) % {"count": learning.checks},
        ngettext("%(count)d attempt at a test", "%(count)d attempts at tests", attempts) % {"count": attempts},
    )


def _face(viewer: Viewer) -> dict[str, object]:
    held = held_of_face(viewer)
    what = _list(
        _("a template and enrolled pictures") if held.is_stored else _("no template"),
        ngettext("%(count)d attempt to show it", "%(count)d attempts to show it", held.attempts)
        % {"count": held.attempts},
        ngettext("%(count)d picture of checks", "%(count)d pictures of checks", held.pictures)
        % {"count": held.pictures},
    )
    return {
        "label": _("Your face"),
        "what": what,
        "kept": _(
            "Template and enrolled pictures: until you withdraw, staff find that they do not show the person of your document, or your last class is settled. Records and pictures of checks: as long as the study sessions."
        ),
        "seen_by": _(
            "Nobody sees the template. Pictures: those who decide about a check or compare them with your document, for a reason that is recorded. The copy names them by time and check value."
        ),
    }


def _said(viewer: Viewer) -> str:
    appeals, ratings = held_of_learning(viewer).appeals, held_ratings(viewer).count()
    return _list(
        ngettext("%(count)d appeal", "%(count)d appeals", appeals) % {"count": appeals},
        ngettext("%(count)d rating of a course", "%(count)d ratings of courses", ratings) % {"count": ratings},
    )


def _devices(viewer: Viewer) -> str:
    sign_ins = own_sign_ins(viewer.account_id).count()
    return _list(
        _("kind of device and network address of each study session"),
        ngettext("%(count)d sign-in", "%(count)d sign-ins", sign_ins) % {"count": sign_ins},
    )


def _messages(viewer: Viewer) -> dict[str, object]:
    number = notices(viewer).count()
    return {
        "label": _("Messages"),
        "what": ngettext("%(count)d message", "%(count)d messages", number) % {"count": number},
        "kept": _("180 days"),
        "seen_by": _("You alone."),
    }


def _list(*parts: str) -> str:
    return _(", ").join(parts)
