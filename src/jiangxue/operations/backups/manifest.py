"""What a backup says of itself: `manifest.json`, canonical JSON, and `SHA256SUMS` for `sha256sum --check`. docs/backup.md."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.kernel.canonical import canonical_json
from jiangxue.operations.backups.folder import Part, own_file, part_of
from jiangxue.operations.errors import NotABackup

FORMAT = "jiangxue backup 1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
DUMP, RIGHTS, COURSEWARE = "database.dump", "rights.txt", "courseware.tar"
COPIED, IN_OBJECT_STORE, LEFT_OUT = "copied", "in object store", "left out"
_LARGEST_BYTES = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class LogThen:
    """The log of evidence in the snapshot of the dump; the notes are the newest checkpoints, empty before there was one."""

    hash_name: str
    size: int
    root: str
    signed: str
    witnessed: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When a backup was made and of what; `keys` tells by eight bytes with which keys of the application it can be read."""

    made_at: str
    server: int
    migrations: Sequence[str]
    keys: Mapping[str, str]
    courseware: str
    log: LogThen
    parts: Mapping[str, Part]

    def text(self) -> bytes:
        """Return the manifest as it is written."""
        return canonical_json({"format": FORMAT, **json.loads(json.dumps(asdict(self)))})


def write(folder: Path, manifest: Manifest) -> None:
    """Write manifest and sums beside the parts."""
    own_file(folder / MANIFEST).write_bytes(manifest.text())
    sums = {**{name: part.sha256 for name, part in manifest.parts.items()}, MANIFEST: part_of(folder / MANIFEST).sha256}
    own_file(folder / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())))


def checked(folder: Path) -> Manifest:
    """Return the manifest of a backup whose every byte is as it was written. Raises `NotABackup`."""
    try:
        said, sums = _bounded(folder / MANIFEST), _bounded(folder / SUMS).decode("ascii")
    except (OSError, ValueError) as fault:
        raise NotABackup(_("%(folder)s is no backup: %(fault)s") % {"folder": folder, "fault": fault}) from None
    manifest = _read(said)
    of_sums = {name: digest for digest, _gap, name in (line.partition("  ") for line in sums.splitlines())}
    wanted = {
        **{name: part.sha256 for name, part in manifest.parts.items()},
        MANIFEST: part_of(folder / MANIFEST).sha256,
    }
    if of_sums != wanted:
        raise NotABackup(_("%(name)s is not as it was written.") % {"name": f"{MANIFEST} / {SUMS}"})
    for name, part in manifest.parts.items():
        _check_part(folder / name, part)
    surplus = sorted(path.name for path in folder.iterdir() if path.name not in {*manifest.parts, MANIFEST, SUMS})
    if surplus:
        raise NotABackup(
            _("There are files that do not belong to the backup: %(names)s.") % {"names": ", ".join(surplus)}
        )
    return manifest


def _bounded(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_BYTES:
        raise ValueError(f"{path.name} is too large")
    return path.read_bytes()


def _check_part(path: Path, part: Part) -> None:
    try:
        found = part_of(path)
    except OSError as fault:
        raise NotABackup(_("%(name)s is missing: %(fault)s") % {"name": path.name, "fault": fault}) from None
    if found != part:
        raise NotABackup(_("%(name)s is not as it was written.") % {"name": path.name})


def _read(said: bytes) -> Manifest:
    """Read strictly: what is written again must be the same bytes, so that there is nothing in it that we do not know."""
    fault = _("%(name)s is not as it was written.") % {"name": MANIFEST}
    try:
        value = json.loads(said)
        if value["format"] != FORMAT:
            raise NotABackup(_("This backup was made by another program, of another form."))
        manifest = _manifest(value)
        is_same = manifest.text() == said
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotABackup(fault) from None
    wanted = {DUMP, RIGHTS, COURSEWARE} if manifest.courseware == COPIED else {DUMP, RIGHTS}
    if not is_same or manifest.parts.keys() != wanted:
        raise NotABackup(fault)
    return manifest


def _manifest(value: Mapping[str, Any]) -> Manifest:
    """Return what is said, each member made what it must be: what was something else is not the same when it is written again."""
    log = value["log"]
    return Manifest(
        made_at=str(value["made_at"]),
        server=int(value["server"]),
        migrations=[str(name) for name in value["migrations"]],
        keys={name: str(mark) for name, mark in value["keys"].items()},
        courseware=str(value["courseware"]),
        log=LogThen(
            str(log["hash_name"]), int(log["size"]), str(log["root"]), str(log["signed"]), str(log["witnessed"])
        ),
        parts={name: Part(int(part["length"]), str(part["sha256"])) for name, part in value["parts"].items()},
    )
