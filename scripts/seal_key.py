"""The sealing keys of what `make serve` runs, while it does not run: count, make a new one, take an old one away. docs/keys.md."""

import argparse
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from jiangxue.kernel.crypto import fingerprint
from scripts import provision
from scripts.environment import bring_up_database, environment_for, management, must_succeed
from scripts.keys import SEAL_KEY, SEAL_KEY_CURRENT, read_or_make, write_durably
from scripts.layout import REPOSITORY, DataFolder, data_folder
from scripts.lock import sole_owner
from scripts.provision import DATABASE, OWNER, Server
from scripts.supervisor import Supervisor
from scripts.terminal import Refusal, run_as_program, say


@dataclass(frozen=True)
class Place:
    """A data folder that nobody else uses, and its database, which runs."""

    data: DataFolder
    server: Server

    def environment(self, *, without: str = "") -> Mapping[str, str]:
        """Return the environment of a command that works as the owner, with the keys as they lie in the folder now."""
        keys = {name: key for name, key in read_or_make(self.data).items() if name != without}
        told = environment_for(self.data, keys, self.server.url(OWNER, DATABASE))
        return {**told, "JIANGXUE_DEMO": os.environ.get("JIANGXUE_DEMO", "1")}


def main() -> int:
    """Do what the command line asks for and return 0."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument(
        "--new", action="store_true", help="make a key, let it seal from now on, and seal everything anew"
    )
    acts.add_argument("--go-on", action="store_true", help="seal anew what was left when that was ended")
    acts.add_argument("--take-away", type=int, metavar="NUMBER", help="destroy a key that seals nothing any more")
    options = parser.parse_args()
    with _place() as place:
        if options.new:
            _make(place)
        if options.new or options.go_on:
            _rotate(place)
        elif options.take_away is not None:
            _take_away(place, options.take_away)
        else:
            must_succeed(
                management("rotate_seal_key", "--check", "--fingerprint", _fingerprint(place)), place.environment()
            )
    return 0


@contextmanager
def _place() -> Iterator[Place]:
    data = data_folder()
    if not data.secrets.is_dir():
        raise Refusal(f"There is nothing in {data.root} yet: `make serve` makes it.")
    with sole_owner(data), Supervisor() as supervisor:
        keys = read_or_make(data)
        server = bring_up_database(data, keys, supervisor, settings={})
        provision.provide(server, DATABASE)
        yield Place(data, server)


def _make(place: Place) -> None:
    """Keep the key before anything says that it seals, so that no crash leaves a number without its key."""
    made = subprocess.run(
        management("new_seal_key"),
        env=dict(place.environment()),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Refusal(f"No key could be made:\n{made.stderr}")
    number, key = made.stdout.strip().split(":")
    write_durably(place.data.secrets / f"{SEAL_KEY}_{number}", key)
    write_durably(place.data.secrets / SEAL_KEY_CURRENT, number)
    say(
        f"Key {number} (fingerprint {fingerprint(bytes.fromhex(key))}) seals from now on. Keep a copy of {place.data.secrets}."
    )


def _rotate(place: Place) -> None:
    must_succeed(management("rotate_seal_key", "--fingerprint", _fingerprint(place)), place.environment())


def _fingerprint(place: Place) -> str:
    keys = read_or_make(place.data)
    current = keys.get(SEAL_KEY_CURRENT, "1")
    key = keys.get(f"{SEAL_KEY}_{current}") or keys[SEAL_KEY]
    return fingerprint(bytes.fromhex(key))


def _take_away(place: Place, number: int) -> None:
    name = SEAL_KEY if number == 1 else f"{SEAL_KEY}_{number}"
    keys = read_or_make(place.data)
    if name not in keys:
        raise Refusal(f"There is no key {number} here.")
    if str(number) == keys.get(SEAL_KEY_CURRENT, "1"):
        raise Refusal(f"Key {number} is the one that seals. Make a new one first: --new")
    must_succeed(management("check", "--database", "default"), place.environment(without=name))
    (place.data.secrets / name).unlink()
    say(f"Key {number} is gone. What older backups hold under it can be read only with a copy of that key.")


if __name__ == "__main__":
    run_as_program(main)
