"""A stand-in child: writes down its process ids, and its name when it is asked to end. Arguments: name, folder, manner."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType


def main() -> None:
    name, folder, manner = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

    def end(_number: int, _frame: FrameType | None) -> None:
        with (folder / "ended").open("a") as ended:
            ended.write(f"{name}\n")
        if manner != "stubborn":
            sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    grandchild = subprocess.Popen(["sleep", "600"])
    with (folder / "pids").open("a") as pids:
        pids.write(f"{os.getpid()}\n{grandchild.pid}\n")
    if manner == "falling":
        sys.stdout.write("I fall\n")
        sys.exit(3)
    while True:
        time.sleep(600)


main()
