"""The rules as a server without a database: opens, hears and ends the sessions of one learner, and remembers all that it judged.

Openings and ends follow `learning/services/opening.py` and `ending.py`; beats go through the real wire and `rules.hearing`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from jiangxue.learning.hot.wire import Malformed, Writer, parse_beat
from jiangxue.learning.rules.checks import Cleared, answer_by_ms
from jiangxue.learning.rules.closing import due_closing
from jiangxue.learning.rules.days import day_of, left_of_day_ms
from jiangxue.learning.rules.directives import next_beat_ms
from jiangxue.learning.rules.hearing import Again, Draw, Heard, LeaseState, OutOfStep, SignedOut, Terms, TooOften, hear
from jiangxue.learning.rules.judge import judge, judge_cleared, judge_end
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.replay import RecordedBeat, replay, total_by_day
from jiangxue.learning.rules.resume import resume_position_ms
from jiangxue.learning.rules.sequence import FIRST_TAG, Beat, Standing, is_authentic, session_key
from jiangxue.learning.rules.shapes import DayBalance, Judgement, Running
from jiangxue.policies.rules.time_policy import TimePolicy

MASTER_KEY = bytes(range(32))

type Said = tuple[int, dict[str, Any], Mapping[str, str]]


@dataclass
class Lesson:
    """A lesson in a class, and how far ended sessions brought the learner."""

    in_class: int
    length_ms: int
    reached_ms: int = 0


@dataclass
class Session:
    """All that is kept of one session."""

    window: str
    lesson: Lesson
    terms: Terms
    opening: Running
    beats: list[RecordedBeat | Cleared] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    end: tuple[int, EndReason] | None = None

    @property
    def credited_ms(self) -> int:
        return sum(judgement.credited_ms for judgement in self.judgements)

    def judged_again(self) -> list[Judgement]:
        """Judge the session again from what is kept, part by part as passed checks cut it."""
        found: list[Judgement] = []
        part: list[RecordedBeat] = []
        for kept in [*self.beats, self.end]:
            if isinstance(kept, RecordedBeat):
                part.append(kept)
                continue
            state = found[-1].running if found else self.opening
            found += replay(state, self.terms.policy, part, kept)
            part = []
        return found


@dataclass
class Checks:
    """What belongs to the learner; `draws` are the next amounts of counted time after which a check is due, none: no checks."""

    draws: list[int] = field(default_factory=list)
    until_ms: int | None = None
    provisional_ms: int = 0
    asked_ms: int | None = None
    answer_by_ms: int | None = None

    def draw(self) -> int:
        return self.draws.pop(0) if self.draws else 10**9

    def keep(self, lease: LeaseState) -> None:
        """Remember what outlives a session."""
        running = lease.running
        self.until_ms, self.provisional_ms = running.until_check_ms, running.provisional_ms
        self.asked_ms, self.answer_by_ms = running.asked_at_ms, lease.answer_by_ms

    def forget(self) -> None:
        """Close the check that expired; the next one is drawn when a session opens."""
        self.until_ms = self.asked_ms = self.answer_by_ms = None


class Server:
    """One learner's server; `now_ms` is set from outside."""

    def __init__(
        self, now_ms: int, lessons: list[Lesson], policy: TimePolicy, *, closes_ms: int, renews_ms: int | None
    ):
        self.now_ms = now_ms
        self.lessons = lessons
        self.policy = policy
        self.closes_ms = closes_ms
        self.renews_ms = renews_ms
        self.sessions: dict[str, Session] = {}
        self.lease: LeaseState | None = None
        self.days: dict[tuple[int, int], int] = {}
        self.credits: list[tuple[int, int, int]] = []  # since when, until when, how much: of each judgement
        self.nonces = 0
        self.chance = 0.5
        self.checks = Checks()

    def post(self, url: str, body: dict[str, Any]) -> Said:
        """Answer a client; lessons are opened at `/open/<number>`."""
        if url == "/beat":
            return self._beat(json.dumps(body).encode())
        if url.startswith("/learn/check/"):
            return 200, self._show() if url.endswith("show/") else self._answer(), {}
        return self._open(self.lessons[int(url.rsplit("/", 1)[1])], body["window"], take_over=body["take_over"])

    def sweep(self) -> bool:
        """End the current session if it should have ended by itself."""
        lease = self.lease
        if lease is None or (lease.end_reason is None and lease.close_due_ms > self.now_ms):
            return False
        terms = self.current.terms
        at_ms, reason = due_closing(
            lease.running, terms.policy, terms.class_closes_ms, terms.valid_until_ms, lease.answer_by_ms
        )
        self.end(lease.end_reason or reason, lease.running.beat_at_ms if lease.end_reason else at_ms)
        return True

    @property
    def current(self) -> Session:
        assert self.lease
        assert self.lease.session
        return self.sessions[self.lease.session]

    def end(self, reason: EndReason, at_ms: int) -> None:
        """Seal the current session."""
        assert self.lease
        session, running = self.current, self.lease.running
        session.judgements.append(judge_end(running, reason, at_ms))
        session.end = (at_ms, reason)
        session.lesson.reached_ms = running.reached_ms
        for share in total_by_day(session.judgements):
            key = (share.day, session.lesson.in_class)
            self.days[key] = self.days.get(key, 0) + share.credited_ms
        self.checks.keep(self.lease)
        if reason is EndReason.MISSED_CHECK:
            self.checks.forget()
        self.lease = None

    def balance(self, day: int, in_class: int) -> DayBalance:
        """Return what a day holds from ended sessions."""
        person_ms = sum(ms for (on, _class), ms in self.days.items() if on == day)
        return DayBalance(day, person_ms, self.days.get((day, in_class), 0))

    def _open(self, lesson: Lesson, window: str, *, take_over: bool) -> Said:
        if self.now_ms >= self.closes_ms:
            return 403, {"error": "class_closed"}, {}
        if self.lease is None and (self.checks.answer_by_ms or self.now_ms + 1) <= self.now_ms:
            self.checks.forget()
        if self.lease is not None and not self.sweep():
            is_alive = self.now_ms - self.lease.next_due_ms <= self.current.terms.policy.dead_after_ms
            is_same = self.current.window == window
            if is_alive and not is_same and not take_over:
                return 409, {"error": "already_learning"}, {}
            replaced = EndReason.SUPERSEDED if is_alive else EndReason.SILENT
            self.end(EndReason.REOPENED if is_same else replaced, self.now_ms)
        balance = self.balance(day_of(self.now_ms), lesson.in_class)
        if left_of_day_ms(balance, self.policy) == 0:
            return 403, {"error": "cap_reached"}, {}
        return self._begin(lesson, window, balance)

    def _begin(self, lesson: Lesson, window: str, balance: DayBalance) -> Said:
        checks = self.checks
        if checks.until_ms is None and checks.draws:
            checks.until_ms = checks.draw()
        running = replace(
            Running(self.now_ms, 0, lesson.reached_ms, lesson.length_ms, (balance,)),
            until_check_ms=checks.until_ms,
            provisional_ms=checks.provisional_ms,
            asked_at_ms=checks.asked_ms,
        )
        renews_ms = self.renews_ms if self.renews_ms and self.renews_ms > self.now_ms else None
        terms = Terms(lesson.reached_ms, self.policy, renews_ms, self.closes_ms)
        session = f"{len(self.sessions):032x}"
        self.sessions[session] = Session(window, lesson, terms, running)
        next_ms = next_beat_ms(self.policy, self.chance)
        close_due_ms, _ = due_closing(running, self.policy, self.closes_ms, renews_ms, checks.answer_by_ms)
        standing = Standing(0, FIRST_TAG, self._nonce())
        self.lease = LeaseState(session, standing, "", running, self.now_ms + next_ms, close_due_ms)
        self.lease = replace(self.lease, answer_by_ms=checks.answer_by_ms)
        return (
            200,
            {
                "session": session,
                "key": session_key(MASTER_KEY, session).hex(),
                "n": 0,
                "tag": FIRST_TAG,
                "nonce": standing.nonce,
                "position_ms": resume_position_ms(running.reached_ms, running.length_ms, self.policy),
                "reached_ms": running.reached_ms,
                "length_ms": running.length_ms,
                "next_ms": next_ms,
                "check": checks.asked_ms is not None,
            },
            {},
        )

    def _show(self) -> dict[str, Any]:
        """Show the open check to a session; its time begins."""
        if self.sweep() or self.lease is None or self.lease.running.asked_at_ms is None:
            return {"prompt": None}
        asked_ms = self.lease.running.asked_at_ms
        shown_until_ms = answer_by_ms(asked_ms, self.now_ms, self.current.terms.policy)
        self.lease = replace(self.lease, answer_by_ms=min(self.lease.answer_by_ms or shown_until_ms, shown_until_ms))
        self._wait_anew()
        return {"prompt": {"check": "c" * 32, "nonce": "d" * 16, "left_ms": shown_until_ms - self.now_ms}}

    def _answer(self) -> dict[str, Any]:
        """Take the answer for a right one."""
        if self.sweep() or self.lease is None or self.lease.running.asked_at_ms is None:
            return {"outcome": "missed"}
        session = self.current
        until_ms = self.lease.running.until_check_ms
        cleared = Cleared(self.now_ms, until_ms or self.checks.draw(), 0)
        judgement = judge_cleared(self.lease.running, cleared)
        session.beats.append(cleared)
        session.judgements.append(judgement)
        self.lease = replace(self.lease, running=judgement.running, answer_by_ms=None)
        self._wait_anew()
        return {"outcome": "passed", "reached_ms": judgement.running.reached_ms}

    def _wait_anew(self) -> None:
        """Reckon anew when the session ends by itself."""
        assert self.lease
        terms = self.current.terms
        closing = due_closing(
            self.lease.running, terms.policy, terms.class_closes_ms, terms.valid_until_ms, self.lease.answer_by_ms
        )
        self.lease = replace(self.lease, close_due_ms=closing[0])

    def _beat(self, body: bytes) -> Said:
        try:
            beat = parse_beat(body)
        except Malformed:
            return 400, {"error": "malformed"}, {}
        if not is_authentic(beat, session_key(MASTER_KEY, beat.session)):
            return 401, {"error": "not_authentic"}, {}
        session = self.sessions[beat.session]
        nobody = LeaseState(None, Standing(0, "", ""), "", session.opening, 0, 0)
        lease = self.lease or nobody
        outcome = hear(lease, session.terms, beat, self.now_ms, Draw(self._nonce(), self.chance, 0.0))
        if isinstance(outcome, Heard):
            return self._judged(session, lease.running, beat, outcome)
        return self._refused(session, outcome)

    def _judged(self, session: Session, before: Running, beat: Beat, heard: Heard) -> Said:
        answer = Writer("/ended/{session}/").answer(heard.answer, beat.session).decode()
        self.lease = replace(heard.lease, answer=answer)
        self.credits.append((before.beat_at_ms, self.now_ms, heard.credited_ms))
        session.beats.append(RecordedBeat(self.now_ms, beat.claim))
        session.judgements.append(judge(before, beat.claim, session.terms.policy, self.now_ms))
        return 200, json.loads(answer), {}

    def _refused(self, session: Session, outcome: Again | OutOfStep | SignedOut | TooOften) -> Said:
        match outcome:
            case Again(answer):
                return 200, json.loads(answer), {}
            case OutOfStep(standing, position_ms):
                values = {"n": standing.n, "tag": standing.tag, "nonce": standing.nonce, "position_ms": position_ms}
                return 409, {"error": "resync", **values}, {}
            case SignedOut(reason):
                told = reason or (session.end[1] if session.end else EndReason.SUPERSEDED)
                return 410, {"error": "signed_out", "directive": {"do": "sign_out", "reason": told}}, {}
            case TooOften():
                return 429, {"error": "too_often"}, {"retry-after": "2"}

    def _nonce(self) -> str:
        self.nonces += 1
        return f"{self.nonces:016x}"
