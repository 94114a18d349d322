"""Three days of a ledger with three archives, two witnesses and daily heads: the honest twin of every attack."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiangxue_verify.archive import Judgement, Question, judge
from jiangxue_verify.trust import Trust, parse_trust
from tests.verify.builder import OWN, Log, Parts, Record, Seen, export, uuid
from tests.verify.notary import LOG, NOTARY, REGULATOR

START_S = 1_795_482_000
"""2026-11-24 09:00 in Beijing."""
HOUR_S = 3600
LEARNER, OTHER, COURSE = uuid("learner"), uuid("other"), uuid("course")
TRUST = f"# a list\n\nlog {LOG.verifier_key}\nwitness {REGULATOR.verifier_key}\nwitness {NOTARY.verifier_key}\nneed 2\n"
_HAPPENED = [
    (0, LEARNER, "session.opened"),
    (0, COURSE, "version.published"),
    (1, LEARNER, "segment.sealed"),
    (1, OTHER, "session.opened"),
    (2, LEARNER, "segment.sealed"),
    (3, OTHER, "segment.sealed"),
    (3, LEARNER, "check.passed"),
    (17, OWN, "heads"),
    (24, LEARNER, "segment.sealed"),
    (25, OTHER, "segment.sealed"),
    (26, LEARNER, "archive.erased"),
    (27, LEARNER, "session.closed"),
    (41, OWN, "heads"),
    (48, COURSE, "version.withdrawn"),
    (48, LEARNER, "session.opened"),
]
"""Hours after the start, archive, kind."""
FIRST_HEADS, HEADS, SIZE = 7, 12, 15
ERASURE_PLACE = 5
"""Place of `archive.erased` among the learner's entries."""


def at_s(hours: float) -> int:
    """Return a second since 1970, some hours after the start."""
    return START_S + round(hours * HOUR_S)


SEEN: Seen = [(REGULATOR, at_s(48.1)), (NOTARY, at_s(48.2))]
ANCHORS: list[tuple[int, Seen]] = [
    (4, [(REGULATOR, at_s(1.1)), (NOTARY, at_s(1.1))]),
    (8, [(NOTARY, at_s(17.1)), (REGULATOR, at_s(17.2))]),
    (13, [(NOTARY, at_s(41.1)), (REGULATOR, at_s(41.1))]),
]


def append(log: Log, hours: float, aid: str, kind: str, **data: Any) -> Record:
    """Append what happened some hours after the start."""
    if kind == "heads":
        return log.append_heads(at_s(hours) * 1000)
    return log.append(aid, kind, at_s(hours) * 1000, {"minutes": 5, "text": '学习 "一"\n😀', **data})


@dataclass(frozen=True)
class World:
    """A ledger, and what the learner's archive of it holds."""

    log: Log

    @property
    def heads(self) -> Record:
        """Return the newest daily heads."""
        return self.log.records[HEADS]

    def parts(self) -> Parts:
        """Return the members of the learner's archive."""
        return export(self.log, LEARNER, self.heads, (SIZE, SEEN), ANCHORS)

    def proven_again(self, parts: Parts) -> Parts:
        """Give changed parts a proof that fits the entries that they still show."""
        indexes = {entry["index"] for entry in (*parts.entries, parts.heads)}
        parts.proof = self.log.multiproof(indexes, SIZE)
        return parts


@cache
def world(hash_id: str = "sha256") -> World:
    """Return the honest world."""
    log = Log(hash_id)
    for hours, aid, kind in _HAPPENED:
        append(log, hours, aid, kind)
    return World(log)


def changed_world(change: Callable[[Log, int], bool], hash_id: str = "sha256") -> World:
    """Return another history: `change` is asked before each entry, and appends another one in its place if it says so."""
    log = Log(hash_id)
    for index, (hours, aid, kind) in enumerate(_HAPPENED):
        if not change(log, index):
            append(log, hours, aid, kind)
    return World(log)


def trust(need: int = 2) -> Trust:
    """Return the trust list."""
    return parse_trust(TRUST.replace("need 2", f"need {need}"))


def judged(content: bytes, **asked: Any) -> Judgement:
    """Return the judgement about an archive under the trust list."""
    return judge(content, Question(trust(), **asked))


def codes(judgement: Judgement) -> list[str]:
    """Return what was found."""
    return [finding.code for finding in judgement.findings]
