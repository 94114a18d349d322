"""What runs beside the beats: the worker, the processes that serve pages, learners who are signed in, and what they ask for.

Worker and pages get a smaller share of the processors than beats, as ops/README.md tells production to do.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts.bench.browser import Visits
from scripts.bench.hot import free_ports, serving, uvicorn
from scripts.bench.place import Place
from scripts.bench.plan import Plan, Run
from scripts.bench.running import Beside
from scripts.environment import PYTHON, collect_static, management, must_succeed
from scripts.supervisor import Child

PROCESSES = 2
VISITORS = 2_000
_CONNECTIONS = 8
_NICE = 10


def web_child(place: Place, number: int, port: int) -> Child:
    """Return one process that serves pages, as `make serve` runs it."""
    command = uvicorn("jiangxue.project.asgi:application", port)
    environment = {**place.environment(), "JIANGXUE_DB_POOL": "20"}
    name = f"web-{number}"
    return Child(name, ["nice", "-n", str(_NICE), *command], place.data.logs / f"{name}.log", environment)


def worker_child(place: Place) -> Child:
    """Return the worker, which seals what was heard."""
    command = ["nice", "-n", str(_NICE), *management("procrastinate", "worker", "--queues", "default,builtin")]
    return Child("worker", command, place.data.logs / "worker.log", place.environment())


@contextmanager
def beside(place: Place, plan: Plan, run: Run) -> Iterator[Beside]:
    """Run beside a run what the plan wants: the worker, and pages or openings."""
    with ExitStack() as stack:
        roots = {}
        if plan.worker or plan.pages or plan.openings:
            roots["worker"] = [place.supervisor.start(worker_child(place)).pid]
            stack.callback(place.supervisor.drop, "worker")
            _let_beats_go_first(roots["worker"])
        if not (plan.pages or plan.openings):
            yield Beside(roots)
            return
        visits = _visits(plan, run, free_ports(PROCESSES))
        _sign_in(place, visits)
        children = {port: web_child(place, number, port) for number, port in enumerate(visits.ports)}
        web = stack.enter_context(serving(place, children))
        _let_beats_go_first(each.running.pid for each in web)
        yield Beside({**roots, "web": [each.running.pid for each in web]}, visits)


def _let_beats_go_first(leashes: Iterable[int]) -> None:
    """Lower the share of whole sessions: where the kernel groups processes by session, their own niceness counts only within it."""
    for pid in leashes:
        group = Path(f"/proc/{pid}/autogroup")
        if group.exists():
            group.write_text(str(_NICE))


def _visits(plan: Plan, run: Run, ports: list[int]) -> Visits:
    if plan.openings:
        return Visits(ports, 200, run.learners, plan.openings, plan.openings / plan.within_s, run.seconds)
    return Visits(ports, _CONNECTIONS, 0, min(VISITORS, run.learners), 0.0, run.seconds)


def _sign_in(place: Place, visits: Visits) -> None:
    environment = {**place.environment(), "DJANGO_SETTINGS_MODULE": "jiangxue.project.settings"}
    must_succeed([PYTHON, "-m", "scripts.bench.visitors", str(visits.first), str(visits.visitors)], environment)
    collect_static(environment)
