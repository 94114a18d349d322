"""docs/formats/beat.md is true: its worked example byte by byte, and every name that the wire knows."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields, replace

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.errors import LearningRefusal
from jiangxue.learning.hot import wire
from jiangxue.learning.hot.committer import Limits
from jiangxue.learning.hot.wire import Reply, Writer, parse_beat
from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.directives import next_beat_ms
from jiangxue.learning.rules.hearing import Draw, Heard, LeaseState, Terms, hear
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.sequence import Beat, Standing, is_authentic, session_key
from jiangxue.learning.rules.shapes import DayBalance, Do, Flag, Running
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.portals.learner.refusals import refusal_values
from jiangxue.project.hot_path import SESSION_ENDED
from tests.attacks.client import Page

PAGE = (Path(__file__).parents[2] / "docs" / "formats" / "beat.md").read_text()
EXAMPLE = PAGE[PAGE.index("## A worked example") :]
OPENING, *BLOCKS = re.findall(r"^```json\n(.*?)\n```$", EXAMPLE, re.MULTILINE | re.DOTALL)
BEATS, ANSWERS = BLOCKS[::2], BLOCKS[1::2]
TEXTS = re.findall(r"^beat/1\|.*\d.*$", EXAMPLE, re.MULTILINE)
AFTER_S = [int(second) for second in re.findall(r"\*\*T \+ (\d+) s\*\*", EXAMPLE)]
MASTER_KEY = bytes(range(32))
NOON_MS = 1_795_500_000_000


def opened() -> tuple[dict[str, Any], LeaseState, Terms]:
    values = json.loads(OPENING)
    running = Running(
        beat_at_ms=NOON_MS,
        carry_ms=0,
        reached_ms=values["reached_ms"],
        length_ms=values["length_ms"],
        balances=(DayBalance(day_of(NOON_MS), values["day_ms"], values["day_ms"]),),
    )
    standing = Standing(values["n"], values["tag"], values["nonce"])
    lease = LeaseState(values["session"], standing, "", running, NOON_MS + 30_000, NOON_MS + 180_000)
    return values, lease, Terms(values["reached_ms"], TimePolicy(), None, NOON_MS + 10**10)


def test_the_worked_example_is_judged_byte_by_byte_as_the_page_says() -> None:
    values, lease, terms = opened()
    key = session_key(MASTER_KEY, values["session"])
    assert values["key"] == key.hex()
    assert len(BEATS) == len(ANSWERS) == len(TEXTS) == len(AFTER_S) == 3
    for body, answer, text, after_s in zip(BEATS, ANSWERS, TEXTS, AFTER_S, strict=True):
        beat = parse_beat(body.encode())
        assert beat.signed_text() == text.encode()
        assert is_authentic(beat, key)
        said = json.loads(answer)
        draw = Draw(said["nonce"], (said["next_ms"] - 24_000 + 0.5) / 12_000, 0.0)
        heard = hear(lease, terms, beat, NOON_MS + after_s * 1_000, draw)
        assert isinstance(heard, Heard)
        assert Writer(SESSION_ENDED).answer(heard.answer, beat.session).decode() == answer
        lease = replace(heard.lease, answer=answer)


def test_a_client_of_the_page_makes_the_beats_of_the_example() -> None:
    answers = iter([(200, json.loads(text), {}) for text in (OPENING, *ANSWERS)])
    sent: list[str] = []

    def post(url: str, body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        sent.append(json.dumps(body, separators=(",", ":")))
        return next(answers)

    page = Page(post, "/open/")
    page.open()
    for body in map(json.loads, BEATS):
        page.beat(body["position"], idle_ms=body["idle"], flags=body["flags"], client_ms=body["client_ms"])
    assert sent[1:] == BEATS


def test_a_changed_byte_of_the_example_is_found() -> None:
    beat = parse_beat(BEATS[0].encode())
    key = session_key(MASTER_KEY, beat.session)
    assert not is_authentic(replace(beat, claimed_position_ms=beat.claimed_position_ms + 1), key)
    assert not is_authentic(beat, session_key(MASTER_KEY, "f" * 32))


@pytest.mark.parametrize("reply", [each for each in vars(wire).values() if isinstance(each, Reply)])
def test_every_refusal_stands_in_the_page(reply: Reply) -> None:
    assert reply == wire.ALIVE or f"`{reply.body.decode()}`" in PAGE
    assert f"| {reply.status} |" in PAGE or reply.status in {200, 404, 405}


def test_busy_asks_for_two_to_eight_seconds() -> None:
    waits = {wire.busy().retry_after_s for _ in range(400)}
    assert waits == set(range(2, 9))
    assert "`Retry-After` drawn from 2 … 8" in PAGE
    assert (Limits().waiting, Limits().waiting_of_session, Limits().lock_patience_ms) == (10_000, 4, 500)


@pytest.mark.parametrize("name", [*Reason, *EndReason, *Do])
def test_every_reason_and_directive_stands_in_the_page(name: str) -> None:
    assert re.search(rf"[`\"]{name}[`\"]", PAGE)


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_stands_in_the_page(flag: Flag) -> None:
    assert f"| {flag.value} | {flag.name} |" in PAGE


def test_every_refusal_of_an_opening_stands_in_the_page() -> None:
    elsewhere = {
        "LessonNotInClass",
        "NotPackedBeats",
        "StillRecomputing",
        "AppealRefusal",
        "NoOpenFaceCheck",
        "EnrolledSinceAsked",
        "MustBeConfirmed",
    }  # 404, and no refusals of an opening
    refusals = [refusal for refusal in LearningRefusal.__subclasses__() if refusal.__name__ not in elsewhere]
    for refusal in refusals:
        values, _status = refusal_values(_example_of(refusal))
        assert values["error"] in PAGE


def _example_of(refusal: type[LearningRefusal]) -> LearningRefusal:
    facts = {"AlreadyLearning": ("电脑", from_ms(NOON_MS)), "NoTimeToday": (1,), "OutOfHours": (360, 1_380)}
    return refusal(*facts.get(refusal.__name__, ()))


@pytest.mark.parametrize("fullness", [0.0, 0.3, 1.0])
def test_a_loaded_server_stretches_the_time_between_beats_and_stays_payable(fullness: float) -> None:
    policy = TimePolicy()
    shortest_ms, longest_ms = (next_beat_ms(policy, chance, fullness) for chance in (0.0, 1.0))
    middle_ms = 30_000 + 15_000 * fullness
    assert (shortest_ms, longest_ms) == (pytest.approx(middle_ms * 0.8, abs=2), pytest.approx(middle_ms * 1.2, abs=2))
    assert longest_ms <= policy.max_gap_ms


def test_the_number_of_fields_is_that_of_the_page() -> None:
    beat = PAGE[PAGE.index("## Beat") : PAGE.index("## Answer")]
    rows = re.findall(r"^\| `(\w+)` \|", beat, re.MULTILINE)
    assert rows == list(json.loads(BEATS[0]))
    assert len(rows) == len(fields(Beat))
