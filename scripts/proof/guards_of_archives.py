"""What keeps hours settled by two persons from what is on record, and archives kept for their term and forgotten after it."""

from scripts.proof.guard import Guard

_SETTLEMENT = "src/jiangxue/archive/rules/settlement.py"
_SETTLING = "src/jiangxue/archive/services/settling.py"
_RETENTION = "src/jiangxue/archive/rules/retention.py"
_RETAINING = "src/jiangxue/archive/services/retaining.py"
_ERASING = "src/jiangxue/archive/services/erasing.py"
_DUE = "src/jiangxue/archive/queries/retention.py"
_READING = "src/jiangxue/ledger/queries/contents.py"
_MARKING = "src/jiangxue/assessment/services.py"
_RESTORING = "src/jiangxue/operations/backups/restoring.py"
_SIGNING = "src/jiangxue/ledger/log/signing.py"

_OF_SETTLING = "tests/domains/archive/test_settling.py"
_OF_HOURS = "tests/rules/test_settlement.py"
_OF_RETAINING = "tests/domains/archive/test_retaining.py"
_OF_ERASING = "tests/domains/archive/test_erasing.py"
_OF_DOSSIERS = "tests/domains/archive/test_dossier.py"

_OF_HOURS_SETTLED = (
    Guard(
        "who proposed hours does not confirm them",
        _SETTLEMENT,
        "    if by == proposer:\n        raise SamePerson\n",
        "",
        f"{_OF_SETTLING}::test_each_step_belongs_to_one_role_and_no_person_does_both",
    ),
    Guard(
        "nobody confirms their own hours",
        _SETTLEMENT,
        "    if by in learners:\n        raise OwnHours\n",
        "",
        f"{_OF_SETTLING}::test_nobody_confirms_their_own_hours",
    ),
    Guard(
        "what was proposed is what is confirmed",
        _SETTLING,
        "    if proposed.digest != settlement.digest:\n        raise FiguresChanged\n",
        "",
        f"{_OF_SETTLING}::test_records_that_change_after_the_proposal_are_not_confirmed_unseen",
    ),
    Guard(
        "nothing is settled while something is open",
        _SETTLING,
        "    if not ends.is_none:\n        raise StillOpen(ends)\n",
        "",
        f"{_OF_SETTLING}::test_a_class_that_runs_or_has_open_ends_is_not_settled",
    ),
    Guard(
        "nothing is settled while somebody sits at a test",
        _SETTLING,
        "    if is_any_open(proposed.places.keys(), now):\n        raise StillAtTest\n",
        "",
        f"{_OF_SETTLING}::test_who_sits_at_a_test_at_the_end_may_hand_it_in_before_the_class_is_settled",
    ),
    Guard(
        "nothing is settled in an archive that is erased",
        "src/jiangxue/archive/queries/settlements.py",
        " if place.erased_at is None]",
        "]",
        "tests/domains/archive/test_kept_after_all.py::test_a_class_that_is_settled_late_writes_nothing_into_erased_archives",
    ),
    Guard(
        "what no check confirmed is refused at the settlement",
        _SETTLING,
        "    refuse_unconfirmed([place.pk for place in places], reviewed.at)\n",
        "",
        f"{_OF_SETTLING}::test_what_no_check_confirmed_until_then_is_refused_and_named",
    ),
    Guard(
        "no more hours are settled than were declared",
        _SETTLEMENT,
        "online=min(online, declared.online) if declared.online else online",
        "online=online",
        f"{_OF_HOURS}::test_hours_are_rounded_down_once_and_never_beyond_what_was_approved_and_declared",
    ),
    Guard(
        "a test is not told before it is passed",
        _MARKING,
        '    return {**_said(item), "right": right[item.ref]} if is_told else _said(item)\n',
        '    return {**_said(item), "right": right[item.ref]}\n',
        "tests/attacks/test_lesson_tests.py::test_the_own_archive_does_not_tell_what_was_right_before_the_test_is_passed",
    ),
)
_OF_RETENTION = (
    Guard(
        "a content that was exchanged is not read",
        _READING,
        "    if crypto.commitment(salt, payload, HASHES[leaf.hash_name]) != event.commitment:\n"
        '        raise LogDamaged(f"the content of entry {entry.sequence} is not the one that was sealed")\n',
        "",
        f"{_OF_DOSSIERS}::test_a_content_sealed_anew_with_other_words_is_not_read",
    ),
    Guard(
        "five years are the least",
        _RETENTION,
        "    year = begins.year + max(years, LEAST_YEARS)\n",
        "    year = begins.year + years - 1\n",
        f"{_OF_RETAINING}::test_the_term_may_be_longer_than_five_years_and_never_shorter",
    ),
    Guard(
        "the later of class end and last record begins the term",
        _RETENTION,
        "    begins = max(span.closed_on, span.last_record_on)\n",
        "    begins = span.closed_on\n",
        f"{_OF_RETAINING}::test_a_later_record_keeps_an_archive_longer_than_its_class",
    ),
    Guard(
        "an archive is looked at again before it is erased",
        _ERASING,
        "    reason = why_kept(place, learning_day(now))\n",
        "    reason = None\n",
        f"{_OF_RETAINING}::test_a_hold_keeps_an_archive_whatever_its_term_also_when_it_is_listed_already",
    ),
    Guard(
        "who reported does not confirm",
        _RETAINING,
        "    if run.reported_by_id == viewer.account_id:\n        raise SameAdministrator\n",
        "",
        f"{_OF_RETAINING}::test_a_run_reports_first_and_two_administrators_let_it_go_on",
    ),
    Guard(
        "archives that are evidence of each other go together",
        _DUE,
        "    found = due_together(alone, [pair for pair in tied if erased.isdisjoint(pair)])\n",
        "    found = alone\n",
        f"{_OF_RETAINING}::test_archives_whose_checks_judged_each_other_are_kept_until_the_last_of_them",
    ),
    Guard(
        "the signer remembers who was erased",
        _SIGNING,
        "            self.memory.remember_erased(erased)\n",
        "",
        f"{_OF_ERASING}::test_the_signer_remembers_who_was_erased_outside_the_database",
    ),
    Guard(
        "an old backup brings nobody back",
        _RESTORING,
        "        erased = erase_again(wish.outside.erased(), now=clock.now())\n",
        "        erased = 0\n",
        "tests/backup/test_erased.py::test_a_backup_from_before_the_erasure_does_not_bring_the_person_back",
    ),
)
OF_ARCHIVES = (*_OF_HOURS_SETTLED, *_OF_RETENTION)
