"""`make restore`: bring a backup back into a data folder that has the keys of the lost installation, and no database yet."""

import argparse
from pathlib import Path

from scripts import provision
from scripts.environment import bring_up_database, environment_of_owner, management
from scripts.keys import APPLICATION_KEYS, LOG_KEY, read_or_make
from scripts.layout import DataFolder, data_folder
from scripts.lock import sole_owner
from scripts.provision import DATABASE
from scripts.supervisor import Supervisor, run_in_foreground
from scripts.terminal import Refusal, run_as_program, say


def main() -> int:
    """Bring it back and return the command's status."""
    parser = argparse.ArgumentParser(prog="make restore", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "backup", type=Path, help="the folder of the backup; what else `manage restore` takes may follow"
    )
    options, words = parser.parse_known_args()
    data = data_folder()
    _require_keys(data)
    data.make()
    with sole_owner(data), Supervisor() as supervisor:
        keys = read_or_make(data)
        server = bring_up_database(data, keys, supervisor, settings={})
        provision.provide(server, DATABASE)
        command = management("restore", str(options.backup.resolve()), *_compared(data, words))
        return run_in_foreground(command, environment_of_owner(data, keys, server))


def _require_keys(data: DataFolder) -> None:
    """Refuse a folder without the old keys: new ones would be made, and what is restored could never be read."""
    missing = [name for name in (*APPLICATION_KEYS, LOG_KEY) if not (data.secrets / name).exists()]
    if missing:
        raise Refusal(
            f"{data.secrets} lacks {', '.join(missing)}. Bring secrets/ of the lost installation there first: no backup holds it."
        )


def _compared(data: DataFolder, words: list[str]) -> list[str]:
    """Return the words for the command, with the signer's memory if it lies here and nothing was said about it."""
    if not (data.signer / "memory.json").exists() or {"--signer-memory", "--nothing-outside"} & set(words):
        return words
    say(f"Comparing with what the signer remembers in {data.signer}.")
    return [*words, "--signer-memory", str(data.signer)]


if __name__ == "__main__":
    run_as_program(main)
