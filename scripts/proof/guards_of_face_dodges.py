"""The guards against dodging a face check without any trick of the camera (docs/trust.md, Faces)."""

from scripts.proof.guard import Guard

_LEARNING = "src/jiangxue/learning"
_FACES = f"{_LEARNING}/queries/faces.py"
_CHECKS, _DRAWING = f"{_LEARNING}/rules/checks.py", f"{_LEARNING}/services/drawing.py"
_BEGINNING = f"{_LEARNING}/services/facing.py"
_OUTCOMES = "src/jiangxue/facecheck/rules/outcomes.py"
_JUDGING = "src/jiangxue/facecheck/api/judging.py"

_DODGES = "tests/attacks/test_face_dodges.py"
_SOURCES = "tests/domains/facecheck/test_sources.py"

OF_FACE_DODGES = (
    Guard(
        "only a pass begins the count of checks without a camera anew",
        _FACES,
        "    passed = due.filter(outcome=CheckOutcome.PASSED)",
        "    passed = due.exclude(outcome__in=('', CheckOutcome.UNAVAILABLE))",
        f"{_DODGES}::test_a_missed_check_in_between_gives_nobody_a_fresh_row_of_checks_without_a_camera",
    ),
    Guard(
        "attention in another class confirms nobody here",
        _FACES,
        "    return check.kind == CheckKind.FACE and is_as_strict(",
        "    return is_as_strict(",
        f"{_DODGES}::test_attention_shown_in_another_class_confirms_nobody_in_this_one",
    ),
    Guard(
        "a pass by easier rules is none here",
        _FACES,
        "check.kind == CheckKind.FACE and is_as_strict(policy_of(check.session), policy)",
        "check.kind == CheckKind.FACE",
        f"{_DODGES}::test_a_pass_by_easier_rules_is_none_here",
    ),
    Guard(
        "what the server withdrew changes nothing",
        _FACES,
        '.exclude(outcome__in=("", CheckOutcome.WITHDRAWN))',
        '.exclude(outcome="")',
        f"{_DODGES}::test_what_the_server_withdrew_makes_nobody_known_who_was_not",
    ),
    Guard(
        "where face checks are drawn otherwise one is drawn anew",
        _DRAWING,
        "    if lease.until_face_ms is None or anew:",
        "    if lease.until_face_ms is None:",
        f"{_DODGES}::test_a_draw_in_a_class_with_rare_face_checks_tells_nothing_of_when_one_comes_here",
    ),
    Guard(
        "where no faces are checked none is due",
        _CHECKS,
        "    if policy.face_checks and until_face_after(",
        "    if until_face_after(",
        f"{_DODGES}::test_a_face_that_is_due_elsewhere_asks_for_nothing_where_no_faces_are_checked",
    ),
    Guard(
        "a lesson ends by what was credited",
        _CHECKS,
        "    if policy.face_lesson_end and ends and not was:",
        "    if False:",
        f"{_DODGES}::test_a_lesson_ends_with_a_face_whether_or_not_the_page_says_that_it_has_ended",
    ),
    Guard(
        "a day that begins within a session begins with a face",
        _CHECKS,
        "    return 0 if begins_day else",
        "    return",
        f"{_DODGES}::test_a_day_that_begins_within_a_session_begins_with_a_face",
    ),
    Guard(
        "a face answers no check that was asked before it was enrolled",
        _BEGINNING,
        "    if since is not None and since > check.asked_at:",
        "    if False:",
        f"{_DODGES}::test_a_face_that_was_enrolled_after_a_check_was_asked_does_not_answer_it",
    ),
    Guard(
        "a check that was decided allows no further attempt",
        _BEGINNING,
        "    if result_of_check(check.pk, allowed=policy.face_attempts) is not None:",
        "    if not attempts_left(check, policy):",
        f"{_DODGES}::test_a_page_that_does_not_ask_what_came_of_it_gets_no_further_attempt",
    ),
    Guard(
        "attempts that are begun and left have an end",
        _BEGINNING,
        " or begun_at(check.pk) >= MOST_BEGUN",
        "",
        f"{_DODGES}::test_attempts_that_are_begun_and_left_have_an_end",
    ),
    Guard(
        "whoever stops when more was asked for is left to people",
        _OUTCOMES,
        "    return CheckResult.UNCLEAR if AttemptOutcome.STEP_UP in used else None",
        "    return None",
        f"{_DODGES}::test_whoever_stops_after_a_longer_look_was_asked_for_is_left_to_people",
    ),
    Guard(
        "nobody enrols in the place of whoever passed before",
        _JUDGING,
        "(self._known.source, self._known.earlier) if each",
        "(self._known.source,) if each",
        f"{_SOURCES}::test_nobody_enrols_in_the_place_of_whoever_passed_before",
    ),
)
"""All guards against dodging a face check."""
