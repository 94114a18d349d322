"""Going in the middle, wanting no colours, waiting for room: what can be gained by it, and what an honest person must not lose."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError

from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.accounts.services.consents import withdraw_consent
from jiangxue.audit.services import Actor
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.facecheck.api import socket
from jiangxue.facecheck.models import FaceAttempt, FacePicture
from jiangxue.facecheck.queries import attempts
from jiangxue.facecheck.queries.attempts import MARK_BYTES, earlier_attempts, used_attempts, was_spared
from jiangxue.facecheck.rules.decision import Reason
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, CheckResult, Purpose, result_of
from jiangxue.facecheck.services.results import Result, finish_attempt
from jiangxue.facecheck.services.templates import Made
from jiangxue.facecheck.services.tickets import Wanted, give_ticket
from jiangxue.facecheck.vision.errors import Full, LookFailed
from tests.attacks.face_desk import QUICK, Desk, Learner, enrolment, learner, told_outcomes
from tests.factories.faces.live import Live
from tests.factories.faces.page import Told, framed, hello
from tests.factories.faces.people import another

pytestmark = pytest.mark.clause("T3.2", "T4")
ALLOWED = 3


def when_asked(told: Told) -> bool:
    return bool(told.of("act"))


def when_placed(told: Told) -> bool:
    return len(told.of("place")) > 1


def test_whoever_goes_before_anything_is_asked_loses_nothing(desk: Desk, enrolled: Learner) -> None:
    for seed in (31, 32):
        desk.show(enrolled, Live(seed=seed), leaves=when_placed)
    assert (enrolled.outcomes, used_attempts(enrolled.check)) == (["broken", "broken"], [])
    assert not FacePicture.objects.filter(attempt__check_id=enrolled.check).exists()
    assert desk.show(enrolled, Live(seed=33)).done["outcome"] == "passed"


def test_whoever_goes_when_something_was_asked_has_used_an_attempt(desk: Desk, enrolled: Learner) -> None:
    desk.show(enrolled, Live(seed=34), leaves=when_asked)
    assert (enrolled.outcomes, used_attempts(enrolled.check)) == (["broken"], ["broken"])
    assert desk.show(enrolled, Live(seed=35)).done["outcome"] == "passed"


def test_somebody_else_does_not_get_away_from_it_by_going(desk: Desk, enrolled: Learner) -> None:
    for seed in (36, 37):
        desk.show(enrolled, Live(seed=seed, person=another(0)), leaves=when_asked)
    assert enrolled.outcomes == ["step_up", "failed"]
    assert Reason.OTHER_FACE_AGAIN in enrolled.attempts()[1].facts["findings"]
    assert result_of(used_attempts(enrolled.check), allowed=ALLOWED) is CheckResult.FAILED
    assert FacePicture.objects.filter(attempt__check_id=enrolled.check).exists()


def test_who_breaks_off_with_junk_gets_what_was_found_as_well(desk: Desk, enrolled: Learner) -> None:
    cheat = Live(seed=38, person=another(0))

    def spoil(jpeg: bytes, slot: int, seq: int) -> list[bytes]:
        return [framed(jpeg, slot, seq)] if slot < 2 else [b"junk"]

    assert desk.show(enrolled, cheat, spoil=spoil).code == 4400
    assert enrolled.outcomes == ["step_up"]
    assert Reason.OTHER_FACE in enrolled.attempts()[0].facts["findings"]


def test_colours_that_are_declined_are_not_replaced_by_actions(desk: Desk, enrolled: Learner) -> None:
    told = desk.show(enrolled, Live(seed=39), enrolled.ticket(Form.LONG), prefer="actions")
    assert (told.done["outcome"], told.done["codes"]) == ("again", ["flash_needed"])
    assert not told.of("place")
    assert used_attempts(enrolled.check) == []


def test_a_form_without_colours_may_be_declined_them(desk: Desk, enrolled: Learner) -> None:
    assert desk.show(enrolled, Live(seed=40), prefer="actions").done["outcome"] == "passed"


def test_nothing_is_kept_of_somebody_who_withdraws_in_the_middle(desk: Desk, enrolled: Learner) -> None:
    withdrawn = []

    def withdraws(told: Told) -> bool:
        if told.of("act") and not withdrawn:
            withdrawn.append(withdraw())
        return False

    def withdraw() -> None:
        now, by = DatabaseClock().now(), Actor(enrolled.account.pk)
        withdraw_consent(account_id=enrolled.account.pk, purpose=ConsentPurpose.FACE, by=by, now=now)

    desk.show(enrolled, Live(seed=41), leaves=withdraws)
    (attempt,) = enrolled.attempts()
    assert (attempt.outcome, attempt.facts, bytes(attempt.frame_marks)) == ("broken", {}, b"")
    assert not FacePicture.objects.filter(attempt=attempt).exists()


def test_attempts_that_can_be_had_without_end_push_out_none_in_which_something_was_asked(
    enrolled: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "REMEMBERED", 2)
    for mark, was_challenged in ((b"a", True), (b"b", False), (b"c", False), (b"d", False)):
        result = Result(AttemptOutcome.BROKEN, was_challenged=was_challenged, frame_marks=mark * MARK_BYTES)
        finish_attempt(enrolled.ticket().attempt, result, now=DatabaseClock().now())
    next_one = FaceAttempt.objects.get(pk=enrolled.ticket().attempt)
    sent = {(mark * MARK_BYTES).hex() for mark in (b"a", b"b", b"c", b"d")}
    assert earlier_attempts(next_one, sent).marks == sent - {(b"b" * MARK_BYTES).hex()}


def test_a_template_of_another_model_is_like_nobody(desk: Desk, lasting_database: str) -> None:
    made, _pictures = enrolment()
    who = learner(Made(made.embedding, "f" * 64, made.pictures, ()))
    assert desk.show(who, Live(seed=42)).done["outcome"] == "again"
    assert who.attempts()[0].facts["who"] == "unseen"


def test_whoever_finds_no_room_is_told_so_and_loses_nothing(
    desk: Desk, enrolled: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.socket, "_room", asyncio.Semaphore(0))
    monkeypatch.setattr(desk.socket, "_most_waiting", 0)
    assert desk.say(enrolled, hello(enrolled.ticket().secret)).code == 4503
    assert (enrolled.outcomes, used_attempts(enrolled.check)) == (["spared"], [])
    assert was_spared(enrolled.check)


def test_whoever_waits_is_told_their_place_and_their_time_does_not_run(
    desk: Desk, enrolled: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "ASK_AGAIN_S", 0.05)
    room = asyncio.Semaphore(0)
    monkeypatch.setattr(desk.socket, "_room", room)
    ticket = enrolled.ticket()

    async def waits() -> Told:
        page = asyncio.create_task(desk.page(enrolled, Live(seed=43)).show(ticket.secret))
        while not desk.socket._waiting:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        desk.hand.at_ms += 50_000
        room.release()
        return await page

    told = desk.runner.run(waits())
    assert told.messages[0] == {"do": "queue", "place": 1}
    assert told.done["outcome"] == "passed"


def test_whoever_leaves_the_queue_was_not_kept_from_it_by_us(
    desk: Desk, enrolled: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "ASK_AGAIN_S", 0.05)
    monkeypatch.setattr(desk.socket, "_room", asyncio.Semaphore(0))
    desk.say(enrolled, hello(enrolled.ticket().secret), stays=False)
    assert (enrolled.outcomes, used_attempts(enrolled.check)) == (["broken"], [])
    assert not was_spared(enrolled.check)
    assert desk.socket._waiting == []


@pytest.mark.parametrize("trouble", [Full("busy"), LookFailed("fell")], ids=["no room", "a process fell"])
def test_a_picture_that_our_eyes_lose_costs_no_attempt(
    desk: Desk, enrolled: Learner, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    desk.say(enrolled, hello(enrolled.ticket().secret), stays=False)
    look, lost = desk.eyes.look, [trouble]

    async def loses_one(jpeg: bytes, *, turn: bool = True):
        desk.eyes.looked_at += bool(lost)
        if lost:
            raise lost.pop()
        return await look(jpeg, turn=turn)

    monkeypatch.setattr(desk.eyes, "look", loses_one)
    assert desk.show(enrolled, Live(seed=44)).done["outcome"] == "passed"


def test_a_service_that_sees_nothing_any_more_bears_it_even_after_something_was_asked(
    desk: Desk, enrolled: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.say(enrolled, hello(enrolled.ticket().secret), stays=False)
    look, asked = desk.eyes.look, []

    async def is_full_then(jpeg: bytes, *, turn: bool = True):
        if asked:
            desk.eyes.looked_at += 1
            raise Full("busy")
        return await look(jpeg, turn=turn)

    monkeypatch.setattr(desk.eyes, "look", is_full_then)
    ticket = enrolled.ticket(thresholds=replace(QUICK, action_ms=8_000))
    told = desk.show(enrolled, Live(seed=45), ticket, leaves=lambda told: asked.extend(told.of("act")) or False)
    assert told.code == 4503
    assert used_attempts(enrolled.check) == []


def test_an_attempt_left_for_another_is_asked_nothing_that_could_not_be_counted(desk: Desk, enrolled: Learner) -> None:
    begun = []

    def begins_elsewhere(told: Told) -> bool:
        if when_placed(told) and not begun:
            begun.append(enrolled.ticket())
        return False

    told = desk.show(enrolled, Live(seed=46), leaves=begins_elsewhere)
    assert (told.code, told.of("act")) == (4401, [])
    assert told_outcomes([told]) == [""]


def test_a_trial_of_ones_device_asks_nothing(desk: Desk, enrolled: Learner) -> None:
    wanted = Wanted(enrolled.account.pk, Purpose.TRIAL, Form.TRIAL, QUICK)
    told = desk.show(enrolled, Live(seed=47), give_ticket(wanted, now=DatabaseClock().now()))
    assert told.done["outcome"] == "passed"
    assert not told.of("flash")
    assert not told.of("act")


def test_whoever_holds_back_frames_of_colours_has_used_an_attempt_and_not_passed(desk: Desk, enrolled: Learner) -> None:
    colours, sent = set[int](), set[int]()

    def looks_on(told: Told) -> bool:
        colours.update(each["slot"] for each in told.of("flash"))
        return False

    def spoil(jpeg: bytes, slot: int, seq: int) -> list[bytes]:
        if slot in colours and slot in sent:
            desk.hand.at_ms += 400
            return []
        sent.add(slot)
        return [framed(jpeg, slot, seq)]

    told = desk.show(enrolled, Live(seed=51), enrolled.ticket(Form.LONG), leaves=looks_on, spoil=spoil)
    assert (told.done["outcome"], told.done["codes"]) == ("again", ["not_seen_well"])
    (attempt,) = enrolled.attempts()
    assert attempt.facts["findings"] == [Reason.FRAMES_WITHHELD]
    assert attempt.facts["colour_frames"]["came"] == len(colours) == 8
    assert used_attempts(enrolled.check) == ["again"]


def test_nothing_passes_after_its_time(enrolled: Learner) -> None:
    ticket = enrolled.ticket(left_ms=1_000)
    late = DatabaseClock().now() + timedelta(seconds=2)
    assert finish_attempt(ticket.attempt, Result(AttemptOutcome.PASSED), now=late) is AttemptOutcome.BROKEN
    in_time = enrolled.ticket(left_ms=60_000)
    assert finish_attempt(in_time.attempt, Result(AttemptOutcome.PASSED), now=late) is AttemptOutcome.PASSED


def test_beginning_again_does_not_undo_what_was_found(desk: Desk, enrolled: Learner) -> None:
    for seed in (48, 49):
        begun = []

        def begins_elsewhere(told: Told, begun: list = begun) -> bool:
            if when_asked(told) and not begun:
                begun.append(enrolled.ticket())
            return False

        desk.show(enrolled, Live(seed=seed, person=another(0)), leaves=begins_elsewhere)
    found = {attempt.outcome for attempt in enrolled.attempts() if attempt.was_challenged}
    assert found == {"step_up", "failed"}
    assert result_of(used_attempts(enrolled.check), allowed=ALLOWED) is CheckResult.FAILED


def test_an_attempt_that_was_left_is_not_made_good_again(enrolled: Learner) -> None:
    older = enrolled.ticket()
    enrolled.ticket()
    assert finish_attempt(older.attempt, Result(AttemptOutcome.PASSED), now=DatabaseClock().now()) == "broken"
    left = FaceAttempt.objects.filter(pk=older.attempt)
    with pytest.raises(DatabaseError, match="stays as it is"):
        left.update(outcome="passed")


def test_what_was_found_in_an_attempt_stays_as_it_is(enrolled: Learner) -> None:
    ticket, now = enrolled.ticket(), DatabaseClock().now()
    finish_attempt(ticket.attempt, Result(AttemptOutcome.BROKEN, script={"actions": []}), now=now)
    assert finish_attempt(ticket.attempt, Result(AttemptOutcome.FAILED), now=now) == "broken"
    with pytest.raises(DatabaseError, match="stays as it is"):
        FaceAttempt.objects.filter(pk=ticket.attempt).update(outcome="failed")
