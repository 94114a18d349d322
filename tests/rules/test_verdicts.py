"""Later verdicts over credited time: what they take, what they leave, and that nothing is lost or counted twice. Clause T1.3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.learning.rules.verdicts import (
    Judged,
    VerdictKind,
    after_verdicts,
    credited_spans,
    latest,
    length_ms,
    without,
)


@st.composite
def timelines(draw: st.DrawFn) -> list[Stretch]:
    found, at_ms = [], draw(st.integers(0, 1_000))
    for length in draw(st.lists(st.integers(1, 100), max_size=8)):
        found.append(Stretch(at_ms, at_ms + length, draw(st.sampled_from([None, None, Reason.PAUSED]))))
        at_ms += length
    return found


@given(timelines(), st.integers(0, 900))
def test_the_latest_part_is_taken_from_the_end_and_the_rest_stays(timeline, most_ms):
    spans = credited_spans(timeline)
    taken = latest(spans, most_ms)
    left = without(spans, taken)
    assert length_ms(taken) == min(most_ms, length_ms(spans))
    assert length_ms(left) + length_ms(taken) == length_ms(spans)
    assert all(end_ms <= taken[0][0] for _, end_ms in left if taken)
    assert latest(spans, None) == spans


@pytest.mark.clause("T1.3", "T2.6")
@given(timelines(), st.integers(0, 900), st.booleans())
def test_verdicts_change_the_kind_of_time_and_never_its_amount(timeline, most_ms, confirmed):
    spans = credited_spans(timeline)
    voided = latest(spans, most_ms)
    verdicts = [Judged(VerdictKind.MISSED_CHECK, voided)]
    if confirmed:
        verdicts.append(Judged(VerdictKind.CONFIRMED, without(spans, voided)))
    after = after_verdicts(timeline, verdicts)
    assert [(s.start_ms, s.end_ms) for s in after] == sorted((s.start_ms, s.end_ms) for s in after)
    assert sum(s.ms for s in after) == sum(s.ms for s in timeline)
    by_kind = {kind: sum(s.ms for s in after if s.kind == kind) for kind in {s.kind for s in after}}
    assert by_kind.get("missed_check", 0) == length_ms(voided)
    rest_ms = length_ms(spans) - length_ms(voided)
    assert by_kind.get("confirmed" if confirmed else "provisional", 0) == rest_ms
