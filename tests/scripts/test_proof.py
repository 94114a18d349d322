"""The guards that `make prove-rules` takes away stand in the source as it is now, and their tests exist."""

import pytest

from scripts.layout import REPOSITORY
from scripts.proof.guard import Guard
from scripts.proof.tree import Found
from scripts.prove_rules import GUARDS, Verdict


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_stands_once_in_its_file_and_its_test_exists(guard: Guard) -> None:
    assert (REPOSITORY / guard.file).read_text().count(guard.fragment) == 1
    assert guard.without != guard.fragment
    file, _, name = guard.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (REPOSITORY / file).read_text()


def test_guards_have_names_of_their_own() -> None:
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (Found(greens=0, reds=1, oddities=(), said=""), "red"),
        (Found(greens=1, reds=0, oddities=(), said=""), "GREEN"),
        (Found(greens=0, reds=0, oddities=("setup: ImportError",), said=""), "setup: ImportError"),
        (Found(greens=0, reds=1, oddities=("call: KeyError",), said=""), "call: KeyError"),
        (Found(greens=0, reds=0, oddities=(), said=""), "GREEN"),
    ],
)
def test_only_a_failed_assertion_proves_a_guard(found: Found, word: str) -> None:
    verdict = Verdict(GUARDS[0], found)
    assert verdict.word == word
    assert verdict.is_noticed == (word == "red")
