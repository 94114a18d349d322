"""The sheet of an item: everybody's marks, statements and objections, for staff, supervisors and the learner themselves. Clauses C3, C5."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from jiangxue.attendance.models import AttendanceMark, AttendanceObjection, AttendanceStatement
from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.rules.deciding import Word
from jiangxue.attendance.rules.hints import Hint, Signing, hints
from jiangxue.attendance.rules.presence import Mark, Presence, Span, Stated, presence
from jiangxue.enrolment.queries.plan import Item
from jiangxue.kernel.clock import to_ms

type Key = tuple[int, int]
"""An item of a plan and a place in its class, by their numbers."""


@dataclass(slots=True)
class Entry:
    """What there is of one place at one item, each in order."""

    marks: list[AttendanceMark] = field(default_factory=list)
    statements: list[AttendanceStatement] = field(default_factory=list)
    objections: list[AttendanceObjection] = field(default_factory=list)

    def presence(self, planned: Span) -> Presence:
        """Return what counts of it."""
        marks = [Mark(Side(mark.side), to_ms(mark.at)) for mark in self.marks]
        return presence(planned, marks, [_stated(each) for each in self.statements])

    @property
    def words(self) -> list[Word]:
        """Return who stated something, and what second persons said."""
        return [Word(each.by_id, agreed(each)) for each in self.statements]

    @property
    def waiting(self) -> AttendanceStatement | None:
        """Return the statement that waits for its signature, if one does."""
        last = self.statements[-1] if self.statements else None
        return last if last is not None and agreed(last) is None else None

    @property
    def open_objection(self) -> AttendanceObjection | None:
        """Return the objection that no signed statement has answered, if there is one."""
        last = self.objections[-1] if self.objections else None
        if last is None:
            return None
        answered = any(agreed(each) and each.ordinal > last.after for each in self.statements)
        return None if answered else last


def agreed(statement: AttendanceStatement) -> bool | None:
    """Return what a second person said to a statement; None: nothing yet."""
    review = getattr(statement, "review", None)
    return review.agrees if review else None


def _stated(statement: AttendanceStatement) -> Stated:
    start, end = statement.present_from, statement.present_until
    return Stated((to_ms(start), to_ms(end)) if start and end else None, agreed(statement))


def planned_span(item: Item) -> Span:
    """Return when an item is planned, in ms since 1970."""
    return to_ms(item.starts_at), to_ms(item.ends_at)


def entries(items: Collection[int], enrolment_ids: Collection[int] | None = None) -> dict[Key, Entry]:
    """Return what there is of items, of all or of some places, for callers who may see these; nothing where there is nothing."""
    found: dict[Key, Entry] = defaultdict(Entry)
    wanted = {"item__in": items} if enrolment_ids is None else {"item__in": items, "enrolment__in": enrolment_ids}
    for mark in AttendanceMark.objects.filter(**wanted).order_by("at", "pk"):
        found[mark.item_id, mark.enrolment_id].marks.append(mark)
    statements = AttendanceStatement.objects.filter(**wanted).select_related("by", "review__by")
    for statement in statements.order_by("ordinal"):
        found[statement.item_id, statement.enrolment_id].statements.append(statement)
    for objection in AttendanceObjection.objects.filter(**wanted).order_by("ordinal"):
        found[objection.item_id, objection.enrolment_id].objections.append(objection)
    return dict(found)


def hints_at(found: Sequence[Entry]) -> dict[int, tuple[Hint, ...]]:
    """Return what is unusual about signatures at one item, by place."""
    marks = [mark for entry in found for mark in entry.marks]
    return hints(Signing(mark.enrolment_id, mark.browser, mark.address or "") for mark in marks)
