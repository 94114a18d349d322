"""`python -m jiangxue_witness`."""

from __future__ import annotations

import sys

from jiangxue_witness.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
