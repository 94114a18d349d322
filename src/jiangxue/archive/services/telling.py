"""Telling people what they wait for: settlements, and archives whose term is over. Clauses C5, T8.1."""

from datetime import datetime, timedelta

from jiangxue.accounts.queries.recipients import administrators
from jiangxue.archive.models import RetentionRun, SettlementReview
from jiangxue.archive.queries.retention import places_due, unfinished_run
from jiangxue.archive.queries.settlements import settlement_of, state_of
from jiangxue.archive.rules.settlement import SettlementState
from jiangxue.enrolment.queries import Class, learners_ever_in
from jiangxue.enrolment.queries.by_day import classes_closing_between
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.second_person import checkers_of, is_checked_outside
from jiangxue.notices.queries import untold
from jiangxue.notices.services import clear, tell

LOOKED_BACK = timedelta(days=180)
"""A class that was over longer ago is not told of any more."""

_OF_SETTLEMENTS = ("class.to_settle", "settlement.proposed", "settlement.to_confirm", "settlement.sent_back")


def tell_of_proposal(training_class: Class, proposer_id: int, at: datetime) -> None:
    """Tell whoever may be the second person that a settlement waits for one."""
    about = ("class", training_class.pk)
    clear(_OF_SETTLEMENTS, about=about, at=at)
    second = checkers_of(training_class, at) - {proposer_id}
    kind = "settlement.to_confirm" if is_checked_outside(training_class, at) else "settlement.proposed"
    tell(second, kind=kind, about=about, params={"class_title": training_class.name}, at=at)


def tell_of_review(reviewed: SettlementReview, training_class: Class) -> None:
    """Tell the learners that their hours are recognised, or the head teacher that the settlement was sent back."""
    about, params = ("class", training_class.pk), {"class_title": training_class.name}
    clear(_OF_SETTLEMENTS, about=about, at=reviewed.at)
    if reviewed.confirms:
        learners = list(learners_ever_in(training_class.pk))
        tell(learners, kind="settlement.made", about=about, params=params, at=reviewed.at)
    else:
        head = [training_class.head_teacher_id]
        tell(head, kind="settlement.sent_back", about=about, params=params, at=reviewed.at)


def tell_of_run(run: RetentionRun) -> None:
    """Tell the security administrators that a list of archives waits for their word."""
    second = administrators(Role.SECURITY_ADMINISTRATOR) - {run.reported_by_id}
    tell(second, kind="retention.reported", about=("retention_run", run.pk), at=run.reported_at)


def tell_of_classes_over(now: datetime) -> None:
    """Tell each head teacher once that a class is over and its hours are to be settled; called once a day."""
    today = learning_day(now)
    for training_class in classes_closing_between(today - LOOKED_BACK, today):
        if now >= training_class.term.closes_at and state_of(settlement_of(training_class.pk)) is SettlementState.OPEN:
            about, params = ("class", training_class.pk), {"class_title": training_class.name}
            head = untold([training_class.head_teacher_id], "class.to_settle", about)
            tell(head, kind="class.to_settle", about=about, params=params, at=now)


def tell_of_retention(now: datetime) -> None:
    """Tell the system administrators once a month that archives are over their term and no run is under way."""
    today = learning_day(now)
    if unfinished_run() is None and (due := places_due(today)):
        about = ("retention_month", f"{today:%Y-%m}")
        told = untold(administrators(Role.SYSTEM_ADMINISTRATOR), "retention.due", about)
        tell(told, kind="retention.due", about=about, params={"count": len(due)}, at=now)
