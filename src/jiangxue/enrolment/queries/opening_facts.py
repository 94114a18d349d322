"""What an application to open a class is held to, put together from all that is known, and what is found wrong with it. Clauses T7, C2, C3."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q

from jiangxue.accounts.queries import names_of
from jiangxue.accounts.queries.holders import Known, accounts_of, phones_in_use
from jiangxue.accounts.queries.members import staff_of
from jiangxue.accounts.rules.id_types import IdType, told_by
from jiangxue.courseware.queries.teaching import version_in_force
from jiangxue.courseware.queries.versions import Version
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.djangokit.row_security import as_program
from jiangxue.djangokit.sealed import blind_index, reveal
from jiangxue.enrolment.models import ClassOpening, Enrolment, RosterEntry
from jiangxue.enrolment.queries.plan import held
from jiangxue.enrolment.queries.same_elsewhere import same_elsewhere
from jiangxue.enrolment.rules.applications import (
    Application,
    Draft,
    Meeting,
    Named,
    RosterDigest,
    TaughtBy,
    sha256_of,
)
from jiangxue.enrolment.rules.licence_checks import OnFile
from jiangxue.enrolment.rules.opening_checks import Busy, Planned, plan_findings
from jiangxue.enrolment.rules.opening_findings import Finding
from jiangxue.enrolment.rules.openings import EDITABLE
from jiangxue.enrolment.rules.roster_checks import Candidate, Elsewhere, Holder, roster_findings
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.queries import held_by
from jiangxue.organisations.rules.papers import DEMANDED_OF
from jiangxue.policies.queries import RuleBook, rule_book
from jiangxue.policies.rules.reach import Reach


def version_for(opening: ClassOpening) -> Version | None:
    """Return the version by which a class would be taught: the one in force while the application is written, then the one it was handed in with, as long as that may be shown."""
    if opening.state in EDITABLE:
        return version_in_force(opening.course_id)
    return opening.version if opening.version is not None and opening.version.is_taught else None


def needs_approval(opening: ClassOpening, now: datetime) -> bool:
    """Say whether the supervisor of the region must approve, by the rules in force where the institution is."""
    return bool(_rules(opening, now).policy.class_approval)


@as_program()
def findings_of(opening: ClassOpening, now: datetime) -> tuple[Finding, ...]:
    """Return everything that is wrong with an application, its roster included; the caller has it from a viewer's query."""
    draft = Draft.from_values(opening.draft)
    version = version_for(opening)
    roster = list(RosterEntry.objects.filter(opening=opening).order_by("pk"))
    today = learning_day(now)
    candidates = _candidates(roster, _running(opening, version, today))
    accounts = {each.holder.account_id for each in candidates if each.holder is not None}
    return (
        *plan_findings(_planned(opening, draft, version, now), today),
        *roster_findings(candidates, opening.opens_on, draft.meetings, _learners_busy(accounts, draft.meetings)),
    )


def application_of(opening: ClassOpening, version: Version) -> Application:
    """Return all that an application says now, as one value."""
    draft = Draft.from_values(opening.draft)
    names = names_of({opening.head_teacher_id, *draft.teacher_ids})
    facts = version.whole.facts
    return Application(
        institution=Named(opening.institution_id, opening.institution.name),
        course=Named(opening.course_id, opening.course.title),
        version=TaughtBy(version.pk, version.serial, version.title, version.sha256, facts.hours),
        name=opening.name,
        opens_on=opening.opens_on,
        closes_on=opening.closes_on,
        head_teacher=Named(opening.head_teacher_id, names.get(opening.head_teacher_id, "")),
        teachers=tuple(Named(pk, names.get(pk, "")) for pk in draft.teacher_ids),
        draft=draft,
        roster=roster_digest(RosterEntry.objects.filter(opening=opening).order_by("id_number_index")),
    )


def roster_digest(roster: Iterable[RosterEntry]) -> RosterDigest:
    """Return how many stand on a roster and the hash of what is written of them; numbers go into it by their keyed indexes alone."""
    lines: list[Value] = [
        [
            bytes(each.id_number_index).hex(),
            *(each.name, each.id_type, each.group, each.education),
            *(each.domicile, each.employer, each.employer_uscc),
        ]
        for each in roster
    ]
    return RosterDigest(len(lines), sha256_of(lines))


def _planned(opening: ClassOpening, draft: Draft, version: Version | None, now: datetime) -> Planned:
    book = _rules(opening, now)
    return Planned(
        draft=draft,
        content=version.whole if version else None,
        opens_on=opening.opens_on,
        closes_on=opening.closes_on,
        head_teacher_id=opening.head_teacher_id,
        heads=_ids(staff_of(opening.institution_id, (Role.HEAD_TEACHER,))),
        members=_ids(staff_of(opening.institution_id)),
        day_ms=min(book.policy.class_day_cap_ms, book.policy.day_cap_ms),
        busy=_teachers_busy(draft.meetings),
        locked_hours=_locked_hours(book),
        pace=Pace(page_ms=book.policy.page_ms),
        on_file=_on_file(opening, stops=bool(book.policy.class_licence)),
    )


def _on_file(opening: ClassOpening, *, stops: bool) -> OnFile:
    demanded = DEMANDED_OF.get(opening.institution.kind, ())
    return OnFile(held_by(opening.institution_id), demanded, stops)


def _ids(accounts: Iterable[Known]) -> frozenset[int]:
    return frozenset(each.pk for each in accounts)


def _rules(opening: ClassOpening, now: datetime) -> RuleBook:
    return rule_book(Reach(opening.institution.region_id, opening.institution_id), now)


def _locked_hours(book: RuleBook) -> tuple[int, int] | None:
    begin, end = book.standings["hours_from_min"], book.standings["hours_until_min"]
    if begin.locked_by is None and end.locked_by is None:
        return None
    return begin.value if begin.locked_by is not None else 0, end.value if end.locked_by is not None else 24 * 60


def _within(meetings: Sequence[Meeting]) -> dict[str, datetime]:
    """Return, for a filter, the stretch of time that holds all items; nothing lies in it where none has times."""
    begins = [each.starts_at for each in meetings if each.starts_at]
    ends = [each.ends_at for each in meetings if each.ends_at]
    return {"starts_at__lt": max(ends), "ends_at__gt": min(begins)} if begins and ends else {}


def _teachers_busy(meetings: Sequence[Meeting]) -> tuple[Busy, ...]:
    within = _within(meetings)
    if not within:
        return ()
    teachers = {each.teacher_id for each in meetings if each.teacher_id is not None}
    taken = held().filter(teacher_id__in=teachers, **within)
    return tuple(Busy(each.teacher_id, each.starts_at, each.ends_at) for each in taken)


def _learners_busy(accounts: Collection[int], meetings: Sequence[Meeting]) -> tuple[Busy, ...]:
    within = _within(meetings)
    if not within or not accounts:
        return ()
    places = Enrolment.objects.filter(learner_id__in=accounts, left_at=None, erased_at=None)
    learners: dict[int, list[int]] = {}
    for class_id, learner_id in places.values_list("training_class_id", "learner_id"):
        learners.setdefault(class_id, []).append(learner_id)
    taken = held().filter(training_class_id__in=learners, **within)
    return tuple(
        Busy(learner_id, each.starts_at, each.ends_at)
        for each in taken
        for learner_id in learners[each.training_class_id]
    )


def _running(opening: ClassOpening, version: Version | None, today: date) -> Mapping[int, Elsewhere]:
    """Return who learns the same in another running class, by account; its name is told to its own institution alone."""
    if version is None:
        return {}
    numbers = RosterEntry.objects.filter(opening=opening).values_list("id_number_index", flat=True)
    found = same_elsewhere(
        Q(learner__identity__id_number_index__in=numbers), version, today, but=opening.training_class_id
    )
    return {
        learner_id: Elsewhere(each.name if each.institution_id == opening.institution_id else "")
        for learner_id, each in found.items()
    }


def _candidates(roster: Sequence[RosterEntry], running: Mapping[int, Elsewhere]) -> list[Candidate]:
    holders = accounts_of([bytes(each.id_number_index) for each in roster])
    phones = {each.pk: reveal(each, "phone") if each.phone else "" for each in roster}
    taken = phones_in_use([blind_index("phone", phone) for phone in phones.values() if phone])
    return [
        _candidate(each, phones[each.pk], holders.get(bytes(each.id_number_index)), taken, running) for each in roster
    ]


def _candidate(
    each: RosterEntry, phone: str, account: Known | None, taken: Collection[bytes], running: Mapping[int, Elsewhere]
) -> Candidate:
    return Candidate(
        entry=each.pk,
        name=each.name,
        number=bytes(each.id_number_index),
        phone=phone,
        born=told_by(IdType(each.id_type), reveal(each, "id_number")).born,
        holder=Holder(account.pk, account.name, account.is_active and account.restricted_at is None)
        if account
        else None,
        is_phone_taken=bool(phone) and blind_index("phone", phone) in taken,
        elsewhere=running.get(account.pk) if account else None,
    )
