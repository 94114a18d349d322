"""Rectification orders in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.supervision.errors.orders import NotADeadline, NotAFile, NotInRegion, NotTheTurn, NotYours, OrderRefusal
from jiangxue.supervision.rules.orders import OrderState, OrderStepKind

STATES: dict[OrderState, str | Promise] = {
    OrderState.DRAFT: gettext_lazy("draft of an order"),
    OrderState.TO_ANSWER: gettext_lazy("order to be answered"),
    OrderState.TO_ACCEPT: gettext_lazy("answered, to be accepted"),
    OrderState.ACCEPTED: gettext_lazy("accepted, closed"),
    OrderState.WITHDRAWN: gettext_lazy("order withdrawn"),
    OrderState.DROPPED: gettext_lazy("draft given up"),
}
STEPS: dict[OrderStepKind, str | Promise] = {
    OrderStepKind.DRAFTED: gettext_lazy("order drafted"),
    OrderStepKind.ISSUED: gettext_lazy("order issued"),
    OrderStepKind.DROPPED: gettext_lazy("order given up"),
    OrderStepKind.ANSWERED: gettext_lazy("order answered"),
    OrderStepKind.DEMANDED: gettext_lazy("demanded again"),
    OrderStepKind.ACCEPTED: gettext_lazy("answer accepted"),
    OrderStepKind.WITHDRAWN: gettext_lazy("withdrawn by the authority"),
}


def refusal_said(refusal: OrderRefusal) -> str:
    """Say why a step is not taken; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case NotYours():
            return _("This step belongs to another role or another authority.")
        case NotTheTurn():
            return _("The order has moved on since you opened the page. Look at the steps again.")
        case NotInRegion():
            return _("This institution or class is not in your region, or the class is not the institution's.")
        case NotADeadline():
            return _("The last day for the answer is today at the earliest, and half a year from now at the latest.")
        case NotAFile():
            return _("Send at most 3 files.")
        case _:
            raise refusal
