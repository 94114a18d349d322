"""The guards of checks over several sessions and classes: leaving, easier rules elsewhere, what is no answer and what is nobody's fault."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/learning/rules/checks.py"
_SERVICES = "src/jiangxue/learning/services"
_ANSWERING, _SETTLING = f"{_SERVICES}/answering.py", f"{_SERVICES}/settling.py"
_DRAWING = f"{_SERVICES}/drawing.py"

_ELSEWHERE = "tests/attacks/test_check_elsewhere.py"
_STRICT = f"{_ELSEWHERE}::test_an_easy_check_elsewhere_is_as_strict_as_the_time_that_it_decides_about"
_DRAWN = f"{_ELSEWHERE}::test_a_draw_elsewhere_tells_nothing_of_when_a_check_comes_here"

OF_CHECKS_ELSEWHERE = (
    Guard(
        "what was due with a beat that left is asked at the opening",
        _DRAWING,
        "if lease.until_check_ms == 0 and lease.asked_at_ms is None:",
        "if False:",
        f"{_ELSEWHERE}::test_who_only_leaves_is_asked_at_the_next_opening",
    ),
    Guard(
        "where checks are drawn otherwise one is drawn anew",
        _DRAWING,
        "if lease.until_check_ms is None or anew:",
        "if lease.until_check_ms is None:",
        _DRAWN,
    ),
    Guard(
        "of two draws the nearer counts",
        _DRAWING,
        "        if lease.until_check_ms is None or drawn < lease.until_check_ms:\n",
        "        if True:\n",
        "tests/domains/learning/test_draws.py::test_of_all_draws_in_classes_that_draw_otherwise_the_nearest_counts",
    ),
    Guard(
        "where checks are drawn alike the draw stays",
        _DRAWING,
        "anew=before is None or draw_of(before) != draw_of(policy)",
        "anew=True",
        f"{_ELSEWHERE}::test_the_honest_twin_who_comes_back_to_the_same_rules_keeps_the_draw",
    ),
    Guard(
        "a check elsewhere allows no more attempts",
        _RULES,
        "min(policy.check_attempts for policy in all_of_them)",
        "asking.check_attempts",
        _STRICT,
    ),
    Guard(
        "a check elsewhere gives no more time to answer",
        _RULES,
        "min(policy.check_answer_ms for policy in all_of_them)",
        "asking.check_answer_ms",
        _STRICT,
    ),
    Guard(
        "a check elsewhere is missed at no less cost",
        _RULES,
        "max(policy.check_void_ms for policy in all_of_them)",
        "asking.check_void_ms",
        _STRICT,
    ),
    Guard(
        "a check elsewhere asks no more questions that cannot be missed",
        _RULES,
        "rarest = min(all_of_them, key=_share_of_course_questions)",
        "rarest = asking",
        _STRICT,
    ),
    Guard(
        "what is no option is no answer",
        _ANSWERING,
        '    if answer.choice >= len(check.prompt["options"]):\n        return NoSuchCheck()\n',
        "",
        f"{_ELSEWHERE}::test_what_is_no_option_answers_nothing",
    ),
    Guard(
        "a stall that is not noted yet excuses",
        _SETTLING,
        "return [*noted, going_on] if going_on else noted",
        "return noted",
        "tests/domains/learning/test_stalls.py::test_a_stall_that_nobody_has_noted_yet_excuses",
    ),
)
