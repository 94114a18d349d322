"""A supervising parent of a database. Argument: the data folder."""

import sys
from pathlib import Path

from scripts.keys import read_or_make
from scripts.layout import DataFolder
from scripts.lock import sole_owner
from scripts.postgres import EXPENDABLE, open_cluster, start
from scripts.supervisor import Supervisor
from scripts.terminal import run_as_program, say


def main() -> int:
    data = DataFolder(Path(sys.argv[1]))
    data.make()
    with sole_owner(data), Supervisor() as supervisor:
        start(open_cluster(data, read_or_make(data)["postgres"], EXPENDABLE), supervisor)
        say("ready")
        supervisor.watch()


run_as_program(main)
