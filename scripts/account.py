"""The account that PostgreSQL runs under: it refuses root, so root hands it to an unprivileged one."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class Identity(TypedDict, total=False):
    """Whom a subprocess runs as, in the words of `subprocess`; empty means as this process."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """An unprivileged account, without any of root's groups."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give one path, and never its parents, to this account."""
        os.chown(path, self.uid, self.gid)

    def can_reach(self, folder: Path) -> bool:
        """Tell whether this account may pass through all parents of a folder and the folder itself."""
        passes = subprocess.run(
            ["/bin/sh", "-c", 'test -x "$0"', str(folder)],
            cwd="/",
            check=False,
            **identity_of(self),
        )
        return passes.returncode == 0


def identity_of(account: Account | None) -> Identity:
    """Return what makes a subprocess run as an account; None changes nothing."""
    return {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}


def unprivileged_account() -> Account | None:
    """Return `postgres` if that account exists, else `nobody`; None when this is not root and nothing is to be dropped."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise LookupError("This machine has neither an account 'postgres' nor 'nobody'.")
