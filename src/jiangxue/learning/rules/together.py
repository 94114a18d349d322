"""Facts worth a look that lie between sessions of several learners: one device, one address, one second. Clause M6.

A session holds from its opening to its end. What is recorded of device and address is coarse: a device is such as 手机 · 微信, and a
whole house, school or phone mast may have one address. So each of these patterns has ordinary causes, and the page names them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import attrgetter

from jiangxue.learning.rules.anomalies import Anomaly, AnomalyKind, Evidence
from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.reasons import EndReason

HANDOVER_MS = 60_000
"""Less than a minute between one learner's end and another's beginning, on one device: too short for two people to change seats and sign in."""
CROWD = 3
"""So many learners at one address at one time are a room with computers more often than one person."""
SAME_SECOND_MS = 1_000
TOGETHER = 3
"""Two learners begin within one second by chance every few days in a busy class; three rarely do."""
PAIR_DAYS = 3
"""The same two on so many days are no chance any more."""
NEARBY_MS = 60_000
NEARBY_SHARE = 0.5
"""A teacher who says 开始 brings thirty people in over a minute; a script brings in all of its people in one second. So those who begin
in one second are seen only where they are at least this share of those who begin within a minute of them."""
REOPENED_WITHIN_MS = 120_000
"""A page that opened again by itself, after a new rule or a reload, is no beginning."""


@dataclass(frozen=True, slots=True)
class SessionFact:
    """One session of one learner; an open one ends where the facts were gathered, and has no `end_reason`."""

    learner: int
    day: int
    opened_ms: int
    closed_ms: int
    device: str = ""
    address: str = ""
    end_reason: str = ""


_IN_ORDER = attrgetter("opened_ms", "learner", "closed_ms", "device", "address", "end_reason")
"""By time, and one order only where times are the same, so that what is found does not depend on how the facts came."""


def shared_devices(sessions: Sequence[SessionFact]) -> list[Anomaly]:
    """Find learners who use a device of one description at one address at the same time or within a minute of one another.

    On a day on which that address is crowded, a room with computers is the likelier cause, and `shared_addresses` notes it.
    """
    found = []
    for here in _grouped(sessions, "device", "address"):
        pairs = list(_close(here))
        crowds = _crowds(each for each in sessions if each.address == here[0].address) if pairs else []
        crowded_days = {day_of(at_ms) for crowd in crowds for at_ms in crowd}
        met = [pair for pair in pairs if pair[1].day not in crowded_days]
        for learners in connected([{a.learner, b.learner} for a, b in met]):
            seen = {session for pair in met for session in pair if session.learner in learners}
            found.append(_anomaly(AnomalyKind.SHARED_DEVICE, seen))
    return found


def shared_addresses(sessions: Iterable[SessionFact]) -> list[Anomaly]:
    """Note addresses at which several learners were learning at the same time, one anomaly for each address."""
    found = []
    for here in _grouped(sessions, "address"):
        crowds = _crowds(here)
        seen = {each for crowd in crowds for each in here if each.opened_ms <= crowd[1] and each.closed_ms > crowd[0]}
        if seen:
            found.append(_anomaly(AnomalyKind.SHARED_ADDRESS, seen))
    return found


def _close(here: Sequence[SessionFact]) -> Iterator[tuple[SessionFact, SessionFact]]:
    """Return pairs of sessions of different learners that overlap or follow at once, the earlier first."""
    live: list[SessionFact] = []
    for each in here:
        live = [before for before in live if each.opened_ms - before.closed_ms < HANDOVER_MS]
        yield from ((before, each) for before in live if before.learner != each.learner)
        live.append(each)


def _crowds(here: Iterable[SessionFact]) -> list[tuple[int, int]]:
    """Return from when to when at least `CROWD` learners were learning at one address."""
    lasting = [each for each in here if each.closed_ms > each.opened_ms]
    changes = sorted(
        (at, step, each.learner) for each in lasting for at, step in ((each.opened_ms, 1), (each.closed_ms, 0))
    )
    inside: list[int] = []
    crowds: list[tuple[int, int]] = []
    began = None
    for at, step, learner in changes:
        if step:
            inside.append(learner)
        else:
            inside.remove(learner)
        crowded = len(set(inside)) >= CROWD
        if crowded and began is None:
            began = at
        elif not crowded and began is not None:
            crowds.append((began, at))
            began = None
    return crowds


def starts_together(sessions: Sequence[SessionFact]) -> list[Anomaly]:
    """Find learners who begin within the same second: three or more at once, or the same two on several days."""
    seconds = _seconds(_beginnings(sessions))
    crowd = [second for second in seconds if len({each.learner for each in second}) >= TOGETHER]
    found = [
        _anomaly(AnomalyKind.STARTS_TOGETHER, {each for second in crowd for each in second if each.learner in learners})
        for learners in connected([{each.learner for each in second} for second in crowd])
    ]
    known = [set(anomaly.learners) for anomaly in found]
    for pair, met in sorted(_pairs(seconds).items()):
        if len({each.day for each in met}) >= PAIR_DAYS and not any(learners >= set(pair) for learners in known):
            found.append(_anomaly(AnomalyKind.STARTS_TOGETHER, met))
    return found


def _beginnings(sessions: Sequence[SessionFact]) -> list[SessionFact]:
    """Return the sessions that a person began, in order: what a page opened again by itself is left out."""
    begun = []
    last: dict[int, SessionFact] = {}
    for each in sorted(sessions, key=_IN_ORDER):
        before = last.get(each.learner)
        last[each.learner] = each
        again = before is not None and before.end_reason == EndReason.REOPENED
        if before is None or not again or each.opened_ms - before.closed_ms > REOPENED_WITHIN_MS:
            begun.append(each)
    return begun


def _seconds(begun: Sequence[SessionFact]) -> list[Sequence[SessionFact]]:
    """Return groups of sessions of two or more learners that begin within one second while few others begin near them."""
    found: list[Sequence[SessionFact]] = []
    opened_ms = [each.opened_ms for each in begun]
    at = 0
    while at < len(begun):
        first_ms = opened_ms[at]
        after = bisect_left(opened_ms, first_ms + SAME_SECOND_MS)
        near = begun[bisect_left(opened_ms, first_ms - NEARBY_MS) : bisect_left(opened_ms, first_ms + NEARBY_MS)]
        learners = {each.learner for each in begun[at:after]}
        if len(learners) > 1 and len(learners) >= NEARBY_SHARE * len({each.learner for each in near}):
            found.append(begun[at:after])
        at = after
    return found


def _pairs(seconds: Iterable[Sequence[SessionFact]]) -> dict[tuple[int, int], set[SessionFact]]:
    met: dict[tuple[int, int], set[SessionFact]] = {}
    for second in seconds:
        for a, b in combinations(sorted(second, key=attrgetter("learner")), 2):
            if a.learner != b.learner:
                met.setdefault((a.learner, b.learner), set()).update((a, b))
    return met


def _grouped(sessions: Iterable[SessionFact], *names: str) -> list[list[SessionFact]]:
    """Group sessions by what is recorded under some names, each group in order of opening; what is not recorded is alike with nothing."""
    known = [each for each in sessions if all(getattr(each, name) for name in names)]
    ordered = sorted(sorted(known, key=_IN_ORDER), key=attrgetter(*names))
    return [list(own) for _, own in groupby(ordered, key=attrgetter(*names))]


def connected(groups: Iterable[set[int]]) -> list[set[int]]:
    """Join groups of learners that have somebody in common."""
    joined: list[set[int]] = []
    for group in groups:
        touching = [each for each in joined if each & group]
        joined = [each for each in joined if not each & group] + [group.union(*touching)]
    return joined


def _anomaly(kind: AnomalyKind, seen: Iterable[SessionFact]) -> Anomaly:
    ordered = sorted(seen, key=_IN_ORDER)
    evidence = tuple(
        Evidence(each.learner, each.day, each.opened_ms, each.closed_ms, device=each.device, address=each.address)
        for each in ordered
    )
    return Anomaly(kind, tuple(sorted({each.learner for each in ordered})), evidence)
