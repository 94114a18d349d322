"""What supervision refuses of rectification orders."""

from jiangxue.supervision.errors import SupervisionRefusal


class OrderRefusal(SupervisionRefusal):
    """Base of all refusals of rectification orders."""


class NoSuchOrder(OrderRefusal):
    """There is no such order, or the viewer may not see it."""


class NotYours(OrderRefusal):
    """This step belongs to another role or another authority."""


class NotTheTurn(OrderRefusal):
    """The order has moved on since the page was read, or has not come so far."""


class NotInRegion(OrderRefusal):
    """The institution or the class lies outside the authority's region, or the class is not the institution's."""


class NotADeadline(OrderRefusal):
    """A deadline lies before today, or more than half a year ahead."""


class NotAFile(OrderRefusal):
    """A file is empty, too large, no PDF and no picture, or there are too many of them."""
