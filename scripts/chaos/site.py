"""What runs and is killed: PostgreSQL, two processes that hear beats, and the worker that seals and signs out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts import postgres
from scripts.bench.hot import Served, free_ports, hot_child, wait_until_ready
from scripts.bench.place import Place
from scripts.bench.web import worker_child
from scripts.pidfile import serving_pid
from scripts.supervisor import Running

HOT_PROCESSES = 2


@dataclass
class Site:
    """Running processes by what they are; a part that was killed is brought back by the method of its name."""

    place: Place
    hot: list[Served]
    worker: Running

    @property
    def postmaster(self) -> int:
        """Return the process id of PostgreSQL's first process."""
        pid = serving_pid(self.place.cluster.folder)
        assert pid is not None
        return pid

    def restart_database(self) -> None:
        """Start PostgreSQL again and wait until it has recovered."""
        self.place.supervisor.drop(postgres.NAME)
        postgres.start(self.place.cluster, self.place.supervisor)

    def restart_hot(self, number: int) -> None:
        """Start a process that hears beats again, and wait until it does."""
        child = self.hot[number].running.child
        self.place.supervisor.drop(child.name)
        self.hot[number] = Served(self.place.supervisor.start(child), self.hot[number].port)
        wait_until_ready(self.hot[number])

    def revive_worker(self) -> None:
        """Start the worker again if it has ended: it does so by itself some seconds after it lost the database."""
        if self.worker.status() is not None:
            self.restart_worker()

    def restart_worker(self) -> None:
        """Start the worker again."""
        self.place.supervisor.drop(self.worker.child.name)
        self.worker = self.place.supervisor.start(self.worker.child)


@contextmanager
def running_site(place: Place) -> Iterator[Site]:
    """Start everything, and end it when this is left."""
    ports = free_ports(HOT_PROCESSES)
    hot = [Served(place.supervisor.start(hot_child(place, number, port)), port) for number, port in enumerate(ports)]
    worker = place.supervisor.start(worker_child(place))
    for served in hot:
        wait_until_ready(served)
    yield Site(place, hot, worker)
