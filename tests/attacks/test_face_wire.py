"""What somebody without a browser may send to the socket of faces: each ends as documented, takes nobody's attempt unjustly, and leaves the eyes open."""

import asyncio
import io

import pytest
from PIL import Image

from jiangxue.facecheck.api import socket
from jiangxue.facecheck.api.database import in_database
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from tests.attacks.face_desk import Desk, Learner, enrolment, learner
from tests.factories.faces.page import framed, hello

pytestmark = pytest.mark.clause("T3.2", "T4")
GOOD = enrolment()[1][0]
LARGEST = 60_000


def painted(**how: object) -> bytes:
    """Return a picture encoded in some other way."""
    picture, out = Image.open(io.BytesIO(GOOD)), io.BytesIO()
    size = how.pop("size", picture.size)
    picture.resize(size).save(out, **{"format": "JPEG", "quality": 60, **how})
    return out.getvalue()


def exif() -> bytes:
    return GOOD[:2] + b"\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00" + GOOD[2:]


def began(told) -> bool:
    return bool(told.of("place"))


def test_a_ticket_is_good_once(desk: Desk, enrolled: Learner) -> None:
    ticket = enrolled.ticket().secret
    assert began(desk.say(enrolled, hello(ticket), stays=False))
    assert desk.say(enrolled, hello(ticket)).code == 4401


def test_of_two_sockets_with_one_ticket_one_talks(desk: Desk, enrolled: Learner) -> None:
    ticket = enrolled.ticket().secret

    async def both() -> list:
        one, other = (desk.talk(enrolled, hello(ticket), framed(GOOD, 9, 1)) for _ in range(2))
        return list(await asyncio.gather(one, other))

    told = desk.runner.run(both())
    assert sorted(each.code for each in told) == [4401, 4409]
    assert sorted(began(each) for each in told) == [False, True]


def test_a_ticket_is_good_for_its_person(desk: Desk, enrolled: Learner) -> None:
    ticket = enrolled.ticket().secret
    thief = learner()
    assert desk.say(thief, hello(ticket)).code == 4403
    assert began(desk.say(enrolled, hello(ticket), stays=False))


def test_a_ticket_is_good_for_its_time(desk: Desk, enrolled: Learner) -> None:
    assert desk.say(enrolled, hello(enrolled.ticket(left_ms=1).secret)).code == 4401


def test_nobody_is_heard_who_is_not_signed_in(desk: Desk, enrolled: Learner) -> None:
    ticket = enrolled.ticket().secret
    enrolled.cookie = "0" * 32
    assert desk.say(enrolled, hello(ticket)).code == 4401


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost.elsewhere.example", "null", ""])
def test_another_site_is_not_heard(desk: Desk, enrolled: Learner, origin: str) -> None:
    ticket = enrolled.ticket().secret
    assert desk.say(enrolled, hello(ticket), origin=origin).code == 4401
    assert began(desk.say(enrolled, hello(ticket), stays=False))


@pytest.mark.parametrize(
    "first",
    [b"bytes", "", "{", "[]", '{"ticket": 1}', hello("0" * 31), hello("0" * 32, camera="OBS"), "[" * 10_000],
    ids=["bytes", "nothing", "half", "a list", "a number", "a short ticket", "words for a camera", "many brackets"],
)
def test_a_first_message_that_is_none_is_refused(desk: Desk, enrolled: Learner, first: str | bytes) -> None:
    assert desk.say(enrolled, first).code == 4400


def test_a_first_message_of_a_megabyte_is_refused_and_takes_no_ticket(desk: Desk, enrolled: Learner) -> None:
    ticket = enrolled.ticket().secret
    assert desk.say(enrolled, hello(ticket, padding="x" * 1_000_000)).code == 4400
    assert began(desk.say(enrolled, hello(ticket), stays=False))


def test_whoever_says_nothing_is_let_go(desk: Desk, enrolled: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "HELLO_WITHIN_S", 0.05)
    assert desk.say(enrolled).code == 4408


def test_whoever_shows_nothing_is_let_go_when_the_time_is_over(desk: Desk, enrolled: Learner) -> None:
    ticket = enrolled.ticket().secret

    async def waits() -> int | None:
        talk = asyncio.create_task(desk.talk(enrolled, hello(ticket)))
        await asyncio.sleep(0.5)
        desk.hand.at_ms += 61_000
        return (await talk).code

    assert desk.runner.run(waits()) == 4408
    (attempt,) = enrolled.attempts()
    assert (attempt.outcome, attempt.was_challenged) == (AttemptOutcome.BROKEN, False)


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        ([framed(GOOD, 0, 1, version=2)], 4400),
        ([b"\x01"], 4400),
        ([b""], 4400),
        ([framed(b"", 0, 1)], 4400),
        ([framed(GOOD + b"\x00" * (LARGEST + 1 - len(GOOD)), 0, 1)], 4413),
        ([framed(painted(size=(320, 240)), 0, 1)], 4413),
        ([framed(exif(), 0, 1)], 4400),
        ([framed(painted(format="PNG")[:LARGEST], 0, 1)], 4400),
        ([framed(GOOD[: len(GOOD) // 2], 0, 1)], 4400),
        ([framed(GOOD + b"more", 0, 1)], 4400),
        ([framed(painted(progressive=True), 0, 1)], 4400),
        ([framed(b"\xff\xd8" + b"\x00" * 1_000, 0, 1)], 4400),
        ([framed(GOOD, 1, 1)], 4409),
        ([framed(GOOD, 0, 1), framed(GOOD, 0, 1)], 4409),
        ([framed(GOOD, 0, 2), framed(GOOD, 0, 1)], 4409),
        ([framed(GOOD, 0, seq) for seq in range(1, 101)], 4429),
        (['{"painted": 4}'] * 101, 4429),
        (["x" * 20_000], 4429),
    ],
    ids=[
        *(
            "another version",
            "a byte",
            "nothing",
            "no picture",
            "60,001 bytes",
            "320 x 240",
            "exif",
            "png",
            "half",
            "more",
        ),
        *("progressive", "no jpeg", "a slot to come", "the same number", "a number before", "a flood", "many words"),
        "long words",
    ],
)
def test_what_is_no_frame_ends_the_attempt_before_it_counts(
    desk: Desk, enrolled: Learner, frames: list[str | bytes], code: int
) -> None:
    assert desk.say(enrolled, hello(enrolled.ticket().secret), *frames).code == code
    (attempt,) = enrolled.attempts()
    assert (attempt.outcome, attempt.was_challenged) == (AttemptOutcome.BROKEN, False)


def test_frames_that_a_network_held_back_and_words_that_mean_nothing_are_no_flood(
    desk: Desk, enrolled: Learner
) -> None:
    messages = [hello(enrolled.ticket().secret), '{"painted": 4}', '{"new": true}']
    told = desk.say(enrolled, *messages, *(framed(GOOD, 0, seq) for seq in range(1, 31)), stays=False)
    assert began(told)
    assert told.code is None


def test_junk_over_many_tickets_leaves_the_eyes_open(desk: Desk, enrolled: Learner) -> None:
    desk.say(enrolled, hello(enrolled.ticket().secret), stays=False)
    junk = [GOOD[:500] + bytes([number % 256]) * 200 for number in range(500)]
    for _ in range(20):
        frames = [framed(each, 0, seq) for seq, each in enumerate(junk, 1)]
        assert desk.say(enrolled, hello(enrolled.ticket().secret), *frames).code in {4400, 4429}
    look = desk.runner.run(desk.eyes.look(GOOD))
    assert look.face is not None
    assert set(enrolled.outcomes) == {"broken"}


def test_a_ticket_that_was_left_for_another_is_taken_in_no_more(desk: Desk, enrolled: Learner) -> None:
    older, newer = enrolled.ticket().secret, enrolled.ticket().secret
    assert desk.say(enrolled, hello(older)).code == 4401
    assert began(desk.say(enrolled, hello(newer), stays=False))


def test_whoever_begins_again_while_talking_is_left_with_the_newer_socket(desk: Desk, enrolled: Learner) -> None:
    async def both() -> tuple[int | None, bool]:
        ticket = await in_database(enrolled.ticket)
        older = asyncio.create_task(desk.talk(enrolled, hello(ticket.secret)))
        await asyncio.sleep(0.5)
        ticket = await in_database(enrolled.ticket)
        told = await desk.talk(enrolled, hello(ticket.secret), stays=False)
        return (await older).code, began(told)

    assert desk.runner.run(both()) == (4401, True)
    assert enrolled.outcomes == ["broken", "broken"]
