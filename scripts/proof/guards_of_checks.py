"""The guards of checks: that one comes, that nothing leads past it, and what its outcome does to time (docs/rules/effective-time.md)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/learning/rules"
_SERVICES = "src/jiangxue/learning/services"
_CHECKS, _JUDGE, _CLOSING = f"{_RULES}/checks.py", f"{_RULES}/judge.py", f"{_RULES}/closing.py"
_HEARING = f"{_RULES}/hearing.py"
_OPENING, _ANSWERING, _SETTLING = f"{_SERVICES}/opening.py", f"{_SERVICES}/answering.py", f"{_SERVICES}/settling.py"
_DRAWING = f"{_SERVICES}/drawing.py"
_VERDICTS = f"{_SERVICES}/verdicts.py"

_ATTACKS = "tests/attacks/test_checks.py"
_OUTCOMES = "tests/attacks/test_check_outcomes.py"
_EXAMPLES = "tests/rules/test_checks.py"
_HOURS = "tests/attacks/test_hours.py"

ASKING = (
    Guard(
        "a check is asked when it is due",
        _CHECKS,
        "    if credit_ms >= running.until_check_ms:\n        return True\n",
        "",
        f"{_ATTACKS}::test_sessions_that_stop_short_of_a_check_come_to_it_together",
    ),
    Guard(
        "a full day asks a last check",
        _CHECKS,
        "        left_ms <= 0\n        or _is_last_minute",
        "        _is_last_minute",
        f"{_OUTCOMES}::test_the_cap_asks_a_last_check_that_leaves_the_drawn_one_as_it_was",
    ),
    Guard(
        "the end of a lesson asks a last check",
        _CHECKS,
        "or (Flag.ENDED in claim.flags and is_complete(running",
        "or (False and is_complete(running",
        f"{_OUTCOMES}::test_the_end_of_a_lesson_asks_a_last_check_and_then_finishes",
    ),
    Guard(
        "nothing is earned while a check is open",
        _JUDGE,
        "    if running.asked_at_ms is not None:\n        return _waiting(running, claim, policy, now_ms)\n",
        "",
        f"{_ATTACKS}::test_a_page_that_plays_on_beside_the_check_earns_nothing_for_it",
    ),
    Guard(
        "nothing is carried into a check",
        _JUDGE,
        "carry_ms = 0 if asks else _carry(earned, uncredited, policy)",
        "carry_ms = _carry(earned, uncredited, policy)",
        f"{_EXAMPLES}::test_the_beat_that_reaches_the_draw_asks_and_carries_nothing",
    ),
    Guard(
        "a full day does not end an open check",
        _CLOSING,
        "    if running.asked_at_ms is not None:\n        return None\n",
        "",
        f"{_OUTCOMES}::test_where_check_and_cap_fall_on_one_beat_the_check_comes_first",
    ),
    Guard(
        "a page that opens is told of an open check",
        _OPENING,
        "check=lease.asked_at_ms is not None",
        "check=False",
        f"{_ATTACKS}::test_no_way_leads_past_an_open_check",
    ),
    Guard(
        "the counter outlives its session",
        _DRAWING,
        "    if lease.until_check_ms is None or anew:\n"
        "        drawn = drawn_ms(policy, chance())\n"
        "        if lease.until_check_ms is None or drawn < lease.until_check_ms:\n",
        "    if True:\n        drawn = drawn_ms(policy, chance())\n        if True:\n",
        f"{_ATTACKS}::test_sessions_that_stop_short_of_a_check_come_to_it_together",
    ),
)

HOURS = (
    Guard(
        "the hours of the day end a session",
        _CLOSING,
        "        causes.append((ends_ms, EndReason.OUT_OF_HOURS))\n",
        "        pass\n",
        f"{_HOURS}::test_nothing_is_paid_after_the_hours",
    ),
    Guard(
        "outside of the hours nothing opens",
        _OPENING,
        "if not is_in_hours(policy, to_ms(now)):",
        "if False:",
        f"{_HOURS}::test_a_lesson_opens_within_the_hours_and_at_no_other_time",
    ),
    Guard(
        "a last check comes before the hours end",
        _CHECKS,
        "        or _is_last_minute(running.provisional_ms + credit_ms, policy, now_ms)\n",
        "",
        f"{_HOURS}::test_the_last_check_of_the_hours_comes_once",
    ),
)

ANSWERING = (
    Guard(
        "a check expires",
        _CLOSING,
        "        causes.append((answer_by_ms, EndReason.MISSED_CHECK))\n",
        "        pass\n",
        f"{_ATTACKS}::test_a_check_that_is_never_shown_is_missed_after_three_minutes",
    ),
    Guard(
        "a check waits three minutes at most, whenever it is shown",
        _CHECKS,
        "else min(last_ms, shown_at_ms + policy.check_answer_ms)",
        "else shown_at_ms + policy.check_answer_ms",
        f"{_ATTACKS}::test_waiting_before_it_is_shown_wins_no_time",
    ),
    Guard(
        "a check waits a minute from being shown",
        _CHECKS,
        "else min(last_ms, shown_at_ms + policy.check_answer_ms)",
        "else last_ms",
        f"{_ATTACKS}::test_an_answer_after_the_minute_is_late",
    ),
    Guard(
        "an answer carries the word of its prompt",
        _ANSWERING,
        "(check.pk.hex, check.nonce) != (answer.check, answer.nonce)",
        "check.pk.hex != answer.check",
        f"{_ATTACKS}::test_an_answer_to_something_else_is_no_answer",
    ),
    Guard(
        "an answer names its check",
        _ANSWERING,
        "(check.pk.hex, check.nonce) != (answer.check, answer.nonce)",
        "check.nonce != answer.nonce",
        f"{_ATTACKS}::test_an_answer_to_something_else_is_no_answer",
    ),
    Guard(
        "a wrong press does not pass",
        _ANSWERING,
        "    elif not is_right:\n",
        "    elif False:\n",
        f"{_ATTACKS}::test_a_second_wrong_press_is_a_miss",
    ),
    Guard(
        "wrong presses come to an end",
        _ANSWERING,
        "if check.wrong_presses < policy.check_attempts:",
        "if True:",
        f"{_ATTACKS}::test_a_second_wrong_press_is_a_miss",
    ),
)

OUTCOMES = (
    Guard(
        "a later miss of a day takes everything",
        _CHECKS,
        "return None if misses_before else policy.check_void_ms",
        "return policy.check_void_ms",
        f"{_OUTCOMES}::test_the_first_miss_of_a_day_takes_seven_minutes_and_the_second_all",
    ),
    Guard(
        "a first miss takes seven minutes and no more",
        _CHECKS,
        "return None if misses_before else policy.check_void_ms",
        "return None",
        f"{_OUTCOMES}::test_the_first_miss_of_a_day_takes_seven_minutes_and_the_second_all",
    ),
    Guard(
        "a start of the server excuses",
        _CHECKS,
        "return any(from_ms <= expired_at_ms and asked_at_ms <= until_ms for from_ms, until_ms in interruptions)",
        "return False",
        f"{_OUTCOMES}::test_a_check_that_the_server_kept_from_being_answered_is_withdrawn",
    ),
    Guard(
        "a sweeper that did not come excuses",
        _SETTLING,
        "    if stalled is not None:\n",
        "    if False:\n",
        f"{_OUTCOMES}::test_a_stall_that_is_over_excuses_a_check_that_was_asked_in_it",
    ),
    Guard(
        "what is due is settled before an opening may be refused",
        _OPENING,
        "    end_due(viewer.account_id, clock.now(), clock=clock)\n",
        "",
        "tests/attacks/test_refused_opening_at_expiry.py::test_an_opening_that_is_one_too_many_settles_an_expired_check",
    ),
    Guard(
        "lessons fall back by what is voided",
        _VERDICTS,
        "        execute_with(_FALL_BACK, lessons)\n",
        "        pass\n",
        f"{_OUTCOMES}::test_voided_time_leaves_each_lesson_and_class_that_it_was_learned_in",
    ),
    Guard(
        "what is voided returns to the cap",
        _VERDICTS,
        "    credited_ms = total.credited_ms - moved.ms,\n",
        "",
        f"{_ATTACKS}::test_what_is_voided_returns_to_the_days_cap",
    ),
    Guard(
        "a last check leaves the drawn one",
        _SETTLING,
        "    if check.drawn_ms is not None or (",
        "    if True or (",
        f"{_OUTCOMES}::test_a_last_check_without_a_session_leaves_the_drawn_one",
    ),
    Guard(
        "a rule made meanwhile is heard of",
        _HEARING,
        "return earlier(terms.valid_until_ms, lease.renew_at_ms)",
        "return terms.valid_until_ms",
        "tests/hot/test_new_rules.py::test_a_session_that_ran_when_the_version_was_made_renews_as_well",
    ),
)

OF_CHECKS = (*ASKING, *HOURS, *ANSWERING, *OUTCOMES)
