"""Make build/verify.pyz, the verifier of archives as one file that any Python from 3.9 on runs."""

from pathlib import Path

from scripts import zipapps
from scripts.layout import BUILD
from scripts.terminal import run_as_program

VERIFIER = BUILD / "verify.pyz"


def main() -> int:
    """Make the file and say what it is."""
    write(VERIFIER)
    zipapps.say_what_is(VERIFIER)
    return 0


def write(path: Path) -> None:
    """Write the verifier to a file."""
    zipapps.write(path, "jiangxue_verify")


if __name__ == "__main__":
    run_as_program(main)
