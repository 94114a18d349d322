"""Facts worth a look of a class and a period, gathered in a constant number of statements. Clause M6."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from jiangxue.accounts.queries.requests import corrected_between
from jiangxue.enrolment.queries import Class, archives_of_class, class_for, enrolled_since, learners_of_class, reach_of
from jiangxue.facecheck.queries.alike import Alike, alike_faces
from jiangxue.facecheck.queries.attempts import kept_attempts
from jiangxue.facecheck.queries.documents import found_different, matched_at
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check, DayTotal, StudySession
from jiangxue.learning.queries.periods import Period
from jiangxue.learning.rules import anomalies as rules
from jiangxue.learning.rules import face_anomalies as faces
from jiangxue.learning.rules.anomalies import Anomaly, AnomalyKind, CheckFact, DayFact
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.face_anomalies import LikeFace
from jiangxue.learning.rules.together import SessionFact, shared_addresses, shared_devices, starts_together
from jiangxue.policies.queries import time_policy_for
from jiangxue.policies.rules.time_policy import TimePolicy


def anomalies(viewer: Viewer, class_id: int, period: Period, now: datetime) -> list[Anomaly]:
    """Return what is worth a look in a class, what was seen last first and notes behind it; raise `NotInClass` for a class of others."""
    return anomalies_in(class_for(viewer, class_id), period, now)


def anomalies_in(watched: Class, period: Period, now: datetime) -> list[Anomaly]:
    """Return the same of a class that the viewer was shown, or for the program itself; its institution should be loaded with it."""
    class_id = watched.pk
    policy = time_policy_for(reach_of(watched), now).policy
    found = [
        *_between_learners(class_id, period, now),
        *_of_each_learner(class_id, period, policy),
        *_of_faces(class_id, period),
        *_of_enrolled_faces(class_id, period),
        *_of_documents(class_id, period),
    ]
    order = list(AnomalyKind)
    return sorted(found, key=lambda each: (each.is_note, -each.last_day, order.index(each.kind), each.learners))


def _between_learners(class_id: int, period: Period, now: datetime) -> Iterator[Anomaly]:
    sessions = _sessions(class_id, period, now)
    yield from shared_devices(sessions)
    yield from shared_addresses(sessions)
    yield from starts_together(sessions)


def _of_each_learner(class_id: int, period: Period, policy: TimePolicy) -> Iterator[Anomaly]:
    checks = _checks(class_id, period)
    yield from rules.quick_answers(checks)
    yield from rules.steady_answers(checks)
    yield from rules.measures_apart(checks)
    yield from rules.misses_on_day(checks, policy)
    yield from rules.misses_in_period(checks)
    yield from rules.unbroken_days(_days(class_id, period))


def _of_faces(class_id: int, period: Period) -> Iterator[Anomaly]:
    attempts = kept_attempts(archives_of_class(class_id), period.begins_at, period.ends_at)
    yield from faces.colours_never_seen(attempts)
    yield from faces.camera_oddities(attempts)
    yield from faces.near_the_limit(attempts)


def _of_enrolled_faces(class_id: int, period: Period) -> list[Anomaly]:
    """Return which faces are alike in the week in which that was found, or in which one of them came into the class."""
    alike = alike_faces(learners_of_class(class_id))
    since = enrolled_since(class_id) if alike else {}
    begins_ms, ends_ms = to_ms(period.begins_at), to_ms(period.ends_at)
    found = [LikeFace(each.accounts, each.permille, _seen_ms(each, since)) for each in alike]
    return faces.same_faces([each for each in found if begins_ms <= each.at_ms < ends_ms], since)


def _of_documents(class_id: int, period: Period) -> list[Anomaly]:
    """Return what was said in the week, of those who were in the class by then."""
    words = [
        word for word in found_different(learners_of_class(class_id)) if period.begins_at <= word.at < period.ends_at
    ]
    since = enrolled_since(class_id) if words else {}
    said = [(word.account_id, to_ms(word.at)) for word in words if word.at >= since.get(word.account_id, word.at)]
    return [*faces.not_the_learners(said), *faces.corrected_after_compared(_corrected(class_id, period))]


def _corrected(class_id: int, period: Period) -> list[tuple[int, int]]:
    """Return whose name or number was corrected in the week, after their enrolled face had been held against the document that bore the other one, and when."""
    corrected = corrected_between(learners_of_class(class_id), period.begins_at, period.ends_at)
    compared = matched_at(account for account, _at in corrected) if corrected else {}
    return [(account, to_ms(at)) for account, at in corrected if account in compared and compared[account] < at]


def _seen_ms(alike: Alike, since: Mapping[int, datetime]) -> int:
    return to_ms(max([alike.found_at, *(since[account] for account in alike.accounts if account in since)]))


def _sessions(class_id: int, period: Period, now: datetime) -> Sequence[SessionFact]:
    """Return the sessions that touch the period; one that still runs is taken to end now."""
    rows = StudySession.objects.filter(
        Q(closed_at=None) | Q(closed_at__gt=period.begins_at),
        enrolment__training_class=class_id,
        opened_at__lt=period.ends_at,
    ).values_list("learner", "opened_at", "closed_at", "device", "address", "end_reason")
    return [
        SessionFact(
            learner=learner,
            day=day_of(to_ms(opened_at)),
            opened_ms=to_ms(opened_at),
            closed_ms=to_ms(closed_at or max(now, opened_at)),
            device=device,
            address=address or "",
            end_reason=end_reason,
        )
        for learner, opened_at, closed_at, device, address, end_reason in rows
    ]


def _checks(class_id: int, period: Period) -> Sequence[CheckFact]:
    rows = (
        Check.objects.filter(
            session__enrolment__training_class=class_id, asked_at__gte=period.begins_at, asked_at__lt=period.ends_at
        )
        .exclude(outcome="")
        .values_list("learner", "asked_at", "outcome", "reaction_ms", "claimed_reaction_ms")
    )
    return [
        CheckFact(learner, day_of(to_ms(asked_at)), to_ms(asked_at), CheckOutcome(outcome), reaction_ms, claimed_ms)
        for learner, asked_at, outcome, reaction_ms, claimed_ms in rows
    ]


def _days(class_id: int, period: Period) -> Iterator[DayFact]:
    rows = DayTotal.objects.filter(training_class=class_id, day__gte=period.first, day__lte=period.last)
    for learner, day, credited_ms, refused_ms in rows.values_list("learner", "day", "credited_ms", "refused_ms"):
        yield DayFact(learner, day.toordinal(), credited_ms, sum(refused_ms.get(each, 0) for each in rules.BREAKS))
