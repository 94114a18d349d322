"""Telling people what they wait for: applications to open a class, promises to sign, and rosters that were taken in. Clauses T7, C1, C5.

In the transaction of what happened; whoever is told that something waits is told no more once it does not.
"""

from collections.abc import Iterable
from datetime import datetime

from jiangxue.accounts.queries.recipients import holders_of, supervisors_nearest
from jiangxue.audit.services import Actor, person_of
from jiangxue.enrolment.models import ClassOpening, OpeningStep, RosterFile, TrainingClass
from jiangxue.enrolment.queries.opening_facts import needs_approval
from jiangxue.enrolment.queries.openings import joined_since_opening, opening_of_class
from jiangxue.enrolment.rules.openings import StepKind
from jiangxue.kernel.viewer import Role
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import clear, tell

_OF_OPENINGS = ("opening.submitted", "opening.approved", "opening.returned")


def tell_of_step(opening: ClassOpening, kind: StepKind, *, by: Actor, at: datetime) -> None:
    """Tell who is to act next on an application: the supervisors nearest to it, or those of the institution who wrote it or lead it."""
    about, by_id = ("opening", opening.pk), person_of(by)
    clear(_OF_OPENINGS, about=about, at=at)
    params: Params = {"class_title": opening.name}
    match kind:
        case StepKind.SUBMITTED if needs_approval(opening, at):
            institution = opening.institution
            told = supervisors_nearest(institution.region_id, without=[by_id])
            params = {**params, "institution": institution.name}
            tell(told, kind="opening.submitted", about=about, params=params, at=at)
        case StepKind.APPROVED:
            tell(_institution_of(opening), kind="opening.approved", about=about, params=params, at=at)
        case StepKind.RETURNED:
            tell(_institution_of(opening), kind="opening.returned", about=about, params=params, at=at)
        case StepKind.OPENED:
            class_id = opening.training_class_id
            tell(
                {opening.head_teacher_id} - {by_id},
                kind="class.opened",
                about=("class", class_id),
                params=params,
                at=at,
            )
        case _:
            return


def _institution_of(opening: ClassOpening) -> set[int]:
    """Return the administrators of an institution, and those of its staff who wrote the application or are to lead the class."""
    institution_id = opening.institution_id
    administrators = holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=institution_id)
    leading = holders_of(Role.HEAD_TEACHER, organisation_id=institution_id)
    began = OpeningStep.objects.filter(opening=opening, kind=StepKind.STARTED).values_list("by_id", flat=True)
    return administrators | ({opening.head_teacher_id, *began} & leading)


def tell_of_places(class_id: int, learner_ids: Iterable[int], *, at: datetime) -> None:
    """Tell learners who have been given places in a class that came of an application that it is there and asks for their promise; of other classes nothing."""
    opening = ClassOpening.objects.filter(training_class=class_id).defer("draft").first()
    if opening is not None:
        params: Params = {"class_title": opening.name, "opens_on": opening.opens_on.isoformat()}
        tell(learner_ids, kind="promise.due", about=("class", class_id), params=params, at=at)


def tell_of_promise(class_id: int, learner_id: int, *, at: datetime) -> None:
    """Ask a learner no more for the promise that they have signed."""
    clear(["promise.due"], about=("class", class_id), at=at, only=[learner_id])


def tell_of_roster(file: RosterFile, *, at: datetime) -> None:
    """Tell who sent a roster what came of it, once the worker has taken it in."""
    left_out = len(file.outcome.get("left_out", ())) + len(file.outcome.get("refused", ()))
    params: Params = {"added": int(file.outcome.get("added", 0)), "left_out": left_out}
    if file.opening is not None:
        about, params = ("opening", file.opening.pk), {"class_title": file.opening.name, **params}
        tell([file.author_id], kind="roster.saved", about=about, params=params, at=at)
    elif file.training_class is not None:
        about, params = ("class", file.training_class.pk), {"class_title": file.training_class.name, **params}
        tell([file.author_id], kind="roster.taken_in", about=about, params=params, at=at)


def tell_of_joined(training_class: TrainingClass, *, at: datetime) -> None:
    """Tell the supervisors nearest to a class that was approved how many have come into it since it was opened: the approval knew nothing of them."""
    found = opening_of_class(training_class)
    if found is None or not any(step.kind == StepKind.APPROVED for step in found[1]):
        return
    institution, joined = training_class.institution, joined_since_opening(*found)
    params: Params = {"class_title": training_class.name, "institution": institution.name, "joined": joined}
    told, about = supervisors_nearest(institution.region_id), ("class", training_class.pk)
    tell(told, kind="class.joined", about=about, params=params, at=at)
