"""What keeps hours frozen until two persons of the authority have decided, and gives them back when nobody does (docs/rules/cases.md)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/supervision/rules/cases.py"
_FREEZES = "src/jiangxue/archive/rules/freezes.py"
_FREEZING = "src/jiangxue/archive/services/freezing.py"
_SETTLING = "src/jiangxue/archive/services/settling.py"
_HOURS = "src/jiangxue/archive/queries/settlements.py"
_CASES = "src/jiangxue/supervision/queries/cases.py"
_STEPS = "src/jiangxue/supervision/services/cases.py"

_OF_CASES = "tests/domains/supervision/test_cases.py"
_OF_ATTACKS = "tests/domains/supervision/test_case_attacks.py"
_OF_FREEZES = "tests/rules/test_freezes.py"

OF_CASES = (
    Guard(
        "frozen days count nothing at the settlement",
        _HOURS,
        "kept_out=not_recognised(enrolments)",
        "kept_out=None",
        f"{_OF_CASES}::test_frozen_hours_stay_recorded_but_are_not_recognised_until_two_persons_say_so",
    ),
    Guard(
        "nothing is settled over frozen hours",
        _SETTLING,
        "    if standing_in(training_class.pk):\n        raise StillFrozen\n",
        "",
        f"{_OF_CASES}::test_a_class_is_not_settled_while_hours_are_frozen",
    ),
    Guard(
        "a place that is settled is settled again when its hours are frozen",
        _FREEZING,
        "    settle_place_again(*held, because=Because(freeze=frozen.pk), persons=persons, now=now)\n",
        "    pass\n",
        f"{_OF_CASES}::test_a_case_after_the_settlement_settles_the_place_again_and_again",
    ),
    Guard(
        "the last decision about a day holds",
        _FREEZES,
        "    last = max(about, key=lambda each: each.decided)\n",
        "    last = min(about, key=lambda each: each.decided)\n",
        f"{_OF_FREEZES}::test_the_last_decision_about_a_day_holds",
    ),
    Guard(
        "a freeze holds to the end of its last day",
        _FREEZING,
        "learning_day(now) <= frozen.until",
        "learning_day(now) < frozen.until",
        "tests/domains/supervision/test_lapsing.py::test_a_freeze_holds_to_the_end_of_its_last_day",
    ),
    Guard(
        "who proposed does not decide, nor who opened",
        _RULES,
        "    if officer.account == course.proposer or (approves and officer.account == course.opened_by):\n        raise SamePerson\n",
        "",
        f"{_OF_ATTACKS}::test_who_opened_does_not_decide_but_may_send_back",
    ),
    Guard(
        "a case belongs to its region and those around it",
        _RULES,
        "course.region.startswith(officer.region)",
        "True",
        f"{_OF_ATTACKS}::test_a_district_looks_at_what_its_city_opened_and_decides_nothing",
    ),
    Guard(
        "whoever takes part decides nothing",
        _RULES,
        "    if officer.takes_part:\n        raise TakesPart\n    if not may_act(course, officer):\n        raise NotYours\n",
        "",
        f"{_OF_ATTACKS}::test_a_colleague_of_the_institution_with_a_role_in_the_authority_decides_nothing",
    ),
    Guard(
        "both sides are heard first",
        _RULES,
        "    if withheld and course.explained != set(Side) and today <= course.answer_by:\n        raise HearFirst\n",
        "",
        f"{_OF_CASES}::test_nothing_is_withheld_before_both_sides_were_heard",
    ),
    Guard(
        "days are withheld that were frozen and learned on",
        _RULES,
        "    if not set(withheld) <= set(learned):\n        raise NoSuchDays\n",
        "",
        f"{_OF_CASES}::test_only_days_on_which_something_was_learned_can_be_withheld",
    ),
    Guard(
        "a learner sees their own cases alone",
        _CASES,
        "            return Q(enrolment__learner_id=viewer.account_id)\n",
        "            return Q()\n",
        f"{_OF_ATTACKS}::test_a_learner_does_not_answer_for_another",
    ),
    Guard(
        "a step is taken on the page that was read last",
        _STEPS,
        "    if after is not None and len(filed.steps) != after:\n        raise NotTheTurn\n",
        "",
        f"{_OF_ATTACKS}::test_steps_from_an_older_page_are_refused",
    ),
    Guard(
        "who confirms a settlement has seen the warnings",
        _SETTLING,
        "        if said.seen != warnings_of(class_id).digest:\n            raise WarnedMeanwhile\n",
        "",
        "tests/domains/archive/test_settlement_warnings.py::test_a_page_from_before_the_word_confirms_nothing",
    ),
    Guard(
        "an archive is kept while something is to be decided about it",
        "src/jiangxue/archive/queries/retention.py",
        "    held |= undecided_places(known)\n",
        "",
        "tests/domains/archive/test_kept_for_cases.py::test_an_archive_is_kept_until_the_case_about_it_is_decided",
    ),
)
