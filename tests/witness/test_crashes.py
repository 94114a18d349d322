"""A witness that is killed at any moment has still not signed two histories, and remembers what it sent."""

import http.client
import itertools
import random
import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from jiangxue_verify.errors import Refused
from jiangxue_verify.merkle import Tree
from jiangxue_witness.folder import open_folder
from tests.witness.ledgers import Ledger
from tests.witness.places import ask, opened, remembered_size
from tests.witness.processes import PATIENCE_S, heard, served

BEFORE_THE_NAME = ["taken", "decided", "half written", "written", "file synced"]
BEHIND_THE_NAME = ["renamed", "folder synced", "remembered", "answered"]


def _until_death(place: Path, point: str, requests: Iterable[bytes], before: int = 0) -> tuple[bool, list[bytes]]:
    """Send requests to a witness that dies at a point; return whether it came to that, and the cosignatures that came out."""
    command = [sys.executable, "-m", "tests.witness.dying", str(place), point, str(before)]
    lines = "".join(f"{content.hex()}\n" for content in requests)
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=False, timeout=PATIENCE_S)
    assert done.returncode in (-9, 0), done.stderr.decode()
    answers = (line.split(" ") for line in done.stdout.decode().splitlines())
    return done.returncode == -9, [bytes.fromhex(content) for status, content in answers if status == "200"]


@pytest.mark.parametrize("point", [*BEFORE_THE_NAME, *BEHIND_THE_NAME])
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
def test_death_at_a_point_leaves_the_old_or_the_new_checkpoint(
    place: Path, ledger: Ledger, point: str, is_first: bool
) -> None:
    old, new = (0, 3) if is_first else (3, 5)
    if not is_first:
        ask(place, ledger.of(3).request(0))
    died, sent = _until_death(place, point, [ledger.of(new).request(old)])
    assert died
    assert len(sent) == (point == "answered")
    assert remembered_size(place, ledger) == (old if point in BEFORE_THE_NAME else new)
    again = ask(place, ledger.of(new).request(remembered_size(place, ledger)))
    assert again.status == 200


@pytest.mark.parametrize("point", [*BEFORE_THE_NAME, *BEHIND_THE_NAME])
def test_death_never_gives_a_liar_a_second_history(place: Path, ledger: Ledger, point: str) -> None:
    """Kill at the same point again and again, now at once, now at its second passing; the log always offers two stories."""
    sent: list[Ledger] = []
    story, deaths = ledger, 0
    for round_ in range(4):
        size = remembered_size(place, ledger)
        for which in ("truth", "lie"):
            one, two = (story.of(size + more, f"{which} {round_}") for more in (1, 2))
            died, cosignatures = _until_death(place, point, [one.request(size), two.request(size + 1)], round_ % 2)
            deaths += died
            sent += [told for told in (one, two) for line in cosignatures if _is_under(told, line)]
            story = next((told for told in (two, one) if _remembers(place, told)), story)
    assert deaths >= 4
    assert len(sent) >= 2
    assert _are_one_history([*sent, story])
    assert _remembers(place, story)


def _is_under(ledger: Ledger, cosignature: bytes) -> bool:
    """Tell whether a cosignature is one of this ledger's checkpoint."""
    try:
        return opened(ledger, cosignature).size == len(ledger.leaves)
    except Refused:
        return False


def _remembers(place: Path, ledger: Ledger) -> bool:
    with open_folder(place) as folder:
        return folder.remembered[ledger.origin].tree == ledger.tree


def _are_one_history(several: Iterable[Ledger]) -> bool:
    """Tell whether each, in order, begins with the one before."""
    return all(later.leaves[: len(earlier.leaves)] == earlier.leaves for earlier, later in itertools.pairwise(several))


def test_death_while_evidence_is_kept_changes_nothing_of_what_is_remembered(place: Path, ledger: Ledger) -> None:
    ask(place, ledger.of(5).request(0))
    fork = ledger.of(4).of(5, "lie").request(5)
    assert _until_death(place, "evidence kept", [fork]) == (True, [])
    assert remembered_size(place, ledger) == 5
    assert ask(place, fork).status == 409
    assert len(list(place.glob("evidence/*.txt"))) == 1


def test_what_the_real_program_has_sent_before_it_is_killed_under_load_is_remembered(
    place: Path, ledger: Ledger
) -> None:
    """Both an honest log and one that tells another story from the same size ask all the time; kill -9 comes at any moment."""
    sent: dict[Tree, Ledger] = {}
    story, chance = ledger, random.Random(7)
    for round_ in range(8):
        size = remembered_size(place, ledger)
        stories = [story.of(size + 40, f"{which} {round_}") for which in ("truth", "lie")]
        with served(place) as witness, ThreadPoolExecutor(2) as logs:
            killer = threading.Timer(chance.uniform(0.0, 0.25), witness.process.kill)
            killer.start()
            for told in logs.map(partial(_told_until_death, witness.port, size), stories):
                sent |= {one.tree: one for one in told}
            killer.join()
        story = next(
            (one.of(count) for one in stories for count in range(size, size + 41) if _remembers(place, one.of(count))),
            story,
        )
        assert _remembers(place, story) or not story.leaves
        assert _are_one_history([*sorted(sent.values(), key=lambda one: len(one.leaves)), story])
    assert len(sent) > 8


def _told_until_death(port: int, size: int, story: Ledger) -> list[Ledger]:
    """Send a story entry by entry from a size on, and return those that were cosigned before the witness was gone."""
    told = []
    for new in range(size + 1, len(story.leaves) + 1):
        try:
            answer = heard(port, "POST", "/add-checkpoint", story.of(new).request(new - 1))
        except (OSError, http.client.HTTPException):
            break
        if answer.status == 200:
            assert opened(story.of(new), answer.body).size == new
            told.append(story.of(new))
    return told
