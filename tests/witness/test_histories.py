"""Whatever a log and strangers send, in any order: all that a witness has ever cosigned is one history."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jiangxue_verify.keys import parse_key
from jiangxue_verify.notes import open_checkpoint
from jiangxue_witness.folder import create_folder, open_folder
from tests.verify.notary import STRANGER, body, note
from tests.witness.ledgers import Ledger, request
from tests.witness.places import KEY, NAME, NOW_S, SEED, ask, remembered_size

SIZES = st.integers(0, 12)
STORIES = st.integers(0, 3)


class AnyHistory(RuleBasedStateMachine):
    """Four stories of one log; each begins as another does, and then goes its own way."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.place = self.folder / "witness"
        create_folder(self.place, NAME, SEED)
        self.stories = [Ledger().of(12, f"{number} ") for number in range(4)]
        with open_folder(self.place) as folder:
            folder.add_log(self.stories[0].log.verifier_key, "sha256")
        self.cosigned: list[tuple[Ledger, int]] = []
        self.now_s = NOW_S

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(story=STORIES, other=STORIES, common=SIZES)
    def retell(self, story: int, other: int, common: int) -> None:
        """Let one story begin like another."""
        beginning = self.stories[other].of(common)
        self.stories[story] = beginning.of(12, f"{story} retold at {common} ")

    @rule(seconds=st.integers(-5, 20))
    def let_the_clock_go(self, seconds: int) -> None:
        self.now_s += seconds

    @rule(story=STORIES, size=SIZES)
    def continue_honestly(self, story: int, size: int) -> None:
        """Ask as an honest log does, with the size that the witness names."""
        told = self.stories[story].of(size)
        old = remembered_size(self.place, told)
        if size >= old:
            self._ask(told, told.request(old))

    @rule(story=STORIES, size=SIZES, old=SIZES)
    def ask_with_any_old_size(self, story: int, size: int, old: int) -> None:
        told = self.stories[story].of(size)
        self._ask(told, told.request(old))

    @rule(story=STORIES, other=STORIES, size=SIZES)
    def ask_with_the_proof_of_another_story(self, story: int, other: int, size: int) -> None:
        told = self.stories[story].of(size)
        old = remembered_size(self.place, told)
        self._ask(told, told.request(old, self.stories[other].of(size).proof(old)))

    @rule(story=STORIES, size=SIZES, proof=st.lists(st.binary(min_size=32, max_size=32), max_size=4))
    def ask_with_any_proof(self, story: int, size: int, proof: list[bytes]) -> None:
        told = self.stories[story].of(size)
        self._ask(told, told.request(remembered_size(self.place, told), proof))

    @rule(story=STORIES, size=SIZES)
    def ask_as_a_stranger(self, story: int, size: int) -> None:
        told = self.stories[story].of(size)
        forged = note(body(*told.tree)).rpartition("\n\n")[0] + "\n\n" + STRANGER.line(body(*told.tree))
        self._ask(told, request(remembered_size(self.place, told), [], forged))

    @precondition(lambda self: self.cosigned)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        told, _ = data.draw(st.sampled_from(self.cosigned))
        self._ask(told, told.request(data.draw(SIZES)))

    def _ask(self, told: Ledger, content: bytes) -> None:
        answer = ask(self.place, content, self.now_s)
        if answer.status == 200:
            keys = [parse_key(told.log.verifier_key), KEY.verifier]
            signed_at_s = open_checkpoint(told.note + answer.body.decode(), keys).cosigned[NAME]
            self.cosigned.append((told, signed_at_s))

    @invariant()
    def all_that_was_cosigned_is_one_history(self) -> None:
        for (earlier, before_s), (later, at_s) in zip(self.cosigned, self.cosigned[1:], strict=False):
            assert later.leaves[: len(earlier.leaves)] == earlier.leaves
            assert at_s >= before_s

    @invariant()
    def the_last_of_it_is_remembered(self) -> None:
        with open_folder(self.place) as folder:
            last = self.cosigned[-1][0] if self.cosigned else Ledger()
            assert folder.remembered[last.origin].tree == last.tree


AnyHistory.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
test_any_history = AnyHistory.TestCase
