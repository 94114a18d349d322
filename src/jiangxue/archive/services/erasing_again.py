"""Erasing again, in a database that was brought back from a backup, what had been erased after that was made. Clause M2.

The signer keeps the list (`ledger.log.memory.Memory.erased`), outside every database.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from jiangxue.accounts.services.erasing import erase_account
from jiangxue.archive.services.erasing import erase_rows, is_learner_only
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.queries import places_by_archive, places_of
from jiangxue.enrolment.services import mark_erased
from jiangxue.facecheck.services.erasing import erase_faces
from jiangxue.ledger.services.forgetting import (
    forget_again,
    has_contents,
    is_erasable,
    is_term_over,
    taken_as_erased,
)


def erase_again(aids: Collection[UUID], *, now: datetime) -> int:
    """Erase what a backup brought back of these archives, with the accounts of whom nothing is left, and return how many there were.

    Whose term is not over by the database's clock stays, whatever the list says. For the owner of the tables alone. What the log there holds as erased itself is left to the retention run.
    """
    proved = {aid for aid in aids if is_erasable(aid)}
    back = [
        place for place in places_by_archive(set(aids) - proved) if has_contents(place.aid) and is_term_over(place.aid)
    ]
    with taken_as_erased(aids):
        for place in back:
            erase_rows(place.pk)
            forget_again(place.aid)
            mark_erased(place.pk, at=now)
        for learner_id in {place.learner_id for place in back}:
            if _has_nothing_left(learner_id, aids):
                erase_faces(learner_id)
                if is_learner_only(learner_id):
                    erase_account(learner_id, by=PROGRAM, now=now)
    return len(back)


def _has_nothing_left(learner_id: int, aids: Collection[UUID]) -> bool:
    return all(place.aid in aids for place in places_of(learner_id))
