"""The guards of what a beat earns: credit, days and their caps, the carry (docs/rules/effective-time.md)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/learning/rules"
_CREDIT, _DAYS, _JUDGE = f"{_RULES}/credit.py", f"{_RULES}/days.py", f"{_RULES}/judge.py"

_SPEED = "tests/attacks/test_speed_and_jumps.py"
_SILENCE = "tests/attacks/test_silence_and_lies.py"
_MIDNIGHT = "tests/attacks/test_midnight.py"
_ONE = "tests/attacks/test_one_request.py"
_ENDINGS = "tests/rules/test_endings.py"
_EXAMPLES = "tests/rules/test_worked_examples.py"

_WANT = "0 if worthless else min(ahead_ms, earn_ms, running.length_ms - running.reached_ms)"

CREDIT = (
    Guard(
        "no more than the position moved on",
        _CREDIT,
        _WANT,
        _WANT.replace("ahead_ms, ", ""),
        f"{_SPEED}::test_repeating_what_was_seen_earns_nothing_and_costs_nothing",
    ),
    Guard(
        "no more than the time earned",
        _CREDIT,
        _WANT,
        _WANT.replace("earn_ms, ", ""),
        f"{_SILENCE}::test_a_claim_after_two_minutes_of_silence_earns_one_minute",
    ),
    Guard(
        "no more than the lesson has",
        _CREDIT,
        _WANT,
        "0 if worthless else min(ahead_ms, earn_ms)",
        f"{_EXAMPLES}::test_a_lesson_pays_no_more_than_it_is_long",
    ),
    Guard(
        "a minute of a gap at most",
        _CREDIT,
        "counted_gap_ms = min(gap_ms, policy.max_gap_ms)",
        "counted_gap_ms = gap_ms",
        f"{_SILENCE}::test_a_claim_after_two_minutes_of_silence_earns_one_minute",
    ),
    Guard(
        "idle time is taken off",
        _CREDIT,
        "earn_ms = counted_gap_ms + running.carry_ms - idle_ms",
        "earn_ms = counted_gap_ms + running.carry_ms",
        f"{_SILENCE}::test_a_hidden_page_whose_sound_plays_on_earns_only_what_was_in_front",
    ),
    Guard(
        "a jump is noticed",
        _CREDIT,
        "jumped = ahead_ms > gap_ms + running.carry_ms + policy.jump_ms",
        "jumped = False",
        f"{_ONE}::test_one_request_that_claims_the_lesson_earns_nothing",
    ),
    Guard(
        "a jump is not paid",
        _CREDIT,
        "worthless = jumped or now_ms < running.beat_at_ms",
        "worthless = now_ms < running.beat_at_ms",
        f"{_ONE}::test_one_request_that_claims_the_lesson_earns_nothing",
    ),
    Guard(
        "a clock that steps back pays nothing",
        _CREDIT,
        "worthless = jumped or now_ms < running.beat_at_ms",
        "worthless = jumped",
        f"{_SILENCE}::test_time_saved_up_is_not_spent_while_the_servers_clock_is_back",
    ),
    Guard(
        "the caps bound a day's credit",
        _CREDIT,
        "credit_ms = min(want_ms, end_ms - start_ms, room_ms)",
        "credit_ms = min(want_ms, end_ms - start_ms)",
        f"{_MIDNIGHT}::test_the_cap_ends_the_session_and_refuses_another_until_midnight",
    ),
    Guard(
        "a day is paid for its own time",
        _CREDIT,
        "credit_ms = min(want_ms, end_ms - start_ms, room_ms)",
        "credit_ms = min(want_ms, room_ms)",
        f"{_EXAMPLES}::test_no_day_is_paid_for_more_time_than_lies_in_it",
    ),
    Guard(
        "credit never goes to a day that is over",
        _CREDIT,
        "day = max(cut_day, floor_day)",
        "day = cut_day",
        f"{_EXAMPLES}::test_a_day_that_has_begun_is_the_earliest_that_anything_is_booked_on",
    ),
)

DAYS = (
    Guard(
        "the person's cap",
        _DAYS,
        "return min(person, in_class, key=lambda cap: cap.left_ms)",
        "return in_class",
        f"{_MIDNIGHT}::test_the_persons_cap_counts_what_was_learned_in_another_class",
    ),
    Guard(
        "the class's cap",
        _DAYS,
        "return min(person, in_class, key=lambda cap: cap.left_ms)",
        "return person",
        f"{_MIDNIGHT}::test_the_class_has_a_cap_of_its_own",
    ),
    Guard(
        "midnight cuts",
        _DAYS,
        "cut_ms = min(end_ms, day_start_ms(day + 1))",
        "cut_ms = end_ms",
        f"{_MIDNIGHT}::test_a_stretch_over_midnight_is_split_exactly_and_each_part_keeps_its_days_cap",
    ),
    Guard(
        "the learning day is Shanghai's",
        _DAYS,
        "_SHANGHAI_OFFSET_MS = 8 * 3_600_000",
        "_SHANGHAI_OFFSET_MS = 7 * 3_600_000",
        "tests/kernel/test_clock.py::test_the_rules_and_the_calendar_agree_on_the_learning_day",
    ),
    Guard(
        "no share falls on a day that is over",
        _DAYS,
        "by_day[max(day, floor_day)]",
        "by_day[day]",
        f"{_EXAMPLES}::test_a_day_that_has_begun_is_the_earliest_that_anything_is_booked_on",
    ),
)

JUDGE = (
    Guard(
        "ten seconds are carried at most",
        _JUDGE,
        "return min(policy.max_carry_ms, earned.earn_ms - earned.want_ms, tail_ms)",
        "return min(earned.earn_ms - earned.want_ms, tail_ms)",
        f"{_EXAMPLES}::test_a_worked_example_is_judged_as_the_page_says",
    ),
    Guard(
        "only what was earned and not wanted is carried",
        _JUDGE,
        "return min(policy.max_carry_ms, earned.earn_ms - earned.want_ms, tail_ms)",
        "return min(policy.max_carry_ms, tail_ms)",
        f"{_EXAMPLES}::test_a_worked_example_is_judged_as_the_page_says",
    ),
    Guard(
        "only time that ends now is carried",
        _JUDGE,
        "tail_ms = last_end_ms - last_start_ms if last_end_ms == earned.now_ms else 0",
        "tail_ms = last_end_ms - last_start_ms",
        f"{_EXAMPLES}::test_only_time_that_ends_now_is_carried",
    ),
    Guard(
        "a jump costs the carry",
        _JUDGE,
        "if earned.jumped or not uncredited:",
        "if not uncredited:",
        f"{_EXAMPLES}::test_a_worked_example_is_judged_as_the_page_says",
    ),
    Guard(
        "credit is booked on the person's day",
        _JUDGE,
        "balance.person_ms + earned_ms",
        "balance.person_ms",
        f"{_MIDNIGHT}::test_the_persons_cap_counts_what_was_learned_in_another_class",
    ),
    Guard(
        "credit is booked on the class's day",
        _JUDGE,
        "balance.class_ms + earned_ms",
        "balance.class_ms",
        f"{_MIDNIGHT}::test_the_class_has_a_cap_of_its_own",
    ),
    Guard(
        "a day that has begun stays the first",
        _JUDGE,
        """    first_day = max(floor_day, day_of(now_ms - carry_ms))
    days = {b.day for b in running.balances} | {max(floor_day, day_of(now_ms))}""",
        """    first_day = day_of(now_ms - carry_ms)
    days = {b.day for b in running.balances} | {day_of(now_ms)}""",
        f"{_EXAMPLES}::test_a_day_that_has_begun_is_the_earliest_that_anything_is_booked_on",
    ),
    Guard(
        "jumps are remembered",
        _JUDGE,
        "happened=earned.jumped",
        "happened=False",
        f"{_SPEED}::test_the_fifth_jump_within_ten_minutes_signs_out",
    ),
    Guard(
        "jumps are forgotten after their time",
        _JUDGE,
        "if now_ms - window_ms < at_ms <= now_ms)",
        "if at_ms <= now_ms)",
        f"{_ENDINGS}::test_jumps_are_forgotten_after_ten_minutes",
    ),
    Guard(
        "no jump lies in the future",
        _JUDGE,
        "if now_ms - window_ms < at_ms <= now_ms)",
        "if now_ms - window_ms < at_ms)",
        f"{_ENDINGS}::test_a_clock_that_steps_back_leaves_no_jump_or_event_in_the_future",
    ),
    Guard(
        "nothing ends before the last beat",
        _JUDGE,
        "    end_ms = max(end_ms, running.beat_at_ms)\n",
        "",
        f"{_ENDINGS}::test_nothing_is_due_before_the_last_beat_and_nothing_ends_before_it",
    ),
    Guard(
        "a hidden page stands still",
        _JUDGE,
        "_STANDING = Flag.PAUSED | Flag.HIDDEN",
        "_STANDING = Flag.PAUSED",
        f"{_ENDINGS}::test_a_page_that_stands_still_by_its_own_word_is_due_to_end_ten_minutes_after_it_began_to",
    ),
    Guard(
        "nobody stands still since before the last beat",
        _JUDGE,
        "return max(running.beat_at_ms - running.carry_ms, now_ms - claim.claimed_idle_ms)",
        "return now_ms - claim.claimed_idle_ms",
        f"{_ENDINGS}::test_nobody_stands_still_since_before_the_last_beat",
    ),
    Guard(
        "pauses are remembered",
        _JUDGE,
        """    if running.paused_since_ms is not None:
        return running.paused_since_ms
""",
        "",
        f"{_SILENCE}::test_ten_minutes_of_pause_sign_out",
    ),
)

OF_CREDIT = (*CREDIT, *DAYS, *JUDGE)
