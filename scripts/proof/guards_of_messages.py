"""The guards of the audit's days and of messages: what is entered, what is noticed, whose a message is."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/audit/rules/days.py"
_QUERIES = "src/jiangxue/audit/queries/days.py"
_DAYS = "tests/domains/operations/test_audit_days.py"
_ATTACKS = "tests/attacks/test_audit_days.py"

OF_MESSAGES = (
    Guard(
        "a day of the audit waits for whoever still writes",
        _QUERIES,
        'cursor.execute("SELECT audit_settled_id()")',
        'cursor.execute("SELECT coalesce(max(id), 0) FROM audit_auditentry")',
        f"{_DAYS}::test_a_day_waits_for_whoever_is_still_writing",
    ),
    Guard(
        "each entry of a day of the audit is hashed with all before it",
        _RULES,
        "by.of(digest + line_of(entry))",
        "by.of(line_of(entry))",
        "tests/domains/audit/test_days.py::test_each_line_is_hashed_with_all_before_it",
    ),
    Guard(
        "the first day of the audit holds everything from before it",
        _QUERIES,
        "    return Q(pk__lte=last) if after is None else Q(pk__gt=after, pk__lte=last)\n",
        "    return Q(pk__gt=after or 0, pk__lte=last)\n",
        f"{_ATTACKS}::test_an_entry_put_in_later_is_noticed",
    ),
    Guard(
        "days of the audit go on from one another",
        _RULES,
        "        if this.after != after or not follows or (after is not None and this.last < after):\n",
        "        if False:\n",
        f"{_ATTACKS}::test_a_day_that_is_taken_out_of_the_ledger_is_noticed",
    ),
    Guard(
        "nobody but the audit administrator searches the audit",
        "src/jiangxue/audit/queries/search.py",
        "    if viewer.role is not Role.AUDIT_ADMINISTRATOR:\n",
        "    if False:\n",
        "tests/domains/audit/test_entries.py::test_nobody_but_the_audit_administrator_sees_an_entry",
    ),
    Guard(
        "a message is its account's alone",
        "src/jiangxue/notices/queries.py",
        "    found = Notice.objects.filter(account_id=viewer.account_id, pk=notice_id).first()\n",
        "    found = Notice.objects.filter(pk=notice_id).first()\n",
        "tests/domains/notices/test_telling.py::test_nobody_reads_or_marks_the_message_of_another",
    ),
    Guard(
        "a message names no person and holds no secret",
        "src/jiangxue/notices/rules/fitness.py",
        "    if not _NAME.fullmatch(name) or name in _NEVER:\n",
        "    if not _NAME.fullmatch(name):\n",
        "tests/domains/notices/test_telling.py::test_a_message_holds_no_person_no_secret_and_no_address_elsewhere",
    ),
)
