"""`python -m jiangxue_witness`, or `witness.pyz`."""

from __future__ import annotations

import sys

from jiangxue_witness.commands import main


def program() -> None:
    """Run as a program of its own."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    program()
