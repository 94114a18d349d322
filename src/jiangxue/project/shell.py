"""What every page shows around its content: navigation, the person, the installation's records; and where each role begins."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jiangxue.accounts.access import SignedRequest, for_roles, signed
from jiangxue.accounts.queries import memberships
from jiangxue.accounts.queries.providers import is_open
from jiangxue.accounts.queries.requests import corrections_to_decide
from jiangxue.archive.queries.runs import number_to_confirm
from jiangxue.enrolment.queries import learners_within
from jiangxue.enrolment.queries.openings import waiting_for as openings_waiting_for
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.queries.appeals import waiting_for
from jiangxue.learning.queries.face_reviews import waiting_for as faces_waiting_for
from jiangxue.learning.queries.identity import waiting_for as days_waiting_for
from jiangxue.notices.queries import MOST_COUNTED, number_unread
from jiangxue.rating.queries.comments import may_decide, number_held
from jiangxue.reporting.queries.exports import waiting_for as exports_to_release
from jiangxue.review.queries.cases import number_waiting
from jiangxue.supervision.queries.cases import waiting_for as cases_waiting_for
from jiangxue.supervision.queries.orders import waiting_for as orders_waiting_for
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import role_label

type Entry = tuple[str | Promise, str]
_PROFILE: Entry = (_("My profile"), "signin:profile")
_CLASSES: Entry = (_("Classes"), "institution:classes")
_OPENINGS: Entry = (_("Opening of classes"), "institution:openings")
_APPLICATIONS: Entry = (_("Applications to open classes"), "regulator:openings")
_COURSES: Entry = (_("Courses"), "institution:courses")
_APPEALS: Entry = (_("Appeals"), "institution:appeals")
_FACES: Entry = (_("Reviews of face checks"), "institution:face_cases")
_CASES: Entry = (_("Cases"), "institution:cases")
_IDENTITIES: Entry = (_("Confirmed by staff"), "institution:identities")
_CORRECTIONS: Entry = (_("Corrections of particulars"), "institution:corrections")
_ORDERS: Entry = (_("Rectification orders"), "institution:orders")
_ORDERS_ISSUED: Entry = (_("Rectification orders"), "regulator:orders")
_REVIEWS: Entry = (_("Reviews"), "reviewer:queue")
_COMMENTS: Entry = (_("Comments on courses"), "reviewer_ratings:comments")
_PUBLISHED: Entry = (_("Published courses"), "reviewer:courses")
_QUERY: Entry = (_("Query and statistics"), "institution:query")
_EXPORTS: Entry = (_("Exports"), "institution:exports")
_EXPORTS_OF_REGION: Entry = (_("Exports"), "regulator:exports")
_CATALOGUE: Entry = (_("Course catalogue"), "public:catalogue")
_STATE: Entry = (_("State of the platform"), "operator:state")
_LEDGER: Entry = (_("Ledger"), "operator:ledger")
_RETENTION: Entry = (_("Retention and erasure"), "operator:retention")
NAVIGATION: dict[Role, list[Entry]] = {
    Role.LEARNER: [(_("Learning"), "learner:home"), (_("My records"), "learner:records"), _CATALOGUE],
    Role.TEACHER: [_CLASSES, _QUERY, _IDENTITIES, _EXPORTS],
    Role.HEAD_TEACHER: [_CLASSES, _OPENINGS, _QUERY, _APPEALS, _FACES, _IDENTITIES, _CASES, _ORDERS, _EXPORTS],
    Role.COURSE_EDITOR: [_COURSES, _CLASSES],
    Role.INSTITUTION_ADMINISTRATOR: [
        _CLASSES,
        _OPENINGS,
        _QUERY,
        _APPEALS,
        _FACES,
        _IDENTITIES,
        _CASES,
        _CORRECTIONS,
        _ORDERS,
        _COURSES,
        _REVIEWS,
        _EXPORTS,
        (_("Rules"), "institution:rules"),
        (_("Staff"), "institution:staff"),
        (_("Our institution"), "institution:own"),
    ],
    Role.SUPERVISOR: [
        (_("Region"), "regulator:overview"),
        _APPLICATIONS,
        (_("Institutions"), "regulator:institutions"),
        (_("Learners"), "regulator:learners"),
        (_("Samples"), "regulator:samples"),
        _ORDERS_ISSUED,
        (_("Query and statistics"), "regulator:query"),
        (_("Appeals"), "regulator:appeals"),
        (_("Reviews of face checks"), "regulator:face_cases"),
        (_("Cases"), "regulator:cases"),
        _PUBLISHED,
        _EXPORTS_OF_REGION,
        (_("Rules"), "regulator:rules"),
        (_("Staff"), "regulator:staff"),
    ],
    Role.SYSTEM_ADMINISTRATOR: [
        _STATE,
        (_("Organisations"), "operator:organisations"),
        (_("Staff of the platform"), "operator:platform_staff"),
        (_("Rules"), "operator:rules"),
        (_("Occupations"), "operator:occupations"),
        (_("Conditions of subsidy"), "operator:subsidies"),
        _LEDGER,
        _RETENTION,
    ],
    Role.SECURITY_ADMINISTRATOR: [_STATE, _LEDGER, (_("Sensitive words"), "operator:words"), _RETENTION],
    Role.AUDIT_ADMINISTRATOR: [(_("Audit"), "operator:audit"), (_("Exports"), "operator:exports"), _LEDGER, _RETENTION],
    Role.REVIEWER: [_REVIEWS, _PUBLISHED, _COMMENTS],
}
"""The pages that each role is shown; the first is where it begins."""


def _corrections_waiting(viewer: Viewer) -> int:
    return corrections_to_decide(viewer, learners_within(viewer)).count()


WAITING = {
    _OPENINGS[1]: openings_waiting_for,
    _APPLICATIONS[1]: openings_waiting_for,
    _APPEALS[1]: waiting_for,
    _FACES[1]: faces_waiting_for,
    _IDENTITIES[1]: days_waiting_for,
    _CASES[1]: cases_waiting_for,
    "regulator:cases": cases_waiting_for,
    _CORRECTIONS[1]: _corrections_waiting,
    _ORDERS[1]: orders_waiting_for,
    _ORDERS_ISSUED[1]: orders_waiting_for,
    _REVIEWS[1]: number_waiting,
    _COMMENTS[1]: number_held,
    _RETENTION[1]: number_to_confirm,
    _EXPORTS[1]: exports_to_release,
    _EXPORTS_OF_REGION[1]: exports_to_release,
}
"""How many things wait for somebody on a page."""
ONLY_FOR = {_COMMENTS[1]: may_decide}
"""Pages that not all of a role may open."""


MOST_IN_HEADER = 6
"""How many pages stand in the header; the others unfold from it."""


class Line(TypedDict):
    """A page in the navigation: `current` as `aria-current` says it, and how many things wait there."""

    label: str | Promise
    url: str
    current: str
    count: int


@for_roles()
def begin(request: SignedRequest) -> HttpResponse:
    """Lead a signed-in person to the first page of their role, and everybody else to the sign-in."""
    return redirect(NAVIGATION[request.viewer.role][0][1])


def entries_for(viewer: Viewer) -> list[Entry]:
    """Return the pages that a viewer is shown in the navigation."""
    return [entry for entry in NAVIGATION[viewer.role] if entry[1] not in ONLY_FOR or ONLY_FOR[entry[1]](viewer)]


def _current(request: HttpRequest, url: str) -> str:
    """Return whether the page itself is being shown, or one below it, as `aria-current` says it."""
    return "page" if request.path == url else "true"


def bell_of(viewer: Viewer) -> dict[str, object]:
    """Return where the messages are, how many are unread, and that in words."""
    unread = number_unread(viewer)
    if not unread:
        said = str(_("Messages"))
    elif unread < MOST_COUNTED:
        said = ngettext("Messages, %(count)d unread", "Messages, %(count)d unread", unread) % {"count": unread}
    else:
        said = str(_("Messages, more than 99 unread"))
    number = "" if not unread else str(unread) if unread < MOST_COUNTED else "99+"
    return {"url": reverse("bell:notices"), "number": number, "label": said}


def _navigation(lines: list[Line]) -> dict[str, object]:
    """Return the lines that stand in the header, and those that unfold: the first few, and the one of the page that is shown, are always to be seen."""
    if len(lines) <= MOST_IN_HEADER + 1:
        return {"nav": lines, "more": None}
    shown, rest = lines[:MOST_IN_HEADER], lines[MOST_IN_HEADER:]
    here = [line for line in rest if line["current"]]
    rest = [line for line in rest if not line["current"]]
    return {"nav": [*shown, *here], "more": {"lines": rest, "count": sum(line["count"] for line in rest)}}


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the context of the page shell."""
    site = {
        **settings.SITE,
        "demonstration": settings.DEMONSTRATION,
        "home_url": "/",
        "catalogue_url": reverse(_CATALOGUE[1]),
        "ledger_url": reverse("public_ledger:ledger"),
        "register_url": reverse("signin:register") if is_open() else "",
        "recover_url": reverse("signin:recover") if settings.CODE_SENDER else "",
    }
    known = signed(request)
    if known is None:
        return {"site": site}
    several = memberships(known.account.pk).count() > 1
    entries = [(label, name, reverse(name)) for label, name in entries_for(known.viewer)]
    here = max((url for _label, _name, url in entries if request.path.startswith(url)), key=len, default="")
    return {
        "site": site,
        "bell": bell_of(known.viewer),
        **_navigation(
            [
                {
                    "label": label,
                    "url": url,
                    "current": _current(request, url) if url == here else "",
                    "count": WAITING[name](known.viewer) if name in WAITING else 0,
                }
                for label, name, url in entries
            ]
        ),
        "person": {
            "name": masked_name(known.account.name),
            "role_label": role_label(known.viewer.role, known.viewer.organisation_id),
            "profile_url": reverse("signin:profile"),
            "my_data_url": reverse("learner:my_data") if known.viewer.role is Role.LEARNER else "",
            "roles_url": reverse("signin:roles") if several else "",
            "sign_out_url": reverse("signin:sign_out"),
        },
    }
