"""Prints what was measured, as docs/performance.md takes it."""

import sys
from collections.abc import Sequence

from scripts.bench.browser import Visited
from scripts.bench.checking import faults_in
from scripts.bench.measuring import machine
from scripts.bench.place import DURABLE
from scripts.bench.running import Measured
from scripts.terminal import say

_COLUMNS = (
    "run", "hot processes", "offered/s", "committed/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms",
    "hot µs", "database µs", "generator µs", "journal B/beat", "not 200", "late", "acknowledged", "lost",
)  # fmt: skip


def introduce(started: str) -> None:
    """Say where and how this runs."""
    words = " ".join(sys.argv[1:])
    say(f"date: {started}")
    say("command: make bench" + (f' ARGS="{words}"' if words else ""))
    for line in machine():
        say(line)
    say("PostgreSQL: " + ", ".join(f"{name} = {value}" for name, value in DURABLE.items()))


def heading() -> str:
    """Return the head of the table."""
    return "\n".join(("| " + " | ".join(_COLUMNS) + " |", "|" + "---|" * len(_COLUMNS)))


def row(measured: Measured) -> str:
    """Return one run as a row; µs are processor time per committed beat."""
    run, result, used = measured.run, measured.result, measured.used
    beats = max(1, result.committed)
    delays = result.delays_ms
    cells = (
        run.name,
        run.processes,
        f"{run.rate:,.0f}" if run.rate else "all",
        f"{result.committed / run.seconds:,.0f}",
        *(f"{delays[name]:g}" for name in ("p50", "p99", "p99.9", "max")),
        *(f"{1e6 * used.cpu_s[name] / beats:.0f}" for name in ("hot", "database")),
        f"{1e6 * result.cpu_s / beats:.0f}",
        f"{used.journal_bytes / beats:,.0f}",
        _others(result.statuses),
        result.late + result.unanswered,
        f"{measured.found['beats acknowledged']:,}",
        sum(faults_in(measured.found).values()),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def row_of_worker(measured: Measured) -> str:
    """Return what sealing beside a run took, in words."""
    spent_s, beats = measured.used.cpu_s["worker"], max(1, measured.result.committed)
    return f"beside: the worker took {spent_s / measured.run.seconds:.2f} of a core, {1e6 * spent_s / beats:.0f} µs for each beat"


def row_of_visits(measured: Measured, visited: Visited) -> str:
    """Return what the visitors beside a run were served, in words."""
    delays, seconds = visited.delays_ms, measured.run.seconds
    served = visited.statuses.get("200", 0)
    others = _others(visited.statuses)
    cpu_ms = 1000 * measured.used.cpu_s["web"] / max(1, served)
    return (
        f"beside: {served:,} answers of 200 ({served / seconds:,.0f}/s), p50 {delays['p50']:g} ms, p99 {delays['p99']:g} ms, "
        f"max {delays['max']:g} ms, {cpu_ms:.1f} ms of processor time each; others: {others}; unanswered: {visited.unanswered}"
    )


def verdicts(all_measured: Sequence[Measured]) -> bool:
    """Say what was found in the database that should not be there; return whether nothing was."""
    sound = True
    for measured in all_measured:
        for name, count in faults_in(measured.found).items():
            say(f"FAULT in {measured.run.name}: {name}: {count}")
            sound = False
    if sound:
        beats = sum(measured.found["beats acknowledged"] for measured in all_measured)
        say(
            f"\nAll {beats:,} acknowledged beats are in the database, each once, with the credit that was acknowledged."
        )
    return sound


def _others(statuses: dict[str, int]) -> str:
    others = {status: count for status, count in statuses.items() if status != "200"}
    return ", ".join(f"{count} × {status}" for status, count in others.items()) or "0"
