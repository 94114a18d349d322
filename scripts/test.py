"""`make test`: its own database, then every test of the browser's side and of the server's side."""

import argparse
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scripts import provision, template
from scripts.account import unprivileged_account
from scripts.binaries import from_wheel
from scripts.environment import PYTHON, bring_up_database, collect_static, environment_for, management, must_succeed
from scripts.keys import LOG_KEY, read_or_make
from scripts.layout import REPOSITORY, DataFolder, folder_of_tests
from scripts.lock import sole_owner
from scripts.postgres import EXPENDABLE
from scripts.provision import APP, HOT, OWNER, SEALER, SIGNER, Server
from scripts.supervisor import Supervisor, run_in_foreground
from scripts.terminal import run_as_program, say

_FAST = ("tests/rules", "tests/kernel", "tests/repository")
_WORKERS = "3"
_SHARED = ("--dist", "worksteal")  # whole stretches of modules to each, so that what a module shares is made once
_HOSTS = "localhost,127.0.0.1"
_OF_SERVING = (
    "JIANGXUE_DEMO",
    "PORT",
    "TLS",
    "JIANGXUE_SEAL_KEYS",
    "JIANGXUE_SEAL_KEY_CURRENT",
)  # what a developer may have set for `make serve`


@dataclass(frozen=True)
class Plan:
    """What to run, and on which PostgreSQL."""

    pytest: tuple[str, ...]
    with_web: bool
    programs: Path | None


def main() -> int:
    """Bring up the tests' database, run the tests, and return the first status that is not 0."""
    plan = _plan()
    with prepared(plan.programs) as environment:
        # Both are run, so that one look shows all that is broken.
        web = run_in_foreground(["npm", "test"], environment) if plan.with_web else 0
        tests = run_in_foreground([PYTHON, "-m", "pytest", "-n", _WORKERS, *_SHARED, *plan.pytest], environment)
        if web:
            say("The tests of the browser's side (npm test, above) failed.")
        return tests or web


@contextmanager
def prepared(programs: Path | None = None) -> Iterator[dict[str, str]]:
    """Bring up the tests' database for a while, and yield the environment in which tests run."""
    for name in _OF_SERVING:
        os.environ.pop(name, None)
    data = _data_folder(programs)
    data.make()
    with sole_owner(data), Supervisor() as supervisor:
        keys = read_or_make(data)
        server = bring_up_database(data, keys, supervisor, {**EXPENDABLE, "max_connections": "200"}, programs)
        yield _environment(data, keys, server, programs)


def _plan() -> Plan:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--fast", action="store_true", help="rules, kernel and repository only")
    parser.add_argument(
        "--postgres", type=Path, metavar="FOLDER", help="run on an installed PostgreSQL: its folder of programs"
    )
    options, words = parser.parse_known_args()
    everything = Plan(tuple(words), with_web=not words, programs=options.postgres)
    if options.fast:
        folders = tuple(folder for folder in _FAST if (REPOSITORY / folder).is_dir())
        return replace(everything, pytest=(*folders, *words), with_web=False)
    return everything


def _data_folder(programs: Path | None) -> DataFolder:
    """Return the tests' folder; another PostgreSQL gets one of its own, since majors do not mix."""
    data = folder_of_tests()
    if programs is None:
        return data
    say(f"Testing on the PostgreSQL in {programs}.")
    data.make()
    return replace(data, root=data.root / "installed")


def _environment(data: DataFolder, keys: Mapping[str, str], server: Server, programs: Path | None) -> dict[str, str]:
    """Bring the template up to date and return the environment of the tests."""
    if "DATABASE_URL" not in os.environ:
        template.drop_clones(server)
        shutil.rmtree(data.root / "media", ignore_errors=True)
    owner = {**environment_for(data, keys, server.url(OWNER, template.NAME)), "JIANGXUE_HOSTS": _HOSTS}
    migrate = management("migrate", "--no-input", "--verbosity", "0")
    template.ensure_template(server, lambda: must_succeed(migrate, owner))
    provision.provide(server, template.NAME)  # this folder's passwords, also on a template that another one made
    collect_static(owner)
    return {
        **environment_for(data, keys, server.url(APP, template.NAME)),
        "JIANGXUE_HOSTS": _HOSTS,
        "JIANGXUE_HOT_DATABASE_URL": server.url(HOT, template.NAME),
        "JIANGXUE_LOG_KEY": keys[LOG_KEY],
        "JIANGXUE_POSTGRES_PROGRAMS": str(programs or from_wheel(unprivileged_account()).folder),
        "JIANGXUE_SEALER_DATABASE_URL": server.url(SEALER, template.NAME),
        "JIANGXUE_SIGNER_DATABASE_URL": server.url(SIGNER, template.NAME),
        "JIANGXUE_TEST_ADMIN_URL": server.admin_url,
        "JIANGXUE_TEST_OWNER_URL": server.url(OWNER, template.NAME),
        "JIANGXUE_TEST_TEMPLATE": template.NAME,
    }


if __name__ == "__main__":
    run_as_program(main)
