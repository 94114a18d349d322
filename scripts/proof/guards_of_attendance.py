"""What keeps attendance to who was there, to minutes that count once, and to two persons."""

from scripts.proof.guard import Guard

_CODES = "src/jiangxue/attendance/rules/codes.py"
_PRESENCE = "src/jiangxue/attendance/rules/presence.py"
_TIME = "src/jiangxue/attendance/rules/time.py"
_DECIDING = "src/jiangxue/attendance/rules/deciding.py"
_SIGNING = "src/jiangxue/attendance/services/signing.py"
_STATING = "src/jiangxue/attendance/services/stating.py"
_SETTLING = "src/jiangxue/archive/services/settling.py"
_PLANNING = "src/jiangxue/enrolment/services/plan.py"

_OF_RULES = "tests/rules/test_attendance.py"
_OF_TIME = "tests/rules/test_attendance_time.py"
_OF_SIGNING = "tests/domains/attendance/test_signing.py"
_OF_STATING = "tests/domains/attendance/test_stating.py"

OF_ATTENDANCE = (
    Guard(
        "a photographed code is soon worth nothing",
        _CODES,
        "STEPS_BACK = 1\n",
        "STEPS_BACK = 100\n",
        f"{_OF_RULES}::test_a_photographed_code_is_worth_nothing_half_a_minute_later",
    ),
    Guard(
        "what a browser has read is forgotten after three minutes",
        _CODES,
        "    if not 0 <= now_ms - seen.at_ms <= SEEN_MS:\n        raise CodeNotValid\n",
        "",
        f"{_OF_RULES}::test_what_a_browser_has_read_waits_three_minutes_for_its_learner",
    ),
    Guard(
        "nobody else writes what a browser has read",
        _CODES,
        '    if not hmac.compare_digest(_proof(key, f"seen {said}").encode(), proof.encode()):\n        raise CodeNotValid\n',
        "",
        f"{_OF_SIGNING}::test_a_word_that_somebody_else_wrote_is_not_read",
    ),
    Guard(
        "only who is in the class signs",
        _SIGNING,
        "    enrolment_for(viewer, item.training_class_id)\n    _require_open",
        "    _require_open",
        f"{_OF_SIGNING}::test_nobody_of_another_class_is_shown_a_lesson_to_sign",
    ),
    Guard(
        "half a signature is no presence",
        _PRESENCE,
        "    if not ins or not outs:\n",
        "    outs = outs or [planned[1]]\n    if not ins:\n",
        f"{_OF_RULES}::test_half_a_signature_is_no_presence",
    ),
    Guard(
        "staff state nothing that has not been",
        _PRESENCE,
        "start_ms <= said[0] < said[1] <= min(end_ms, now_ms)",
        "start_ms <= said[0] < said[1] <= end_ms",
        f"{_OF_RULES}::test_staff_state_nothing_that_has_not_been",
    ),
    Guard(
        "minutes that count online do not count again",
        _TIME,
        "    free = without(here, days.taken)\n",
        "    free = list(here)\n",
        f"{_OF_TIME}::test_minutes_that_count_online_do_not_count_again",
    ),
    Guard(
        "attendance fills no day beyond its cap",
        _TIME,
        "taken_ms = min(end_ms - start_ms, left_ms, room_ms)",
        "taken_ms = min(end_ms - start_ms, left_ms)",
        f"{_OF_TIME}::test_attendance_yields_to_what_was_learned_online_on_the_same_day",
    ),
    Guard(
        "no more counts than was planned",
        _TIME,
        "taken_ms = min(end_ms - start_ms, left_ms, room_ms)",
        "taken_ms = min(end_ms - start_ms, room_ms)",
        f"{_OF_TIME}::test_more_than_the_planned_hours_does_not_count",
    ),
    Guard(
        "who states does not sign",
        _DECIDING,
        "    if by == words[-1].by:\n        raise SamePerson\n",
        "",
        f"{_OF_RULES}::test_two_persons_and_never_the_learner_decide",
    ),
    Guard(
        "nobody states something of themselves",
        _DECIDING,
        "    if by == learner:\n        raise OwnTime\n    if words and",
        "    if words and",
        f"{_OF_RULES}::test_two_persons_and_never_the_learner_decide",
    ),
    Guard(
        "a stale page states nothing",
        _STATING,
        "        if len(entry.statements) != after:\n            raise NotTheTurn\n",
        "",
        f"{_OF_STATING}::test_a_page_that_was_read_before_somebody_stated_something_states_nothing",
    ),
    Guard(
        "who only teaches does not sign",
        _STATING,
        "    if not answers_for(viewer, item.training_class):\n        raise NotYours\n",
        "",
        f"{_OF_STATING}::test_who_only_answers_for_the_class_does_not_call_the_roll_and_who_only_teaches_does_not_sign",
    ),
    Guard(
        "nothing is settled while attendance is open",
        _SETTLING,
        "    if not attendance.is_none:\n        raise AttendanceOpen(attendance)\n",
        "",
        "tests/domains/archive/test_settling_attendance.py::test_a_statement_that_nobody_has_signed_keeps_a_class_open",
    ),
    Guard(
        "a lesson that has begun stays as it is",
        _PLANNING,
        "    if not is_cancellable(item.starts_at, item.cancelled_at, now=now):\n        raise AlreadyBegun\n",
        "",
        "tests/domains/enrolment/test_plan.py::test_a_lesson_that_has_begun_or_was_cancelled_stays",
    ),
)
