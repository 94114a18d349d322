"""Who somebody is, what they agreed to and asked, when they signed in and who looked: the parts of a copy that are not learning."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from jiangxue.accounts.models import Consent, Membership
from jiangxue.accounts.queries import memberships
from jiangxue.accounts.queries.consents import history, text_of
from jiangxue.accounts.queries.persons import ShownPerson
from jiangxue.accounts.queries.requests import Correction, deletion_requests, own_corrections
from jiangxue.accounts.queries.verification import history_of
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.accounts.rules.verification import Verification
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.queries import looks_at, own_sign_ins
from jiangxue.audit.services import DONE
from jiangxue.enrolment.queries import own_place_ids
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.notices.models import Notice
from jiangxue.notices.queries import notices
from jiangxue.portals.notice_words import sentence_of
from jiangxue.portals.real_name import OUTCOMES
from jiangxue.ui.particulars import CORRECTED_FIELDS
from jiangxue.ui.roles import ROLE_LABELS, role_label

type Lines = Iterable[Mapping[str, object]]


def account_parts(viewer: Viewer, person: ShownPerson) -> Iterator[tuple[str, Lines]]:
    """Return the parts with their names, each as lines."""
    of = viewer.account_id
    yield _("Identity"), [_identity(person)]
    yield _("Real-name verification"), (_verification(each) for each in history_of(of))
    yield _("Roles"), (_role(each) for each in memberships(of))
    yield _("Consents"), (_consent(each) for each in history(of))
    yield _("Requests for corrections"), (_correction(each) for each in own_corrections(of))
    asked = (
        {_("Asked for at"): each.asked_at, _("Taken back at"): each.withdrawn_at} for each in deletion_requests(of)
    )
    yield _("Requests for deletion"), asked
    yield _("Sign-ins"), (_sign_in(each) for each in own_sign_ins(of).iterator())
    yield _("Messages"), (_message(each) for each in notices(viewer).iterator())
    yield _("Who looked at your particulars"), (look_line(each) for each in looks_at(of, own_place_ids(of)).iterator())


def look_line(entry: AuditEntry) -> dict[str, object]:
    """Return who looked at somebody's particulars, by their role, when and why."""
    role = str(ROLE_LABELS[Role(entry.role)]) if entry.role else ""
    return {_("Time"): entry.at, _("Role"): role, _("Reason"): entry.reason}


def _identity(person: ShownPerson) -> dict[str, object]:
    return {
        _("Name"): person.name,
        _("Account"): person.login_name,
        _("Kind of identity document"): person.id_type,
        _("Identity number"): person.id_number,
        _("Mobile number"): person.phone,
        _("Date of birth"): person.born,
        _("Sex"): person.sex,
    }


def _verification(known: Verification) -> dict[str, object]:
    return {
        _("Time"): known.at,
        _("Verified by"): known.source,
        _("Result"): str(OUTCOMES[known.outcome]),
        _("Reference"): known.reference,
    }


def _role(held: Membership) -> dict[str, object]:
    return {
        _("Role"): str(role_label(Role(held.role), held.organisation_id)),
        _("Institution"): held.organisation.name if held.organisation else "",
    }


def _consent(said: Consent) -> dict[str, object]:
    is_known = said.purpose in PURPOSES
    return {
        _("Time"): said.at,
        _("Purpose"): text_of(Purpose(said.purpose)).title if is_known else said.purpose,
        _("Version"): said.version,
        _("Check value of the text"): said.text_sha256,
        _("Said"): _("I agree") if said.is_given else _("I do not agree"),
    }


def _correction(asked: Correction) -> dict[str, object]:
    decided = asked.decision
    return {
        _("Asked for at"): asked.request.asked_at,
        _("What is to be corrected"): str(CORRECTED_FIELDS[asked.request.field]),
        _("Wanted"): asked.masked_wanted,
        _("Reason"): asked.request.reason,
        _("Result"): "" if decided is None else _("corrected") if decided.is_granted else _("not corrected"),
        _("Decided at"): decided.at if decided else None,
        _("Reason of the decision"): decided.reason if decided else "",
    }


def _message(told: Notice) -> dict[str, object]:
    return {_("Time"): told.at, _("Message"): sentence_of(told), _("Read at"): told.read_at}


def _sign_in(entry: AuditEntry) -> dict[str, object]:
    return {
        _("Time"): entry.at,
        _("Network address"): entry.address,
        _("Result"): _("done") if entry.result == DONE else _("refused"),
    }
