"""What of attendance is written into archives. docs/formats/records.md."""

from jiangxue.attendance.models import AttendanceMark, AttendanceObjection, AttendanceStatement
from jiangxue.enrolment.queries.plan import Item
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import to_ms


def item_facts(item: Item) -> dict[str, Value]:
    """Return what a record says of the item that it is about: an archive is read without any plan."""
    return {
        "item": item.pk,
        "title": item.title,
        "mode": item.mode,
        "hours": item.hours,
        "starts_at_ms": to_ms(item.starts_at),
        "ends_at_ms": to_ms(item.ends_at),
    }


def mark_facts(mark: AttendanceMark) -> dict[str, Value]:
    """Return what is sealed of a signature."""
    return {
        **item_facts(mark.item),
        "side": mark.side,
        "read_at_ms": to_ms(mark.at),
        "steps_old": mark.steps_old,
        "device": mark.device,
        "browser": mark.browser,
        "address": mark.address,
    }


def statement_facts(statement: AttendanceStatement) -> dict[str, Value]:
    """Return what is sealed of a statement."""
    start, end = statement.present_from, statement.present_until
    return {
        **item_facts(statement.item),
        "statement": statement.pk.hex,
        "ordinal": statement.ordinal,
        "present_from_ms": to_ms(start) if start else None,
        "present_until_ms": to_ms(end) if end else None,
        "text": statement.text,
        "by": statement.by_id,
        "role": statement.role,
    }


def objection_facts(objection: AttendanceObjection) -> dict[str, Value]:
    """Return what is sealed of an objection."""
    return {
        **item_facts(objection.item),
        "ordinal": objection.ordinal,
        "text": objection.text,
        "due_on": objection.due_on.isoformat(),
    }
