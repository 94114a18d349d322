"""Telling people of the deadlines of cases and orders, once a day; each is told of once. Clause C5."""

from datetime import datetime

from jiangxue.kernel.clock import learning_day
from jiangxue.supervision.queries.cases import at_a_deadline as cases_at_a_deadline
from jiangxue.supervision.queries.orders import to_answer_by
from jiangxue.supervision.services import telling_of_cases, telling_of_orders


def tell_of_deadlines(now: datetime) -> None:
    """Tell whom the last day of an explanation or an answer is near, and officers what is overdue."""
    today = learning_day(now)
    for filed in cases_at_a_deadline(today, today + telling_of_cases.NEAR):
        telling_of_cases.tell_of_deadline(filed, now)
    for ordered in to_answer_by(today + telling_of_orders.NEAR):
        telling_of_orders.tell_of_deadline(ordered, now)
