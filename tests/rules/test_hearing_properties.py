"""One learner with several windows, lessons and classes on a network that loses, repeats, delays and forges (effective-time.md, last but one section)."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jiangxue.learning.rules.days import day_start_ms
from jiangxue.learning.rules.replay import total_by_day
from jiangxue.learning.rules.sequence import session_key
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.attacks.client import Page
from tests.rules.server import MASTER_KEY, Lesson, Server

MIDNIGHT_MS = day_start_ms(739_944)
WINDOWS = 3

CURRENT = WINDOWS
which_window = st.one_of(st.just(CURRENT), st.just(CURRENT), st.integers(0, WINDOWS - 1))
# Mostly what honest playing could claim, and a little beside it; sometimes anything.
aheads = st.one_of(st.integers(-4_000, 12_000), st.integers(-100_000, 400_000))
idles = st.one_of(st.just(0), st.integers(0, 70_000))
flag_bits = st.one_of(st.sampled_from([0, 0, 1, 2, 4, 8, 8, 32]), st.integers(0, 63))
changeable = st.sampled_from(["n", "position", "idle", "client_ms"])
fates = st.sampled_from(["heard", "heard", "heard", "beat lost", "answer lost", "late", "twice"])
policies = st.builds(
    TimePolicy,
    day_cap_ms=st.integers(60_000, 400_000),
    class_day_cap_ms=st.integers(60_000, 400_000),
    max_carry_ms=st.integers(0, 10_000),
)


class Learner(RuleBasedStateMachine):
    """Does what it likes; the invariants say what it never gets."""

    @initialize(
        policy=policies,
        before_ms=st.integers(0, 600_000),
        lengths=st.lists(st.integers(20_000, 400_000), min_size=3, max_size=3),
        bounds=st.tuples(st.integers(200_000, 4_000_000), st.one_of(st.none(), st.integers(60_000, 2_000_000))),
        draws=st.lists(st.integers(1_000, 200_000), max_size=5),
    )
    def begin(self, policy, before_ms, lengths, bounds, draws):
        closes_ms, renews_ms = bounds
        now_ms = MIDNIGHT_MS - before_ms
        lessons = [Lesson(in_class=number // 2, length_ms=ms) for number, ms in enumerate(lengths)]
        renews_at_ms = renews_ms and now_ms + renews_ms
        self.server = Server(now_ms, lessons, policy, closes_ms=now_ms + closes_ms, renews_ms=renews_at_ms)
        self.server.checks.draws = draws
        self.pages = [Page(self.server.post, "/open/0", window=f"{number:032x}") for number in range(WINDOWS)]
        self.late: list[dict[str, Any]] = []
        self.judged: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.pages[0].open()

    @rule(ms=st.one_of(st.integers(0, 5_000), st.integers(20_000, 40_000), st.integers(0, 200_000)))
    def wait(self, ms):
        self.server.now_ms += ms

    @rule(window=st.integers(0, WINDOWS - 1), lesson=st.integers(0, 2), take_over=st.sampled_from([False, False, True]))
    def open(self, window, lesson, take_over):
        page = self.pages[window]
        page.open_url = f"/open/{lesson}"
        before = self.server.lease
        status, _answer = page.open(take_over=take_over)
        assert status in {200, 403, 409}
        if status == 409:
            assert self.server.lease == before

    @rule(window=which_window, wait_ms=st.integers(0, 90_000))
    def meet_a_check(self, window, wait_ms):
        """See what the open check asks, if there is one, and answer it after a while."""
        page = self._page(window)
        prompt = page.show_check()
        self.server.now_ms += wait_ms
        if prompt is not None:
            outcome = page.answer_check(prompt, 0)[1]["outcome"]
            assert outcome == ("passed" if wait_ms < prompt["left_ms"] else "missed") or self.server.lease is None

    @rule(window=which_window, ahead_ms=aheads, idle_ms=idles, flags=flag_bits, fate=fates)
    def beat(self, window, ahead_ms, idle_ms, flags, fate):
        page = self._page(window)
        if page.session:
            body = page.body(self._position(ahead_ms), idle_ms=idle_ms, flags=flags)
            self._carry(page, body, fate)

    @rule(aheads_ms=st.lists(st.integers(-2_000, 2_000), min_size=1, max_size=4))
    def learn(self, aheads_ms):
        """What honest pages do most of the time."""
        if self.server.lease is None:
            self.pages[0].open()
        for ahead_ms in aheads_ms:
            self.server.now_ms += 30_000
            self.beat(CURRENT, ahead_ms, 0, 0, "heard")

    @rule(ahead_ms=aheads, idle_ms=idles, flags=flag_bits, wait_ms=st.integers(0, 70_000))
    def wait_and_say_anything(self, ahead_ms, idle_ms, flags, wait_ms):
        self.server.now_ms += wait_ms
        self.beat(CURRENT, ahead_ms, idle_ms, flags, "heard")

    @rule(window=which_window)
    def find_the_place_again(self, window):
        page = self._page(window)
        if page.session:
            status, answer = page.ask(page.signed({**page.body(0), "nonce": "f" * 16}))
            if status == 409:
                page.n, page.tag, page.nonce = answer["n"], answer["tag"], answer["nonce"]

    @rule(number=st.integers(0, 50))
    def deliver_late(self, number):
        if self.late:
            self._deliver(self.late.pop(number % len(self.late)))

    @rule(number=st.integers(0, 200))
    def repeat_anything_that_was_ever_judged(self, number):
        if self.judged:
            body, answer = self.judged[number % len(self.judged)]
            before = self.server.lease
            status, again = self.pages[0].ask(body)
            assert self.server.lease == before
            assert status in {409, 410} or (status, again) == (200, answer)

    @rule(window=which_window, facts=st.dictionaries(changeable, st.integers(1, 10**6), min_size=1))
    def change_fields_on_the_way(self, window, facts):
        page, before = self._page(window), self.server.lease
        if page.session:
            body = page.body(self._position(0))
            forged = {**body, **{name: body[name] + more for name, more in facts.items()}}
            stolen = Page(page.post, "", key=session_key(MASTER_KEY, "f" * 32))
            assert page.ask(forged)[0] == stolen.ask(stolen.signed(forged))[0] == 401
            assert self.server.lease == before

    @rule(window=which_window, facts=st.sampled_from([{"prev": "e" * 32}, {"nonce": "e" * 16}, {"n": 1}, {"n": 10**6}]))
    def sign_false_places(self, window, facts):
        """The learner's own script holds the key, and says what is not so."""
        page, before = self._page(window), self.server.lease
        if page.session and page.n > 1:
            assert page.ask(page.signed({**page.body(self._position(0)), **facts}))[0] in {409, 410}
            assert self.server.lease == before

    @rule()
    def sweep(self):
        self.server.sweep()

    def _page(self, window):
        """Return a window by its number, or the one whose session is the learner's."""
        if window != CURRENT:
            return self.pages[window]
        session = self.server.lease and self.server.lease.session
        return next((page for page in self.pages if page.session == session), self.pages[0])

    def _position(self, ahead_ms):
        """Return a position so far ahead of what time allows at this moment."""
        if self.server.lease is None:
            return max(0, ahead_ms)
        running = self.server.lease.running
        return max(0, running.reached_ms + self.server.now_ms - running.beat_at_ms + ahead_ms)

    def _carry(self, page, body, fate):
        match fate:
            case "heard":
                self._deliver(body, page)
            case "answer lost":
                self._deliver(body)
            case "late":
                self.late.append(body)
            case "twice":
                first, lease = self._deliver(body, page), self.server.lease
                assert first[0] != 200 or self._deliver(body) == first
                assert self.server.lease == lease

    def _deliver(self, body, page=None):
        """Bring a beat to the server; `page` hears the answer. Only a judged beat may change anything."""
        before, judged = self.server.lease, len(self.server.credits)
        status, answer = page.send(body) if page else self.pages[0].ask(body)
        if len(self.server.credits) > judged:
            assert status == 200
            self.judged.append((body, answer))
        else:
            assert self.server.lease == before
        return status, answer

    @invariant()
    def credit_since_the_first_opening_is_at_most_wall_time_and_over_any_stretch_at_most_its_time_and_the_carry(self):
        paid, ceiling_ms = self.server.credits, self.server.policy.max_carry_ms
        if not paid:
            return
        until_ms, total_ms = paid[-1][1], 0
        for since_ms, _until_ms, credit_ms in reversed(paid):
            total_ms += credit_ms
            assert total_ms <= until_ms - since_ms + ceiling_ms
        first_ms = min(session.opening.beat_at_ms for session in self.server.sessions.values())
        assert total_ms <= until_ms - first_ms

    @invariant()
    def nothing_is_credited_while_a_check_is_open(self):
        for session in self.server.sessions.values():
            for before, judgement in pairwise([None, *session.judgements]):
                running = before.running if before else session.opening
                assert running.asked_at_ms is None or judgement.credited_ms == 0

    @invariant()
    def each_session_keeps_its_books(self):
        for session in self.server.sessions.values():
            reached_ms = session.opening.reached_ms + session.credited_ms
            running = session.judgements[-1].running if session.judgements else session.opening
            assert running.reached_ms == reached_ms <= session.lesson.length_ms
            judged_ms = sum(stretch.ms for judgement in session.judgements for stretch in judgement.stretches)
            assert judged_ms + running.carry_ms == running.beat_at_ms - session.opening.beat_at_ms
            assert session.credited_ms <= running.beat_at_ms - session.opening.beat_at_ms
        if self.server.lease is not None:
            current = self.server.current
            running = current.judgements[-1].running if current.judgements else current.opening
            assert self.server.lease.running == running

    @invariant()
    def no_day_is_credited_beyond_its_caps_and_each_is_the_sum_of_its_shares(self):
        person: dict[int, int] = {}
        in_class: dict[tuple[int, int], int] = {}
        for session in self.server.sessions.values():
            for share in total_by_day(session.judgements):
                key = (share.day, session.lesson.in_class)
                person[share.day] = person.get(share.day, 0) + share.credited_ms
                in_class[key] = in_class.get(key, 0) + share.credited_ms
        assert all(ms <= self.server.policy.day_cap_ms for ms in person.values())
        assert all(ms <= self.server.policy.class_day_cap_ms for ms in in_class.values())
        if self.server.lease is not None:
            for balance in self.server.lease.running.balances:
                assert balance.person_ms == person.get(balance.day, 0)
                assert balance.class_ms == in_class.get((balance.day, self.server.current.lesson.in_class), 0)

    def teardown(self):
        """Judge everything again from what was kept."""
        for session in self.server.sessions.values():
            assert session.judged_again() == session.judgements


TestLearner = pytest.mark.clause("T0", "T2.2", "T2.3", "T2.4", "T2.5", "T1.3")(Learner.TestCase)
TestLearner.settings = settings(max_examples=200, stateful_step_count=40)
