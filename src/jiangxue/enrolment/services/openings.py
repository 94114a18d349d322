"""Applications to open a class: writing them, handing them in, deciding about them. Clauses T7, C5; docs/rules/openings.md."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from jiangxue.accounts.queries.members import staff_of
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.errors import NotPublished
from jiangxue.courseware.queries.teaching import version_in_force
from jiangxue.courseware.queries.versions import Version
from jiangxue.enrolment.errors import ApplicationChanged, NotNow, NotTheirs, RosterOnItsWay, WordsMissing
from jiangxue.enrolment.models import ClassOpening, RosterEntry
from jiangxue.enrolment.queries.opening_facts import needs_approval
from jiangxue.enrolment.queries.openings import last_handed_in, opening_for
from jiangxue.enrolment.queries.roster_files import is_being_filled
from jiangxue.enrolment.rules.applications import Draft, Exam, Meeting, draft_of, taught_anew
from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState, StepKind, state_after
from jiangxue.enrolment.rules.portions import AT_ONCE
from jiangxue.enrolment.services.opened import fit_application, open_applied
from jiangxue.enrolment.services.opening_runs import ask_to_open, try_again
from jiangxue.enrolment.services.opening_steps import append_step
from jiangxue.enrolment.services.promises import sign_for_institution
from jiangxue.kernel.viewer import Role, Viewer

_WRITERS = frozenset({Role.INSTITUTION_ADMINISTRATOR, Role.HEAD_TEACHER})


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """What the first page of an application asks for; a head teacher can name nobody else as head teacher."""

    course_id: int
    name: str
    opens_on: date
    closes_on: date
    head_teacher_id: int
    teacher_ids: tuple[int, ...] = ()
    resources: str = ""
    hours_from_min: int | None = None
    hours_until_min: int | None = None


@transaction.atomic
def start_opening(*, viewer: Viewer, facts: ClassFacts, by: Actor, now: datetime) -> ClassOpening:
    """Begin an application with the plan and the assessment of the course's version in force, or raise `NotTheirs` or `NotPublished`."""
    version = _require_fit(viewer, facts)
    content = version.whole
    opening = ClassOpening.objects.create(
        institution=version.course.institution,
        course_id=facts.course_id,
        version=version,
        head_teacher_id=facts.head_teacher_id,
        name=facts.name,
        opens_on=facts.opens_on,
        closes_on=facts.closes_on,
        draft=_with(draft_of(content.planned, content.assessment), facts).to_values(),
        state=OpeningState.DRAFT.value,
        created_at=now,
    )
    append_step(opening, StepKind.STARTED, by=by, now=now)
    audit.record("opening.started", by=by, at=now, about=("opening", opening.pk))
    return opening


@transaction.atomic
def change_class(*, viewer: Viewer, opening_id: int, facts: ClassFacts, by: Actor, now: datetime) -> ClassOpening:
    """Change what an application says first; another course brings its own plan and assessment. Raises `NotNow`, `NotTheirs`, `NotPublished`."""
    version = _require_fit(viewer, facts)
    opening = locked_for_editing(viewer, opening_id)
    draft = Draft.from_values(opening.draft)
    if facts.course_id != opening.course_id:
        content = version.whole
        draft = taught_anew(draft, content.planned, content.assessment)
    opening.course_id, opening.version = facts.course_id, version
    opening.head_teacher_id, opening.name = facts.head_teacher_id, facts.name
    opening.opens_on, opening.closes_on = facts.opens_on, facts.closes_on
    return _saved(opening, _with(draft, facts), by=by, now=now)


@transaction.atomic
def change_meetings(
    *, viewer: Viewer, opening_id: int, meetings: tuple[Meeting, ...], by: Actor, now: datetime
) -> ClassOpening:
    """Change the live and practice items of an application, or raise `NotNow`."""
    opening = locked_for_editing(viewer, opening_id)
    return _saved(opening, replace(Draft.from_values(opening.draft), meetings=meetings), by=by, now=now)


@transaction.atomic
def change_exams(*, viewer: Viewer, opening_id: int, exams: tuple[Exam, ...], by: Actor, now: datetime) -> ClassOpening:
    """Change the assessment plan of an application, or raise `NotNow`."""
    opening = locked_for_editing(viewer, opening_id)
    return _saved(opening, replace(Draft.from_values(opening.draft), exams=exams), by=by, now=now)


@transaction.atomic
def submit_opening(  # noqa: PLR0913  (what is promised, and by which text, is said with it)
    *, viewer: Viewer, opening_id: int, seen_sha256: str, promise_version: int, by: Actor, now: datetime
) -> ClassOpening:
    """Freeze an application as it was shown and hand it in with the institution's promise; where nobody has to approve, open the class.

    The caller has asked for the administrator's password. Raises `NotTheirs`, `NotNow`, `RosterOnItsWay`, `ApplicationChanged`, `PromiseTextChanged` and `UnfitApplication`.
    """
    _require_role(viewer, Role.INSTITUTION_ADMINISTRATOR)
    opening = locked(viewer, opening_id)
    state = state_after(StepKind.SUBMITTED, OpeningState(opening.state))
    if is_being_filled(opening, now):
        raise RosterOnItsWay
    application = fit_application(opening, now)
    if application.sha256 != seen_sha256:
        raise ApplicationChanged
    opening.version_id, opening.state = application.version.id, state.value
    opening.save(update_fields=["version", "state"])
    append_step(opening, StepKind.SUBMITTED, by=by, now=now, application=application)
    sign_for_institution(opening=opening, version=promise_version, by=by, now=now)
    audit.record("opening.submitted", by=by, at=now, about=("opening", opening.pk))
    return opening if needs_approval(opening, now) else _open(opening, by=by, now=now)


@transaction.atomic
def take_back_opening(*, viewer: Viewer, opening_id: int, by: Actor, now: datetime) -> ClassOpening:
    """Take an application that nobody has decided yet back to change it, or raise `NotNow`."""
    _require_role(viewer, Role.INSTITUTION_ADMINISTRATOR)
    opening = locked(viewer, opening_id)
    _moved(opening, StepKind.TAKEN_BACK, by=by, now=now)
    audit.record("opening.taken_back", by=by, at=now, about=("opening", opening.pk))
    return opening


@transaction.atomic
def withdraw_opening(*, viewer: Viewer, opening_id: int, words: str, by: Actor, now: datetime) -> ClassOpening:
    """Give an application up, or raise `NotNow`; what happened to it stays, the people of its roster are forgotten."""
    _require_role(viewer, *_WRITERS)
    opening = locked(viewer, opening_id)
    _moved(opening, StepKind.WITHDRAWN, by=by, now=now, words=words)
    RosterEntry.objects.filter(opening=opening).delete()
    audit.record("opening.withdrawn", by=by, at=now, about=("opening", opening.pk))
    return opening


@transaction.atomic
def return_opening(  # noqa: PLR0913  (what is decided about is named by its hash)
    *, viewer: Viewer, opening_id: int, seen_sha256: str, words: str, by: Actor, now: datetime
) -> ClassOpening:
    """Give an application back to be changed, also one that is approved and not opened yet, saying why, or raise `NotNow`, `ApplicationChanged` or `WordsMissing`."""
    opening = _to_decide(StepKind.RETURNED, viewer, opening_id, seen_sha256)
    if not any(map(str.isalnum, words)):
        raise WordsMissing
    _moved(opening, StepKind.RETURNED, by=by, now=now, words=words)
    audit.record("opening.returned", by=by, at=now, about=("opening", opening.pk))
    return opening


@transaction.atomic
def approve_opening(  # noqa: PLR0913  (the same, with the number of the approval)
    *, viewer: Viewer, opening_id: int, seen_sha256: str, approval_no: str, words: str, by: Actor, now: datetime
) -> ClassOpening:
    """Approve an application under a number, or raise `NotNow`, `ApplicationChanged` or `WordsMissing`; the institution opens the class."""
    opening = _to_decide(StepKind.APPROVED, viewer, opening_id, seen_sha256)
    if not any(map(str.isalnum, approval_no)):
        raise WordsMissing
    _moved(opening, StepKind.APPROVED, by=by, now=now, words=words, approval_no=approval_no)
    audit.record("opening.approved", by=by, at=now, about=("opening", opening.pk))
    return opening


@transaction.atomic
def open_approved(*, viewer: Viewer, opening_id: int, by: Actor, now: datetime) -> ClassOpening:
    """Open the class of an approved application, with many people by the worker; one that is opened already, or on its way, stays as it is. Raises `NotNow`, `UnfitApplication`, `ApplicationChanged`, `RosterMoved`."""
    _require_role(viewer, *_WRITERS)
    opening = locked(viewer, opening_id)
    if opening.state == OpeningState.OPENED:
        return opening
    if opening.state == OpeningState.OPENING:
        return try_again(opening)
    if opening.state != OpeningState.APPROVED:
        raise NotNow
    if not _has_many(opening):
        fit_application(opening, now)
    return _open(opening, by=by, now=now)


def locked(viewer: Viewer, opening_id: int) -> ClassOpening:
    """Return an application that the viewer may see, locked until the transaction ends, or raise `NoSuchOpening`."""
    found = opening_for(viewer, opening_id)
    rows = ClassOpening.objects.select_for_update(of=("self",)).select_related("institution", "course", "version")
    return rows.get(pk=found.pk)


def locked_for_editing(viewer: Viewer, opening_id: int) -> ClassOpening:
    """Return an application that the viewer may change now, locked until the transaction ends, or raise `NotTheirs` or `NotNow`."""
    _require_role(viewer, *_WRITERS)
    opening = locked(viewer, opening_id)
    if opening.state not in EDITABLE:
        raise NotNow
    return opening


def _require_role(viewer: Viewer, *roles: Role) -> None:
    if viewer.role not in roles or viewer.organisation_id is None:
        raise NotTheirs


def _require_fit(viewer: Viewer, facts: ClassFacts) -> Version:
    """Return the version by which the class would be taught, or refuse what no form offers: another institution's course or people."""
    _require_role(viewer, *_WRITERS)
    if viewer.role is Role.HEAD_TEACHER and facts.head_teacher_id != viewer.account_id:
        raise NotTheirs
    teachers = set(staff_of(viewer.organisation_id or 0).values_list("pk", flat=True))
    version = version_in_force(facts.course_id)
    if version is None:
        raise NotPublished
    if (
        version.course.institution_id != viewer.organisation_id
        or {facts.head_teacher_id, *facts.teacher_ids} - teachers
    ):
        raise NotTheirs
    return version


def _with(draft: Draft, facts: ClassFacts) -> Draft:
    return replace(
        draft,
        teacher_ids=tuple(pk for pk in facts.teacher_ids if pk != facts.head_teacher_id),
        resources=facts.resources,
        hours_from_min=facts.hours_from_min,
        hours_until_min=facts.hours_until_min,
    )


def _saved(opening: ClassOpening, draft: Draft, *, by: Actor, now: datetime) -> ClassOpening:
    opening.draft = draft.to_values()
    opening.save()
    audit.record("opening.changed", by=by, at=now, about=("opening", opening.pk))
    return opening


def _to_decide(step: StepKind, viewer: Viewer, opening_id: int, seen_sha256: str) -> ClassOpening:
    if viewer.role is not Role.SUPERVISOR:
        raise NotTheirs
    opening = locked(viewer, opening_id)
    state_after(step, OpeningState(opening.state))
    kept = last_handed_in(opening.pk)
    if kept is None or kept.sha256 != seen_sha256:
        raise ApplicationChanged
    return opening


def _open(opening: ClassOpening, *, by: Actor, now: datetime) -> ClassOpening:
    """Open the class of a fit application, or, with many people, let the worker look once more and open it."""
    if _has_many(opening):
        return ask_to_open(opening, by=by, now=now)
    return open_applied(opening, by=by, now=now)


def _has_many(opening: ClassOpening) -> bool:
    return RosterEntry.objects.filter(opening=opening).count() > AT_ONCE


def _moved(  # noqa: PLR0913  (a step is all of this)
    opening: ClassOpening, kind: StepKind, *, by: Actor, now: datetime, words: str = "", approval_no: str = ""
) -> None:
    opening.state = state_after(kind, OpeningState(opening.state)).value
    opening.save(update_fields=["state"])
    append_step(opening, kind, by=by, now=now, words=words, approval_no=approval_no)
