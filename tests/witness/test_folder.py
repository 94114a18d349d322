"""The witness's folder refuses whatever could make it forget."""

import dataclasses
import stat
from pathlib import Path

import pytest

from jiangxue_witness.disk import replace
from jiangxue_witness.errors import Damaged, FolderExists, InUse, NotWorking, Unusable
from jiangxue_witness.folder import Folder, create_folder, open_folder
from jiangxue_witness.keys import written
from tests.verify.notary import LOG, signer
from tests.witness.ledgers import Ledger
from tests.witness.places import KEY, NAME, SEED, ask, checkpoint_file, remembered_size


def test_a_new_folder_holds_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    key = create_folder(tmp_path / "new", NAME, SEED)
    assert key == KEY
    assert (tmp_path / "new/key").read_text() == f"{SEED.hex()}\n"
    assert stat.S_IMODE((tmp_path / "new/key").stat().st_mode) == 0o600
    assert "seed" not in repr(key)


@pytest.mark.parametrize("point", ["folders made", "half written", "written", "file synced"])
def test_a_beginning_that_was_cut_off_leaves_nothing_in_the_way_of_the_next(tmp_path: Path, point: str) -> None:
    def die(at: str) -> None:
        if at == point:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_folder(tmp_path / "new", NAME, bytes(32), die)
    assert not (tmp_path / "new").exists()
    assert create_folder(tmp_path / "new", NAME, SEED) == KEY
    with open_folder(tmp_path / "new") as folder:
        assert folder.key == KEY
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_key_that_others_can_read_is_refused(place: Path) -> None:
    (place / "key").chmod(0o640)
    with pytest.raises(Unusable), open_folder(place):
        pass


def test_an_existing_folder_is_never_made_anew(place: Path) -> None:
    with pytest.raises(FolderExists):
        create_folder(place, NAME, SEED)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "n" * 201])
def test_a_name_that_notes_cannot_hold_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unusable):
        create_folder(tmp_path / "new", name, SEED)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(Unusable), open_folder(tmp_path / "nowhere"):
        pass


def test_one_process_holds_a_folder(place: Path) -> None:
    with open_folder(place), pytest.raises(InUse), open_folder(place):
        pass
    with open_folder(place) as again:
        assert again.key == KEY


def test_what_was_signed_is_there_when_the_folder_is_opened_again(place: Path, ledger: Ledger) -> None:
    assert ask(place, ledger.of(5).request(0)).status == 200
    assert remembered_size(place, ledger) == 5
    assert ask(place, ledger.of(8).request(5)).status == 200
    assert remembered_size(place, ledger) == 8


def test_a_log_is_added_once_and_never_reset(place: Path, ledger: Ledger) -> None:
    ask(place, ledger.of(5).request(0))
    other_key = dataclasses.replace(ledger.log, seed=b"?" * 32).verifier_key
    for key in (ledger.log.verifier_key, other_key):
        with open_folder(place) as folder, pytest.raises(Unusable):
            folder.add_log(key, "sha256")
    assert remembered_size(place, ledger) == 5


def test_adding_a_log_again_after_a_crash_half_way_finishes_it(place: Path) -> None:
    second = Ledger(log=signer("second.example", 1))
    with open_folder(place) as folder:
        unfinished = folder._place(second.origin).with_name(f"{folder._place(second.origin).name}.new")
    unfinished.mkdir()
    (unfinished / "verifier-key").write_text("half")
    with open_folder(place) as folder:
        assert second.origin not in folder.keys.logs
        folder.add_log(second.log.verifier_key, "sha256")
    assert ask(place, second.of(2).request(0)).status == 200


def test_two_logs_are_remembered_apart(place: Path, ledger: Ledger) -> None:
    second = Ledger(log=signer("second.example", 1), hash_id="sm3")
    with open_folder(place) as folder:
        folder.add_log(second.log.verifier_key, "sm3")
    assert ask(place, ledger.of(5).request(0)).status == 200
    assert ask(place, second.of(3).request(0)).status == 200
    assert ask(place, second.of(7).request(3)).status == 200
    assert remembered_size(place, ledger) == 5


@pytest.mark.parametrize(
    "key",
    ["", "nonsense", written(KEY.verifier), LOG.verifier_key.replace("+", " "), signer("n" * 201, 1).verifier_key],
)
def test_what_is_no_key_of_a_log_is_not_added(place: Path, key: str) -> None:
    with open_folder(place) as folder, pytest.raises(Unusable):
        folder.add_log(key, "sha256")


@pytest.mark.parametrize("content", [None, b"", b"none", b"none\n\n", b"0\n", b"\xff", b"log.example/one\n5\n"])
def test_a_witness_that_forgot_refuses_to_work(place: Path, ledger: Ledger, content: bytes | None) -> None:
    ask(place, ledger.of(5).request(0))
    path = checkpoint_file(place)
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(Damaged) as refused, open_folder(place):
        pass
    assert str(path) in str(refused.value)


def test_one_changed_byte_of_what_was_signed_is_noticed(place: Path, ledger: Ledger) -> None:
    ask(place, ledger.of(5).request(0))
    good = checkpoint_file(place).read_bytes()
    for index in range(0, len(good), 7):
        checkpoint_file(place).write_bytes(good[:index] + bytes([good[index] ^ 1]) + good[index + 1 :])
        with pytest.raises(Damaged):
            Folder(place)


def test_a_checkpoint_that_only_the_log_has_signed_is_not_ours(place: Path, ledger: Ledger) -> None:
    checkpoint_file(place).write_text(ledger.of(5).note)
    with pytest.raises(Damaged):
        Folder(place)


@pytest.mark.parametrize("name", ["key", "name", "logs", "evidence", "logs/*/verifier-key", "logs/*/hash"])
@pytest.mark.parametrize("is_gone", [True, False], ids=["gone", "empty"])
def test_a_folder_without_one_of_its_files_refuses_to_work(place: Path, name: str, is_gone: bool) -> None:
    (path,) = place.glob(name)
    path.rename(place.parent / "away")
    if not is_gone:
        path.touch(mode=0o600)
    with pytest.raises(NotWorking):
        Folder(place)


def test_a_log_in_the_place_of_another_is_refused(place: Path) -> None:
    (path,) = place.glob("logs/*/verifier-key")
    path.write_text(signer("second.example", 1).verifier_key + "\n")
    with pytest.raises(Damaged):
        Folder(place)


def test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_answer(tmp_path: Path) -> None:
    passed: list[str] = []
    (tmp_path / "file").write_bytes(b"old")

    def at(point: str) -> None:
        passed.append(point)
        before = passed.index("renamed") if "renamed" in passed else len(passed)
        assert (tmp_path / "file").read_bytes() == (b"old" if before == len(passed) else b"new content")

    replace(tmp_path / "file", b"new content", at)
    assert passed == ["half written", "written", "file synced", "renamed", "folder synced"]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
