"""`make prove-rules`: take each guard of trusted time away in turn; a named test must notice, or the guard proves nothing."""

import argparse
import queue
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.proof.guard import Guard
from scripts.proof.guards_of_appeals import OF_APPEALS
from scripts.proof.guards_of_archives import OF_ARCHIVES
from scripts.proof.guards_of_attendance import OF_ATTENDANCE
from scripts.proof.guards_of_audits import OF_AUDITS
from scripts.proof.guards_of_cases import OF_CASES
from scripts.proof.guards_of_checks import OF_CHECKS
from scripts.proof.guards_of_checks_elsewhere import OF_CHECKS_ELSEWHERE
from scripts.proof.guards_of_conversation import OF_CONVERSATION
from scripts.proof.guards_of_credit import OF_CREDIT
from scripts.proof.guards_of_documents import OF_DOCUMENTS
from scripts.proof.guards_of_face_attempts import OF_FACE_ATTEMPTS
from scripts.proof.guards_of_face_dodges import OF_FACE_DODGES
from scripts.proof.guards_of_faces import OF_FACES
from scripts.proof.guards_of_ledger import OF_LEDGER
from scripts.proof.guards_of_messages import OF_MESSAGES
from scripts.proof.guards_of_openings import OF_OPENINGS
from scripts.proof.guards_of_people import OF_PEOPLE
from scripts.proof.guards_of_registering import OF_REGISTERING
from scripts.proof.guards_of_release import OF_RELEASE
from scripts.proof.guards_of_reviews import OF_REVIEWS
from scripts.proof.guards_of_server import OF_SERVER
from scripts.proof.guards_of_supervision import OF_SUPERVISION
from scripts.proof.guards_of_tests import OF_TESTS
from scripts.proof.guards_of_witness import OF_WITNESS
from scripts.proof.tree import Found, Tree
from scripts.terminal import run_as_program, say
from scripts.test import prepared

GUARDS = (
    *OF_CREDIT,
    *OF_CHECKS,
    *OF_CHECKS_ELSEWHERE,
    *OF_CONVERSATION,
    *OF_SERVER,
    *OF_APPEALS,
    *OF_RELEASE,
    *OF_TESTS,
    *OF_ATTENDANCE,
    *OF_REVIEWS,
    *OF_LEDGER,
    *OF_AUDITS,
    *OF_WITNESS,
    *OF_ARCHIVES,
    *OF_CASES,
    *OF_SUPERVISION,
    *OF_FACES,
    *OF_DOCUMENTS,
    *OF_FACE_ATTEMPTS,
    *OF_FACE_DODGES,
    *OF_PEOPLE,
    *OF_OPENINGS,
    *OF_REGISTERING,
    *OF_MESSAGES,
)
_AT_ONCE = 2


@dataclass(frozen=True)
class Verdict:
    """What became of a guard's test without the guard."""

    guard: Guard
    found: Found

    @property
    def is_noticed(self) -> bool:
        """Say whether the test failed, and by an assertion."""
        return self.found.reds > 0 and not self.found.oddities

    @property
    def word(self) -> str:
        """Return `red` as it should be, `GREEN` when nobody noticed, or how else it ended."""
        return "red" if self.is_noticed else "; ".join(self.found.oddities) or "GREEN"


def main() -> int:
    """Prove the guards whose names contain the words given, all without any; return 1 if one is not needed."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("words", nargs="*", help="only guards whose names contain one of these")
    words = parser.parse_args().words
    guards = [guard for guard in GUARDS if not words or any(word in guard.name for word in words)]
    began_s = time.monotonic()
    with prepared() as environment, tempfile.TemporaryDirectory(prefix="jiangxue-proof-") as folder:
        trees = [Tree(Path(folder).resolve() / str(number), environment) for number in range(_AT_ONCE)]
        tests = sorted({guard.test for guard in guards})
        before = trees[0].run(tests)
        if before.reds or before.oddities or not before.greens:
            say(f"{before.said}\nThe tests must pass before anything is taken away.")
            return 1
        verdicts = _without_each(guards, trees)
    return _report(verdicts, before, time.monotonic() - began_s)


def _without_each(guards: Sequence[Guard], trees: Sequence[Tree]) -> list[Verdict]:
    """Run each guard's test without it, one on each tree at a time."""
    free: queue.Queue[Tree] = queue.Queue()
    for tree in trees:
        free.put(tree)

    def without(guard: Guard) -> Verdict:
        tree = free.get()
        try:
            verdict = Verdict(guard, tree.run_without(guard))
        finally:
            free.put(tree)
        say(f"{verdict.word:6} {guard.name}")
        return verdict

    with ThreadPoolExecutor(len(trees)) as pool:
        return list(pool.map(without, guards))


def _report(verdicts: Sequence[Verdict], before: Found, took_s: float) -> int:
    rows: list[Mapping[str, str]] = [
        {
            "guard": verdict.guard.name,
            "file": verdict.guard.file.removeprefix("src/jiangxue/"),
            "test": verdict.guard.test.rpartition("/")[2].replace("::", " "),
            "without it": verdict.word,
        }
        for verdict in verdicts
    ]
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in rows[0]}
    say("\n" + "  ".join(name.ljust(width) for name, width in widths.items()))
    for row in rows:
        say("  ".join(row[name].ljust(width) for name, width in widths.items()).rstrip())
    unnoticed = [verdict for verdict in verdicts if not verdict.is_noticed]
    for verdict in unnoticed:
        say(f"\n--- {verdict.guard.name}\n{verdict.found.said}")
    say(
        f"\n{before.greens} tests pass; {len(verdicts) - len(unnoticed)} of {len(verdicts)} guards are needed ({took_s:.0f} s)."
    )
    return 1 if unnoticed else 0


if __name__ == "__main__":
    run_as_program(main)
