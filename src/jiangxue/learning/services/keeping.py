"""Writing down what was sealed, for many sessions in one statement each. Clauses T1.3, T8.2.

Callers hold the rows of the sessions locked. Rows that sessions of one person share are written in the order of their keys.
"""

import base64
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import from_ms
from jiangxue.learning.models import LessonProgress, Segment, StudySession
from jiangxue.learning.rules.checks import Cleared
from jiangxue.learning.rules.closing import Closing
from jiangxue.learning.rules.replay import Sealing
from jiangxue.learning.rules.shapes import DayShare
from jiangxue.learning.running import state_values
from jiangxue.learning.services.columns import execute_with
from jiangxue.ledger import services as ledger


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealing of a locked session: the beats up to number `last_n`, what they came to, and the end or the check's outcome after them.

    `lease_held` is what the lease held where judging again came to something else.
    """

    session: StudySession
    last_n: int
    packed: bytes
    sealing: Sealing
    last: Closing | Cleared | None
    lease_held: dict[str, Any] | None

    @property
    def end(self) -> Closing | None:
        """Return when and why the session ended with it."""
        return None if isinstance(self.last, Cleared) else self.last

    @property
    def cleared(self) -> list[int | None] | None:
        """Return the outcome of a check that came after the beats, as a segment keeps it."""
        if not isinstance(self.last, Cleared):
            return None
        return [self.last.at_ms, self.last.until_check_ms, self.last.provisional_ms, self.last.until_face_ms]

    @property
    def up_to(self) -> datetime:
        """Return the server time up to which the session is sealed with it; never before its opening, if the clock stepped back."""
        return max(self.session.opened_at, from_ms(self.sealing.after.beat_at_ms))


def keep(sealed: Sequence[Sealed]) -> None:
    """Add segments, totals, progress and evidence, and write into the sessions how far they are sealed or that they ended."""
    rows = [row for each in sealed for row in _segments(each)]
    Segment.objects.bulk_create(rows)
    _add_to_days(sealed)
    _keep_progress(sealed)
    ledger.append_all([entry for each in sealed for entry in _evidence(each)])
    _keep_sessions(sealed)


def _segments(each: Sealed) -> list[Segment]:
    sealing = each.sealing
    return [
        Segment(
            session=each.session,
            sealing=each.session.sealings + 1,
            day=date.fromordinal(share.day),
            first_n=each.session.sealed_n + 1,
            last_n=each.last_n,
            start=state_values(sealing.start),
            after=state_values(sealing.after),
            beats=each.packed if share is sealing.shares[0] else b"",
            lease_held=each.lease_held,
            cleared=each.cleared,
            **share_values(share),
        )
        for share in sealing.shares
    ]


def share_values(share: DayShare) -> dict[str, Any]:
    """Return the sums and the time line of a share as a segment keeps them."""
    return {
        "credited_ms": share.credited_ms,
        "refused_ms": {reason.value: ms for reason, ms in share.refused_ms.items()},
        "stretches": [[stretch.start_ms, stretch.end_ms, stretch.reason] for stretch in share.stretches],
    }


_ADD_TO_DAYS = """
INSERT INTO learning_daytotal AS total (learner_id, training_class_id, day, credited_ms, refused_ms)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::integer[], %s::jsonb[])
ON CONFLICT (learner_id, training_class_id, day) DO UPDATE SET
    credited_ms = total.credited_ms + excluded.credited_ms,
    refused_ms = (
        SELECT coalesce(jsonb_object_agg(reason, ms), '{}') FROM (
            SELECT key AS reason, sum(value::bigint) AS ms FROM (
                SELECT * FROM jsonb_each_text(total.refused_ms)
                UNION ALL SELECT * FROM jsonb_each_text(excluded.refused_ms)
            ) AS both_sides GROUP BY key
        ) AS summed
    )
"""


def _add_to_days(sealed: Sequence[Sealed]) -> None:
    credited: Counter[tuple[int, int, date]] = Counter()
    refused: dict[tuple[int, int, date], Counter[str]] = {}
    for each in sealed:
        session = each.session
        for share in each.sealing.shares:
            key = (session.learner_id, session.enrolment.training_class_id, date.fromordinal(share.day))
            credited[key] += share.credited_ms
            refused.setdefault(key, Counter()).update({r.value: ms for r, ms in share.refused_ms.items()})
    rows = [(*key, credited[key], json.dumps(refused[key])) for key in sorted(refused)]
    execute_with(_ADD_TO_DAYS, rows)


def _keep_progress(sealed: Sequence[Sealed]) -> None:
    """Write how far each place has come; the last sealing of a lesson wins, and sessions come in the order they were sealed."""
    found = {(each.session.enrolment_id, each.session.lesson_id): each for each in sealed}
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(
                enrolment_id=enrolment_id,
                lesson_id=lesson_id,
                reached_ms=found[enrolment_id, lesson_id].sealing.after.reached_ms,
                page_ms=found[enrolment_id, lesson_id].sealing.after.page_ms,
                updated_at=found[enrolment_id, lesson_id].up_to,
            )
            for enrolment_id, lesson_id in sorted(found)
        ],
        update_conflicts=True,
        unique_fields=["enrolment", "lesson"],
        update_fields=["reached_ms", "page_ms", "updated_at"],
    )


_KEEP_SESSIONS = """
UPDATE learning_studysession AS session SET
    sealings = session.sealings + 1,
    sealed_n = sealed.last_n,
    sealed_at = sealed.up_to,
    sealed_state = sealed.after,
    closed_at = sealed.closed_at,
    end_reason = sealed.end_reason
FROM unnest(%s::uuid[], %s::integer[], %s::timestamptz[], %s::jsonb[], %s::timestamptz[], %s::text[])
    AS sealed (id, last_n, up_to, after, closed_at, end_reason)
WHERE session.id = sealed.id
"""


def _keep_sessions(sealed: Sequence[Sealed]) -> None:
    rows: list[tuple[UUID, int, datetime, str, datetime | None, str]] = []
    for each in sealed:
        after = json.dumps(state_values(each.sealing.after))
        closed_at, reason = (each.up_to, each.end[1].value) if each.end else (None, "")
        rows.append((each.session.pk, each.last_n, each.up_to, after, closed_at, reason))
    execute_with(_KEEP_SESSIONS, rows)


def _evidence(each: Sealed) -> list[ledger.Event]:
    session, sealing = each.session, each.sealing
    sealed: dict[str, Value] = {
        "session": session.pk.hex,
        "sealing": session.sealings + 1,
        "policy_versions": [*session.policy_versions],
        "beats": base64.b64encode(each.packed).decode(),
        "first_n": session.sealed_n + 1,
        "last_n": each.last_n,
        "after": state_values(sealing.after),
        "days": [{"day": date.fromordinal(share.day).isoformat(), **share_values(share)} for share in sealing.shares],
    }
    if each.cleared is not None:
        sealed["cleared"] = list(each.cleared)
    if each.lease_held is not None:
        sealed["lease_held"] = json.dumps(each.lease_held)  # as it stood, whatever it was
    events = [ledger.Event(session.enrolment.aid, "segment.sealed", sealed, each.up_to)]
    if each.end is not None:
        closed: dict[str, Value] = {
            "session": session.pk.hex,
            "lesson": session.lesson_id,
            "reason": each.end[1].value,
            "policy_versions": [*session.policy_versions],
            "sealings": session.sealings + 1,
        }
        events.append(ledger.Event(session.enrolment.aid, "session.closed", closed, each.up_to))
    return events
