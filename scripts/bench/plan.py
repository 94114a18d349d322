"""What is to be run: from the command line, or the short default."""

import argparse
from dataclasses import dataclass

RATES = (1_667.0, 3_400.0)
"""50,000 learners who beat every 30 s, and every 15 s."""


FAST = 8_000.0
"""About what one process commits when it is offered more."""


@dataclass(frozen=True)
class Run:
    """One measurement: `rate` beats a second are offered by `learners`, or as many as are answered when it is 0."""

    name: str
    rate: float
    processes: int
    learners: int
    seconds: float
    warm_s: float
    connections: int


@dataclass(frozen=True)
class Plan:
    """All measurements in their order, and what is done beside or before them."""

    runs: tuple[Run, ...]
    learners: int
    worker: bool
    pages: bool
    kept: int
    openings: int
    within_s: float


def read_plan() -> Plan:
    """Read the command line."""
    parser = _parser()
    options = parser.parse_args()
    if options.pages and options.openings:
        parser.error("pages and openings are measured one at a time")
    return Plan(
        runs=tuple(_runs(options)),
        learners=options.learners,
        worker=options.worker,
        pages=options.pages,
        kept=options.kept,
        openings=options.openings,
        within_s=options.within,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add(
        "--rate",
        type=float,
        action="append",
        help="beats a second, open loop; may be repeated; 0: as many as are answered",
    )
    add("--seconds", type=float, default=20, help="how long each run is measured")
    add(
        "--warm", type=float, help="seconds before that; by default until every learner has beaten once, but 5 at least"
    )
    add("--processes", type=int, default=1, help="hot processes")
    add("--learners", type=int, default=50_000, help="how many learners beat in turn")
    add(
        "--connections",
        type=int,
        default=1_000,
        help="connections over which they beat; no more than 1,000 where the rate is 0",
    )
    add("--worker", action="store_true", help="let the worker seal beside, as it always does beside pages and openings")
    add("--pages", action="store_true", help="serve pages beside, and count them")
    add(
        "--kept",
        type=int,
        default=0,
        help="beats that the day's table holds before; each rate is also run without them",
    )
    add("--openings", type=int, default=0, help="learners who open a lesson while the others beat")
    add("--within", type=float, default=60, help="seconds over which the openings are spread")
    return parser


def _runs(options: argparse.Namespace) -> list[Run]:
    def run(rate: float, processes: int) -> Run:
        connections = options.connections if rate else min(options.connections, 1_000)
        name = f"{rate:,.0f}/s" if rate else "saturation"
        warm_s = options.warm or max(5.0, 2 + options.learners / (rate or FAST))
        seconds = options.within if options.openings else options.seconds
        return Run(name, rate, processes, options.learners, seconds, warm_s, connections)

    if options.rate:
        return [run(rate, options.processes) for rate in options.rate]
    if options.worker or options.pages or options.kept or options.openings:
        return [run(RATES[-1], options.processes)]
    return [*(run(rate, 1) for rate in RATES), run(0, 1), run(0, 2)]
