"""Doing what would change the figures of a class only as long as these are not settled."""

from collections.abc import Callable

from django.db import transaction

from jiangxue.archive.errors import HoursSettled
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.archive.services.settling import lock_class


@transaction.atomic
def unless_settled[T](class_id: int, act: Callable[[], T]) -> T:
    """Do something with a class of which nothing is settled meanwhile, or raise `HoursSettled` where its hours are settled."""
    lock_class(class_id)
    if is_settled(class_id):
        raise HoursSettled
    return act()
