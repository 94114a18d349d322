"""Builds build/witness.pyz, which an institution or an authority runs as its witness (docs/witness.md)."""

from scripts.layout import BUILD
from scripts.terminal import run_as_program
from scripts.zipapps import build

WITNESS = BUILD / "witness.pyz"


def main() -> int:
    """Build the file and say its hash."""
    build(WITNESS, "jiangxue_witness", ["jiangxue_verify"])
    return 0


if __name__ == "__main__":
    run_as_program(main)
