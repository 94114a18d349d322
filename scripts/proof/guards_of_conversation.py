"""The guards of a conversation: its mac and order, and when it ends (docs/formats/beat.md)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/learning/rules"
_SEQUENCE, _HEARING, _CLOSING = f"{_RULES}/sequence.py", f"{_RULES}/hearing.py", f"{_RULES}/closing.py"
_DIRECTIVES = f"{_RULES}/directives.py"

_SPEED = "tests/attacks/test_speed_and_jumps.py"
_SILENCE = "tests/attacks/test_silence_and_lies.py"
_MIDNIGHT = "tests/attacks/test_midnight.py"
_ORDER = "tests/attacks/test_order.py"
_FORGERY = "tests/attacks/test_forgery.py"
_WINDOWS = "tests/attacks/test_windows.py"
_ENDINGS = "tests/rules/test_endings.py"
_HEARD = "tests/rules/test_hearing.py"
_SWEEPER = "tests/domains/learning/test_sweeper.py"

SEQUENCE = (
    Guard(
        "a mac is compared",
        _SEQUENCE,
        "return hmac.compare_digest(expected, beat.mac)",
        "return True",
        f"{_FORGERY}::test_a_changed_field_is_found",
    ),
    Guard(
        "the mac covers the position",
        _SEQUENCE,
        "self.session, self.n, self.prev, self.claimed_position_ms, self.claimed_idle_ms,",
        "self.session, self.n, self.prev, self.claimed_idle_ms, self.claimed_idle_ms,",
        "tests/attacks/test_document.py::test_the_worked_example_is_judged_byte_by_byte_as_the_page_says",
    ),
    Guard(
        "the key is the session's own",
        _SEQUENCE,
        'b"session/1|" + session.encode()',
        'b"session/1|"',
        f"{_FORGERY}::test_the_key_of_one_session_signs_no_beat_of_another",
    ),
    Guard(
        "n is the next",
        _SEQUENCE,
        "if beat.n != standing.n + 1 or beat.prev != standing.tag or",
        "if beat.prev != standing.tag or",
        f"{_ORDER}::test_a_repeated_or_skipped_number_is_out_of_step",
    ),
    Guard(
        "prev is the last tag",
        _SEQUENCE,
        "or beat.prev != standing.tag or",
        "or",
        f"{_ORDER}::test_a_forged_predecessor_or_nonce_is_out_of_step[prev]",
    ),
    Guard(
        "the nonce is the one handed out",
        _SEQUENCE,
        " or beat.nonce != standing.nonce:",
        ":",
        f"{_ORDER}::test_beats_computed_ahead_lack_the_nonce_of_the_answer_between",
    ),
    Guard(
        "a retry is recognised",
        _SEQUENCE,
        "if beat.n == standing.n and hmac.compare_digest(beat.tag, standing.tag):",
        "if False:",
        f"{_ORDER}::test_a_replayed_beat_gets_its_old_answer_and_earns_nothing_again",
    ),
    Guard(
        "a retry has the same tag",
        _SEQUENCE,
        "if beat.n == standing.n and hmac.compare_digest(beat.tag, standing.tag):",
        "if beat.n == standing.n:",
        f"{_ORDER}::test_a_repeated_or_skipped_number_is_out_of_step[1]",
    ),
    Guard(
        "beats may come too often",
        _SEQUENCE,
        "return Place.TOO_OFTEN if _is_too_often(beat, running, policy, now_ms) else Place.NEXT",
        "return Place.NEXT",
        f"{_ORDER}::test_beats_closer_than_two_seconds_are_refused_and_lose_nothing",
    ),
    Guard(
        "events may come too often",
        _SEQUENCE,
        "return Flag.EVENT not in beat.flags or len(recent) >= policy.event_beats",
        "return Flag.EVENT not in beat.flags",
        f"{_ORDER}::test_the_sixth_event_within_ten_seconds_is_refused",
    ),
)

HEARING = (
    Guard(
        "the session is the learner's current one",
        _HEARING,
        "if lease.session != beat.session:",
        "if lease.session is None:",
        f"{_WINDOWS}::test_the_key_of_a_replaced_session_is_worth_nothing_even_before_anybody_noticed",
    ),
    Guard(
        "a session that was due to end has ended",
        _HEARING,
        "if lease.end_reason is not None or lease.close_due_ms > now_ms:",
        "if True:",
        f"{_SILENCE}::test_a_claim_after_three_minutes_of_silence_finds_the_session_ended",
    ),
    Guard(
        "a session that was ended by a beat has ended",
        _HEARING,
        "        return lease.end_reason\n",
        "        return None\n",
        f"{_ORDER}::test_the_ending_beat_sent_again_gets_the_same_answer",
    ),
    Guard(
        "the ending beat may be repeated",
        _HEARING,
        "if ended is not None and not (place is Place.RETRY and lease.end_reason):",
        "if ended is not None:",
        f"{_ORDER}::test_the_ending_beat_sent_again_gets_the_same_answer",
    ),
    Guard(
        "a retry does not outlive its session",
        _HEARING,
        "not (place is Place.RETRY and lease.end_reason)",
        "not (place is Place.RETRY)",
        f"{_HEARD}::test_a_retry_finds_a_session_ended_that_was_due_meanwhile_but_not_the_one_it_ended_itself",
    ),
    Guard(
        "a page out of step is told what was credited",
        _HEARING,
        "return OutOfStep(lease.standing, lease.running.reached_ms)",
        "return OutOfStep(lease.standing, beat.claimed_position_ms)",
        f"{_HEARD}::test_a_page_that_is_out_of_step_is_told_what_was_credited_and_not_what_it_claimed",
    ),
    Guard(
        "a beat moves the next one's time on",
        _HEARING,
        "next_due_ms=now_ms + next_ms,",
        "next_due_ms=lease.next_due_ms,",
        f"{_HEARD}::test_a_beat_moves_the_conversation_on",
    ),
    Guard(
        "who is ahead is sent back",
        _DIRECTIVES,
        "if claim.claimed_position_ms > running.reached_ms + policy.jump_ms:",
        "if False:",
        f"{_HEARD}::test_a_page_is_sent_back_when_it_is_more_than_five_seconds_ahead",
    ),
    Guard(
        "events are counted within ten seconds",
        _SEQUENCE,
        "[at_ms for at_ms in running.event_at_ms if now_ms - at_ms < policy.event_window_ms]",
        "list(running.event_at_ms)",
        f"{_HEARD}::test_five_events_within_ten_seconds_are_enough_and_then_there_are_five_again",
    ),
    Guard(
        "a session under an old rule is renewed",
        _HEARING,
        "stale = valid_until_ms is not None and now_ms >= valid_until_ms",
        "stale = False",
        f"{_SWEEPER}::test_a_page_that_ignores_a_new_rule_is_told_to_renew_and_then_ended",
    ),
    Guard(
        "a loaded server keeps beats payable",
        _DIRECTIVES,
        "policy.beat_ms * LONGEST_PERCENT // 100, policy.max_gap_ms * 100 // (100 + policy.beat_jitter_percent)",
        "policy.beat_ms * LONGEST_PERCENT, policy.beat_ms * LONGEST_PERCENT",
        "tests/attacks/test_document.py::test_a_loaded_server_stretches_the_time_between_beats_and_stays_payable",
    ),
)

CLOSING = (
    Guard(
        "silence ends a session",
        _CLOSING,
        "running.beat_at_ms + policy.silent_close_ms, EndReason.SILENT",
        "running.beat_at_ms + 10**12, EndReason.SILENT",
        f"{_SILENCE}::test_silence_needs_no_beat_to_end_a_session",
    ),
    Guard(
        "a long pause ends a session",
        _CLOSING,
        "if running.paused_since_ms is not None:",
        "if False:",
        f"{_SILENCE}::test_ten_minutes_of_pause_sign_out",
    ),
    Guard(
        "the class's end ends a session",
        _CLOSING,
        "causes = [(class_closes_ms, EndReason.CLASS_CLOSED)]",
        "causes: list[tuple[int, EndReason]] = []",
        f"{_SILENCE}::test_a_class_that_closes_pays_nothing_after_its_end",
    ),
    Guard(
        "an old rule ends a session",
        _CLOSING,
        "if valid_until_ms is not None:",
        "if False:",
        f"{_SWEEPER}::test_a_page_that_ignores_a_new_rule_is_told_to_renew_and_then_ended",
    ),
    Guard(
        "nothing is due before the last beat",
        _CLOSING,
        "return max(at_ms, running.beat_at_ms), reason",
        "return at_ms, reason",
        f"{_ENDINGS}::test_nothing_is_due_before_the_last_beat_and_nothing_ends_before_it",
    ),
    Guard(
        "a lesson is complete at 99 percent",
        _CLOSING,
        "return reached_ms * 1000 >= length_ms * policy.complete_permille",
        "return reached_ms * 1000 >= length_ms * 900",
        f"{_ENDINGS}::test_a_lesson_is_complete_at_99_percent_and_begins_anew_then",
    ),
    Guard(
        "jumps end a session",
        _CLOSING,
        "if len(running.jumped_at_ms) >= policy.jumps_to_close:",
        "if False:",
        f"{_SPEED}::test_the_fifth_jump_within_ten_minutes_signs_out",
    ),
    Guard(
        "only a complete lesson is finished",
        _CLOSING,
        "if Flag.ENDED in claim.flags and is_complete(running.reached_ms, running.length_ms, policy):",
        "if Flag.ENDED in claim.flags:",
        f"{_SILENCE}::test_saying_ended_does_not_finish_a_lesson",
    ),
    Guard(
        "a full day ends a session",
        _CLOSING,
        "return EndReason.CAP_REACHED if left_of_day_ms(balance_today(running), policy) == 0 else None",
        "return None",
        f"{_MIDNIGHT}::test_the_cap_ends_the_session_and_refuses_another_until_midnight",
    ),
)

OF_CONVERSATION = (*SEQUENCE, *HEARING, *CLOSING)
