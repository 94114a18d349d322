"""Pages of long lists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from jiangxue.djangokit.row_security import as_program

if TYPE_CHECKING:
    from django.db.models import QuerySet

    _Pages = Paginator[Any]
else:
    _Pages = Paginator


class InTwoSteps(_Pages):
    """Pages of a query whose rows are wide: first the keys of one page, then these rows with all that stands beside them.

    So the database sorts and counts narrow rows, and joins what is shown alone; both steps are under the conditions of the query. Row-level
    security is asked for what is shown alone: of all rows that are counted it would be asked as many times as there are tables.
    """

    @cached_property
    def count(self) -> int:
        """Return how many rows there are."""
        with as_program():
            return int(super().count)

    def page(self, number: int | str) -> "Page[Any]":
        """Return one page; rows that went between the two steps are left out."""
        query = cast("QuerySet[Any, Any]", self.object_list).all()
        self.object_list = query  # one that was read before would be cut as a list
        found = super().page(number)
        with as_program():
            keys = list(cast("QuerySet[Any, Any]", found.object_list).values_list("pk", flat=True))
        rows = {row.pk: row for row in query.order_by().filter(pk__in=keys)}
        found.object_list = [rows[key] for key in keys if key in rows]
        return found


def with_lines[Row, Line](page: Page[Row], lines: Sequence[Line]) -> Page[Line]:
    """Return a page of rows as the page of lines that a template shows; numbers and counts stay those of the rows."""
    shown = cast("Page[Line]", page)
    shown.object_list = lines
    return shown
