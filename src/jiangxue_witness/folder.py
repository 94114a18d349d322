"""The witness's folder: its key, its logs and what it has signed last for each (docs/formats/witness.md).

Whatever is missing, empty or not of its form is refused: a witness that forgot could be led to sign another history.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiangxue_verify.errors import Finding
from jiangxue_verify.hashing import HASHES
from jiangxue_verify.keys import is_name
from jiangxue_verify.notes import open_checkpoint
from jiangxue_witness.deciding import Remembered, nothing_signed
from jiangxue_witness.disk import BESIDE, At, nowhere, replace, sync_folder, write_synced
from jiangxue_witness.errors import Damaged, FolderExists, NotWorking, Unusable
from jiangxue_witness.keys import LONGEST_NAME, Keys, LogKey, WitnessKey, log_verifier, seed_of
from jiangxue_witness.lock import sole_process

NOTHING = b"none\n"
"""What `checkpoint` holds before the first: a file that a full disk or a crash has emptied must not read like that."""
_HASH_OF_ORIGIN = re.compile("[0-9a-f]{64}")


class Folder:
    """An open folder; `open_folder` makes it."""

    def __init__(self, path: Path) -> None:
        _must_exist(path)
        self.path = path
        self.key = _key_in(path)
        self.evidence = path / "evidence"
        _must_be_folder(self.evidence)
        _must_be_folder(path / "logs")
        found = [_log_in(place) for place in _places(path / "logs")]
        self.keys = Keys(self.key, {log.verifier.name: log for log in found})
        self.remembered = {origin: self._read(log) for origin, log in self.keys.logs.items()}

    def remember(self, origin: str, remembered: Remembered, at: At = nowhere) -> None:
        """Write down what is signed for a log. OSError if the disk refuses; then nothing may be answered."""
        replace(self._place(origin) / "checkpoint", remembered.note.encode(), at)
        self.remembered[origin] = remembered

    def add_log(self, verifier_key: str, hash_id: str) -> str:
        """Begin with a log and return its origin. Unusable if the key is none, or there is one of this name already."""
        key = log_verifier(verifier_key)
        place = self._place(key.name)
        if key.name in self.keys.logs or place.exists():
            raise Unusable(f"已经登记过名为 {key.name} 的存证日志；更换公钥请另建新的见证文件夹")
        beside = place.with_name(f"{place.name}.new")
        beside.mkdir(mode=0o700, exist_ok=True)
        write_synced(beside / "verifier-key", f"{verifier_key}\n".encode())
        write_synced(beside / "hash", f"{hash_id}\n".encode())
        write_synced(beside / "checkpoint", NOTHING)
        sync_folder(beside)
        beside.rename(place)
        sync_folder(place.parent)
        return key.name

    def _place(self, origin: str) -> Path:
        return self.path / "logs" / hashlib.sha256(origin.encode()).hexdigest()

    def _read(self, log: LogKey) -> Remembered:
        """Return what was signed last for a log. The log's signature and our own must be right: so a changed byte is noticed."""
        path = self._place(log.verifier.name) / "checkpoint"
        content = _bytes_of(path)
        if content == NOTHING:
            return nothing_signed(log.hash_)
        own = self.key.verifier
        try:
            note = content.decode()
            checkpoint = open_checkpoint(note, [log.verifier, own])
            return Remembered(checkpoint.tree, note, checkpoint.cosigned[own.name])
        except (UnicodeDecodeError, Finding, KeyError) as error:
            raise Damaged(path, "不是本见证方签署过的检查点") from error


def create_folder(path: Path, name: str, seed: bytes, at: At = nowhere) -> WitnessKey:
    """Make a folder with a new key out of 32 secret random bytes, whole or not at all. FolderExists if anything is there already."""
    if not is_name(name) or len(name) > LONGEST_NAME:
        raise Unusable("名称不能为空，不能含空格或加号，最长 200 个字符")
    if path.exists() or path.is_symlink():
        raise FolderExists(path)
    beside = path.with_name(path.name + BESIDE)
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for folder in (beside, beside / "logs", beside / "evidence"):
            folder.mkdir(mode=0o700)
        at("folders made")
        write_synced(beside / "name", f"{name}\n".encode(), at)
        write_synced(beside / "key", f"{seed.hex()}\n".encode(), at)
        sync_folder(beside)
        beside.rename(path)
    except OSError as error:
        raise NotWorking(f"无法建立文件夹：{path}（{error.strerror}）") from error
    sync_folder(path.absolute().parent)
    return WitnessKey(name, seed)


@contextmanager
def open_folder(path: Path) -> Iterator[Folder]:
    """Hold a folder alone, and read and check all of it. NotWorking if that cannot be."""
    _must_exist(path)
    with sole_process(path):
        yield Folder(path)


def _key_in(path: Path) -> WitnessKey:
    """Return the key of a folder; nobody but its owner may be able to read it."""
    name, secret = _line_of(path / "name"), path / "key"
    if os.name != "nt" and secret.exists() and secret.stat().st_mode & 0o077:
        raise Unusable(f"密钥文件可以被他人读取，请先运行：chmod 600 {secret}")
    if not is_name(name):
        raise Damaged(path / "name", "不是名称")
    try:
        return WitnessKey(name, seed_of(_line_of(secret)))
    except Unusable as error:
        raise Damaged(secret, str(error)) from error


def _places(logs: Path) -> list[Path]:
    """Return the folders of logs; one that was not finished has another name, and has signed nothing."""
    return sorted(place for place in logs.iterdir() if _HASH_OF_ORIGIN.fullmatch(place.name))


def _log_in(place: Path) -> LogKey:
    """Return what is known of the log in a folder of its own."""
    try:
        verifier, hash_id = log_verifier(_line_of(place / "verifier-key")), _line_of(place / "hash")
    except Unusable as error:
        raise Damaged(place / "verifier-key", str(error)) from error
    if hash_id not in HASHES:
        raise Damaged(place / "hash", "不是 sha256 或 sm3")
    if place.name != hashlib.sha256(verifier.name.encode()).hexdigest():
        raise Damaged(place, "文件夹名与公钥中的名称不符")
    return LogKey(verifier, hash_id, HASHES[hash_id])


def _line_of(path: Path) -> str:
    """Return the one line of a small file."""
    content = _bytes_of(path)
    if not content.endswith(b"\n") or content.count(b"\n") != 1:
        raise Damaged(path, "应为一行文字")
    try:
        return content[:-1].decode()
    except UnicodeDecodeError as error:
        raise Damaged(path, "不是 UTF-8 文字") from error


def _bytes_of(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Damaged(path, "缺失或无法读取") from error
    if not content:
        raise Damaged(path, "是空的")
    return content


def _must_exist(path: Path) -> None:
    if not path.is_dir():
        raise Unusable(f"没有这个文件夹：{path}")


def _must_be_folder(path: Path) -> None:
    if not path.is_dir():
        raise Damaged(path, "缺失或不是文件夹")
