"""Make build/witness.pyz, which an institution or an authority runs as its witness (docs/witness.md)."""

from pathlib import Path

from scripts import zipapps
from scripts.layout import BUILD
from scripts.terminal import run_as_program

WITNESS = BUILD / "witness.pyz"


def main() -> int:
    """Make the file and say what it is."""
    write(WITNESS)
    zipapps.say_what_is(WITNESS)
    return 0


def write(path: Path) -> None:
    """Write the witness to a file; whoever runs it installs `cryptography`."""
    zipapps.write(path, "jiangxue_witness", "jiangxue_verify")


if __name__ == "__main__":
    run_as_program(main)
