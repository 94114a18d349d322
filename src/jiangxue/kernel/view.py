"""What a caged process sees of the file system: programs, its own code, and the files it was called for. Nothing else is there.

Linux only (mount namespaces, pivot_root). Secrets, the data folder, homes, sockets and /proc are not hidden one by one: they are not
in the view. What is in it can only be read, but for the named folders.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jiangxue

_READ_ONLY, _NO_SUID, _NO_DEVICES, _REMOUNT, _BIND, _DEEP, _SLAVE = 1, 2, 4, 32, 4096, 16384, 1 << 19
_RELATIVE_TIMES, _DETACH = 1 << 21, 2
# nosuid, nodev, noexec, noatime, nodiratime: statvfs and mount number them alike; relatime has a number of its own in each.
_KEPT_FLAGS = 2 | 4 | 8 | 1024 | 2048
_FOUND_RELATIVE_TIMES = 4096
_NO_NEW_PRIVILEGES, _DROP_FROM_BOUNDS = 38, 24
_CAPABILITIES_VERSION = 0x20080522
_CAPABILITIES = 41
# Kept, because root may have to read files of the account that made the checkout; it sees nothing but the view.
_READ_ALL = 1 << 1
_ROOT = "/tmp"  # noqa: S108 - covered by the view's own folder, in this process alone
_SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store"),
    *("/etc/ld.so.cache", "/etc/fonts", "/etc/libreoffice", "/etc/alternatives", "/etc/localtime", "/etc/passwd"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
)


@dataclass(frozen=True, slots=True)
class View:
    """Files and folders that a caged process is called for: those that it reads, and folders into which it writes."""

    read: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that is kept hold of, and how it is going to be mounted."""

    path: Path
    opened: int
    is_folder: bool
    flags: int


def can_show(view: View) -> bool:
    """Return whether this machine lets a process have the view; tried in a child, because a view half made is none."""
    child = os.fork()
    if child == 0:
        try:
            os.unshare(os.CLONE_NEWNS)
            show_only(view)
        except (OSError, AttributeError):
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def show_only(view: View) -> None:
    """Leave the calling process, which is in a mount namespace of its own, nothing but the view; raise OSError where that fails."""
    libc = ctypes.CDLL(None, use_errno=True)
    written = _outermost(view.written)
    read = _outermost([*map(Path, _SYSTEM), *_code(), *view.read])
    places = [_place(path, _READ_ONLY) for path in read] + [_place(path, 0) for path in written]
    _mount(libc, None, "/", _SLAVE | _DEEP)
    _mount(libc, "tmpfs", _ROOT, _NO_SUID | _NO_DEVICES, kind="tmpfs")
    for place in places:
        _bind(libc, place)
    Path(_ROOT, "tmp").mkdir(exist_ok=True)
    _enter(libc)
    _give_up_rights(libc)


def _code() -> list[Path]:
    """Return where Python and our own modules lie."""
    return [
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(sys.executable).resolve().parent,
        *map(Path, jiangxue.__path__),
    ]


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Return places, by the name they were given and by their real one, without those that lie within others."""
    names = {name for path in paths if path.exists() for name in (path.absolute(), path.resolve())}
    kept: list[Path] = []
    for name in sorted(names, key=lambda name: len(name.parts)):
        if not any(name.is_relative_to(outer) for outer in kept):
            kept.append(name)
    return kept


def _place(path: Path, flags: int) -> _Place:
    """Keep hold of a place, which may lie where the view is going to be made."""
    return _Place(path, os.open(path, os.O_PATH), path.is_dir(), flags)


def _bind(libc: ctypes.CDLL, place: _Place) -> None:
    target = Path(_ROOT + str(place.path))
    if place.is_folder:
        target.mkdir(parents=True, exist_ok=True)
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    _mount(libc, f"/proc/self/fd/{place.opened}", str(target), _BIND | _DEEP)
    found = os.statvfs(target).f_flag
    kept = found & _KEPT_FLAGS | (_RELATIVE_TIMES if found & _FOUND_RELATIVE_TIMES else 0)
    _mount(libc, None, str(target), _REMOUNT | _BIND | _NO_SUID | kept | place.flags)
    os.close(place.opened)


def _enter(libc: ctypes.CDLL) -> None:
    """Make the view the root, and let go of what was the root before."""
    os.chdir(_ROOT)
    _hold(libc.pivot_root(b".", b"."))
    _hold(libc.umount2(b".", _DETACH))
    os.chdir("/")


def _give_up_rights(libc: ctypes.CDLL) -> None:
    """Keep no right that could undo the view, not even as root."""
    _hold(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    for capability in range(_CAPABILITIES):
        libc.prctl(_DROP_FROM_BOUNDS, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    _hold(libc.capset(header, (ctypes.c_uint32 * 6)(_READ_ALL, _READ_ALL, 0, 0, 0, 0)))


def _mount(libc: ctypes.CDLL, source: str | None, target: str, flags: int, *, kind: str | None = None) -> None:
    place = source.encode() if source is not None else None
    _hold(
        libc.mount(place, os.fsencode(target), kind.encode() if kind is not None else None, ctypes.c_ulong(flags), None)
    )


def _hold(status: int) -> None:
    if status != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
