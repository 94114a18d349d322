"""A supervising parent with stand-in children. Arguments: folder, then the manner of each child."""

import signal
import sys
from pathlib import Path

from scripts.supervisor import Child, Supervisor

CHILD = Path(__file__).with_name("child.py")

# Whatever the tests were started by (nohup, a shell's &): this program begins as at a terminal.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

folder = Path(sys.argv[1])
with Supervisor() as supervisor:
    for place, manner in enumerate(sys.argv[2:], start=1):
        command = [sys.executable, str(CHILD), f"child {place}", str(folder), manner]
        supervisor.start(Child(f"child {place}", command, folder / f"child-{place}.log", grace_s=1))
    supervisor.watch()
