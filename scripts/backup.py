"""`make backup`: a backup of this installation into a folder, while it serves or while it does not."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts.environment import bring_up_database, environment_of_owner, management, serving_database
from scripts.keys import read_or_make
from scripts.layout import DataFolder, data_folder
from scripts.lock import sole_owner
from scripts.provision import Server
from scripts.supervisor import Supervisor, run_in_foreground
from scripts.terminal import Refusal, run_as_program, say


def main() -> int:
    """Write the backup and return the command's status."""
    parser = argparse.ArgumentParser(prog="make backup", description=__doc__, allow_abbrev=False)
    parser.add_argument("folder", type=Path, help="where the backup gets a folder of its own; not in the data folder")
    options, words = parser.parse_known_args()
    data, place = data_folder(), options.folder.resolve()
    if not (data.secrets / "jiangxue_owner").exists():
        raise Refusal(f"There is no installation in {data.root}. Name its data folder with JIANGXUE_DATA.")
    if place.is_relative_to(data.root):
        raise Refusal(f"{place} lies in the data folder: it would be lost together with it. Choose another disk.")
    keys = read_or_make(data)
    with _reached(data, keys) as server:
        return run_in_foreground(management("back_up", str(place), *words), environment_of_owner(data, keys, server))


@contextmanager
def _reached(data: DataFolder, keys: Mapping[str, str]) -> Iterator[Server]:
    """Yield the database's server: the one that serves, or else one that is started for this."""
    with ExitStack() as stack:
        try:
            stack.enter_context(sole_owner(data))
        except Refusal:
            say(f"{data.root} is being served; that goes on meanwhile.")
            yield serving_database(data, keys)
        else:
            yield bring_up_database(data, keys, stack.enter_context(Supervisor()), settings={})


if __name__ == "__main__":
    run_as_program(main)
