"""The guards of lesson tests: nobody passes by trying, forging, waiting or looking at the key (docs/rules/lesson-tests.md)."""

from scripts.proof.guard import Guard

_ATTEMPTS = "src/jiangxue/assessment/rules/attempts.py"
_ITEMS = "src/jiangxue/assessment/rules/items.py"
_RECOGNITION = "src/jiangxue/assessment/rules/recognition.py"
_SERVICES = "src/jiangxue/assessment/services.py"
_QUERIES = "src/jiangxue/assessment/queries/attempts.py"

_ATTACKS = "tests/attacks/test_lesson_tests.py"
_OF_ATTEMPTS = "tests/domains/assessment/test_attempts.py"
_OF_RECOGNITION = "tests/domains/assessment/test_recognition.py"
_PAGES = "tests/portals/test_lesson_tests.py"

OF_TESTS = (
    Guard(
        "a test is tried no more often than allowed",
        _ATTEMPTS,
        "    if not test.left_today:\n        raise NoAttemptLeft(test.attempts_a_day)\n",
        "",
        f"{_ATTACKS}::test_no_more_is_tried_than_the_rule_allows_and_tomorrow_there_is_as_much_again",
    ),
    Guard(
        "a test opens when its lesson is played",
        _ATTEMPTS,
        "    if not is_played:\n        raise NotPlayedThrough\n",
        "",
        f"{_PAGES}::test_a_lesson_that_is_not_played_through_says_what_to_do_first",
    ),
    Guard(
        "an attempt ends with its time",
        _SERVICES,
        "    if is_over(attempt.expires_at, now):\n        _end_unmarked(attempt, now)\n        return attempt\n",
        "",
        f"{_ATTACKS}::test_a_submission_after_its_time_is_worth_nothing",
    ),
    Guard(
        "the options of a test are drawn anew",
        _ITEMS,
        "tuple(_shuffled(range(question.options), chance))",
        "tuple(range(question.options))",
        f"{_ATTACKS}::test_the_order_of_options_is_drawn_for_each_attempt",
    ),
    Guard(
        "the key of a test stays here until it is passed",
        _QUERIES,
        "    if not attempt.outcome or not here.exists():\n        return []\n",
        "",
        f"{_OF_ATTEMPTS}::test_what_is_right_is_told_after_passing_only",
    ),
    Guard(
        "attempts at tests are their learner's own",
        _QUERIES,
        'Attempt.objects.filter(enrolment__in=own_enrolments(viewer).values("pk"))',
        "Attempt.objects.all()",
        f"{_OF_ATTEMPTS}::test_attempts_are_listed_for_their_learner_alone",
    ),
    Guard(
        "a lesson is recognised with its test passed",
        _RECOGNITION,
        "Missing.TEST: test.is_owed",
        "Missing.TEST: False",
        f"{_OF_RECOGNITION}::test_a_lesson_with_a_test_is_recognised_when_the_test_is_passed",
    ),
)
