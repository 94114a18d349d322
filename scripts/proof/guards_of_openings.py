"""The guards of the opening of classes (docs/rules/openings.md, docs/rules/subsidies.md)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/enrolment/rules/opening_checks.py"
_ROSTERS = "src/jiangxue/enrolment/rules/roster_checks.py"
_SUBSIDIES = "src/jiangxue/enrolment/rules/subsidies.py"
_QUERIES = "src/jiangxue/enrolment/queries/openings.py"
_SERVICES = "src/jiangxue/enrolment/services/openings.py"
_OPENED = "src/jiangxue/enrolment/services/opened.py"
_ADMITTING = "src/jiangxue/accounts/services/admitting.py"
_LEARNING = "src/jiangxue/learning/services/opening.py"

_OF_RULES = "tests/rules/test_opening_checks.py"
_OF_ROSTERS = "tests/rules/test_roster_checks.py"
_TESTS = "tests/domains/enrolment/test_openings.py"
_ATTACKS = "tests/attacks/test_openings.py"

OF_OPENINGS = (
    Guard(
        "a class opens as it was handed in",
        _OPENED,
        " or not kept.application.asks_for_the_same(application):",
        ":",
        f"{_ATTACKS}::test_what_is_changed_in_the_database_after_the_handing_in_opens_no_class",
    ),
    Guard(
        "what is decided about is what was shown",
        _SERVICES,
        "    if kept is None or kept.sha256 != seen_sha256:\n",
        "    if kept is None:\n",
        f"{_TESTS}::test_a_decision_on_what_has_changed_since_is_refused",
    ),
    Guard(
        "nothing with flaws is handed in",
        _OPENED,
        "    if version is None or any(finding.is_blocking for finding in findings_of(opening, now)):\n",
        "    if version is None:\n",
        f"{_TESTS}::test_an_application_with_flaws_is_not_handed_in",
    ),
    Guard(
        "what is handed in cannot be changed",
        _SERVICES,
        "    if opening.state not in EDITABLE:\n        raise NotNow\n    return opening\n",
        "    return opening\n",
        f"{_TESTS}::test_what_is_handed_in_cannot_be_changed_until_it_comes_back",
    ),
    Guard(
        "nobody takes the course or the people of another institution",
        _SERVICES,
        "        raise NotTheirs\n    return version\n",
        "        pass\n    return version\n",
        f"{_ATTACKS}::test_a_course_or_a_person_of_another_institution_is_refused",
    ),
    Guard(
        "a supervisor sees what is handed in within the region",
        _QUERIES,
        "                institution__region__code__startswith=viewer.region,\n",
        "",
        "tests/portals/test_openings.py::test_another_region_finds_nothing",
    ),
    Guard(
        "the learners of a class are not in two places",
        _RULES,
        "        if until is not None and begin < until:\n",
        "        if until is not None and end < until:\n",
        f"{_OF_RULES}::test_an_overlap_is_found_exactly_where_two_items_share_a_minute",
    ),
    Guard(
        "nobody under sixteen is trained",
        _ROSTERS,
        "        if age < YOUNGEST:\n",
        "        if age < YOUNGEST - 1:\n",
        f"{_OF_ROSTERS}::test_sixteen_is_old_enough_on_the_first_day_and_a_day_less_is_not",
    ),
    Guard(
        "a number under another name makes no second account",
        _ROSTERS,
        "    elif not is_same_name(each.holder.name, each.name):\n",
        "    elif False:\n",
        "tests/domains/enrolment/test_enlisting.py::test_a_number_under_another_name_makes_no_second_account",
    ),
    Guard(
        "who was registered under another name after the checks gets no place",
        _ADMITTING,
        "    if not is_same_name(account.name, who.name):\n",
        "    if False:\n",
        "tests/domains/enrolment/test_openings_with_many.py::test_who_was_registered_under_another_name_after_the_check_is_left_out_and_named",
    ),
    Guard(
        "what is not known keeps nobody from being told no",
        _SUBSIDIES,
        "        if each is not None and each.eligibility is Eligibility.NOT:\n",
        "        if each is not None:\n",
        "tests/domains/enrolment/test_subsidies.py::test_what_is_missing_decides_nothing_where_something_else_says_no",
    ),
    Guard(
        "nothing is learned before the promise",
        _LEARNING,
        "    if is_due(enrolment):\n",
        "    if False:\n",
        "tests/domains/enrolment/test_promises.py::test_nothing_is_learned_before_the_promise",
    ),
)
