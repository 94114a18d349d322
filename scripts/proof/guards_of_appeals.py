"""The guards of appeals, corrections and their pictures (docs/trust.md: nobody alone can make an hour)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/learning/rules/appeals.py"
_DECIDING = "src/jiangxue/learning/services/deciding.py"
_APPEALING = "src/jiangxue/learning/services/appealing.py"
_PICTURES = "src/jiangxue/learning/services/pictures.py"
_PICTURE_READER = "src/jiangxue/learning/services/picture_reader.py"
_RECHECKING = "src/jiangxue/learning/services/rechecking_corrections.py"
_QUERIES = "src/jiangxue/learning/queries/appeals.py"

_APPEALS = "tests/domains/learning/test_appeals.py"
_CORRECTIONS = "tests/domains/learning/test_corrections.py"
_OF_RULES = "tests/rules/test_appeals.py"
_OF_PICTURES = "tests/attacks/test_pictures.py"

OF_APPEALS = (
    Guard(
        "who proposed does not approve",
        _RULES,
        "    if by == proposer:\n",
        "    if False:\n",
        f"{_OF_RULES}::test_who_proposed_does_not_approve",
    ),
    Guard(
        "nobody proposes about the own time",
        _RULES,
        "        raise NotTheTurn\n    if by == learner:\n        raise OwnTime\n    if ms",
        "        raise NotTheTurn\n    if ms",
        f"{_OF_RULES}::test_nobody_decides_about_their_own_time",
    ),
    Guard(
        "no more is given back than was refused",
        _RULES,
        "not 0 < ms <= of_ms",
        "not 0 < ms",
        f"{_OF_RULES}::test_no_more_is_given_back_than_was_refused_and_not_nothing",
    ),
    Guard(
        "a correction marks refused time alone",
        _RULES,
        "without(whole, corrected) if stretch.reason is not None else whole",
        "without(whole, corrected)",
        f"{_OF_RULES}::test_a_correction_credits_nothing_and_changes_no_reason",
    ),
    Guard(
        "the head teacher proposes",
        _DECIDING,
        "    if viewer.role is not Role.HEAD_TEACHER:\n        raise NotYours\n",
        "",
        f"{_CORRECTIONS}::test_each_step_belongs_to_one_role",
    ),
    Guard(
        "an administrator approves",
        _DECIDING,
        "    if not may_check(viewer, found.appeal.session.enrolment.training_class, now):\n        raise NotYours\n",
        "",
        f"{_CORRECTIONS}::test_each_step_belongs_to_one_role",
    ),
    Guard(
        "nobody approves what they did not see",
        _DECIDING,
        "    if len(found.steps) != after:\n        raise NotTheTurn\n",
        "",
        f"{_CORRECTIONS}::test_what_changed_since_the_page_was_read_is_not_approved",
    ),
    Guard(
        "what was given back stands in a column of its own",
        _DECIDING,
        'day.update(corrected_ms=F("corrected_ms") + proposal.ms)',
        'day.update(credited_ms=F("credited_ms") + proposal.ms)',
        f"{_CORRECTIONS}::test_two_persons_give_time_back_beside_what_was_judged",
    ),
    Guard(
        "a stretch is appealed once",
        _APPEALING,
        "    if before is not None:\n        raise AlreadyAppealed(before.pk)\n",
        "",
        f"{_APPEALS}::test_nor_is_a_stretch_of_which_a_part_was_appealed",
    ),
    Guard(
        "a running session is not appealed",
        _APPEALING,
        "    if found.session.closed_at is None:\n        raise StillLearning\n",
        "",
        f"{_APPEALS}::test_a_running_session_is_not_appealed_yet",
    ),
    Guard(
        "twenty appeals wait at most",
        _APPEALING,
        "    if waiting_of(viewer) >= MOST_OPEN:\n        raise TooManyAppeals\n",
        "",
        f"{_APPEALS}::test_a_twenty_first_open_appeal_waits",
    ),
    Guard(
        "head teachers see the appeals of their own classes",
        _QUERIES,
        "                seen = seen.filter(head_teacher_id=viewer.account_id)\n",
        "                pass\n",
        f"{_APPEALS}::test_a_head_teacher_who_only_teaches_a_class_does_not_see_its_appeals",
    ),
    Guard(
        "judging again sums corrections",
        _RECHECKING,
        '        if sums["recorded"] != sums["found"]:\n',
        "        if False:\n",
        f"{_CORRECTIONS}::test_judging_again_finds_minutes_that_nobody_gave_back",
    ),
    Guard(
        "judging again asks for both steps of a correction",
        _RECHECKING,
        "        return False\n    proposed = ",
        "        return True\n    proposed = ",
        f"{_CORRECTIONS}::test_judging_again_asks_for_both_steps_of_a_correction",
    ),
    Guard(
        "judging again asks for the refusal under a correction",
        _RECHECKING,
        "    return length_ms(without([(each.start_ms, each.end_ms)], refused)) == 0\n",
        "    return True\n",
        f"{_CORRECTIONS}::test_judging_again_asks_for_the_refusal_under_a_correction",
    ),
    Guard(
        "a picture is measured before it is unpacked",
        _PICTURE_READER,
        '        if width * height > MOST_PIXELS[image.format or ""] or max(width, height) > LONGEST_SIDE:\n',
        "        if False:\n",
        f"{_OF_PICTURES}::test_a_small_file_that_unpacks_to_an_enormous_picture_is_refused_unread",
    ),
    Guard(
        "8 MB of a picture",
        _PICTURES,
        "    if len(sent) > MOST_BYTES:\n        raise PictureTooLarge\n",
        "",
        f"{_OF_PICTURES}::test_a_file_beyond_8_mb_is_refused_unread",
    ),
)
