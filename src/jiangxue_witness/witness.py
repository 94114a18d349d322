"""The one way of every request, by HTTP or by mail: decide, write down, and only then answer."""

from __future__ import annotations

import threading
from collections.abc import Callable

from jiangxue_witness import evidence
from jiangxue_witness.clock import Clock
from jiangxue_witness.deciding import Answer, decide, refusal
from jiangxue_witness.disk import At, nowhere
from jiangxue_witness.folder import Folder
from jiangxue_witness.words import Reason


class Witness:
    """Answers requests one after another."""

    def __init__(self, folder: Folder, clock: Clock, say: Callable[[str], None], at: At = nowhere) -> None:
        """Take who is told when evidence was kept, or when nothing could be signed."""
        self.folder = folder
        self._clock = clock
        self._say = say
        self._at = at
        self._turn = threading.Lock()

    def answer(self, body: bytes) -> Answer:
        """Answer the bytes of a request. A cosignature is on the disk before it is returned; if it cannot be written, there is none.

        Decision and writing are one turn, so that of two requests from one old size the second is refused.
        """
        with self._turn:
            self._at("taken")
            now_s = self._clock()  # within the turn: times follow the order of signatures
            answer = decide(self.folder.remembered, body, self.folder.keys, now_s)
            self._at("decided")
            if answer.evidence is not None:
                self._keep(answer, now_s)
            return self._written(answer)

    def _written(self, answer: Answer) -> Answer:
        if answer.remember is None or answer.remember == self.folder.remembered[answer.origin]:
            return answer
        try:
            self.folder.remember(answer.origin, answer.remember, self._at)
        except OSError as error:
            self._say(f"{Reason.NOT_KEPT.value}：{error}")
            return refusal(500, Reason.NOT_KEPT)
        self._at("remembered")
        return answer

    def _keep(self, answer: Answer, now_s: int) -> None:
        """Keep evidence; a full disk must not turn a refusal into anything else."""
        try:
            kept = evidence.keep(self.folder.evidence, answer, now_s)
        except OSError as error:
            self._say(f"证据没能写入磁盘：{error}")
            return
        self._at("evidence kept")
        if kept is not None:
            self._say(
                f"拒绝签署 {answer.origin}：{Reason.FORK.value if answer.status == 409 else Reason.REWRITTEN.value}。证据：{kept}"
            )
