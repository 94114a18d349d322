"""Run one command with throw-away settings: for checks that load the product but need neither its database nor its secrets."""

import secrets
import sys

from scripts.environment import environment_for
from scripts.keys import APPLICATION_KEYS
from scripts.layout import BUILD, DataFolder
from scripts.supervisor import run_in_foreground
from scripts.terminal import run_as_program


def main() -> int:
    """Run the command that the arguments name and return its status."""
    keys = {name: secrets.token_hex(32) for name in APPLICATION_KEYS}
    nowhere = f"postgresql://nobody:nothing@/nothing?host={BUILD / 'no-database'}"
    environment = {**environment_for(DataFolder(BUILD / "no-data"), keys, nowhere), "JIANGXUE_HOSTS": "localhost"}
    return run_in_foreground(sys.argv[1:], environment)


if __name__ == "__main__":
    run_as_program(main)
