"""The guards of registering, of one-time codes and of what is verified outside (docs/decisions/0028-real-name.md)."""

from scripts.proof.guard import Guard

_CODES = "src/jiangxue/accounts/services/codes.py"
_REGISTERING = "src/jiangxue/accounts/services/registering.py"
_RECOVERING = "src/jiangxue/accounts/services/recovering.py"
_VERIFYING = "src/jiangxue/accounts/services/verifying.py"
_VERIFICATION = "src/jiangxue/accounts/queries/verification.py"
_PAGES = "src/jiangxue/portals/codes.py"

_OF_CODES = "tests/domains/accounts/test_one_time_codes.py"
_OF_REGISTERING = "tests/domains/accounts/test_registering.py"
_OF_RECOVERING = "tests/domains/accounts/test_recovering.py"
_OF_EVIDENCE = "tests/domains/enrolment/test_identity_evidence.py"
_OF_PAGES = "tests/portals/test_registering.py"

OF_REGISTERING = (
    Guard(
        "a code is tried five times",
        _CODES,
        "        if sent is None or sent.tries >= TRIES:\n            raise CodeOver\n        if bytes",
        "        if sent is None:\n            raise CodeOver\n        if bytes",
        f"{_OF_CODES}::test_after_five_wrong_ones_the_right_code_proves_nothing",
    ),
    Guard(
        "a code holds five minutes",
        _CODES,
        " and now < last.sent_at + VALID",
        "",
        f"{_OF_CODES}::test_a_code_holds_for_five_minutes",
    ),
    Guard(
        "a code is used once",
        _CODES,
        "filter(pk=proved.code_id, used_at=None)",
        "filter(pk=proved.code_id)",
        f"{_OF_CODES}::test_a_code_is_used_once",
    ),
    Guard(
        "codes that go out for an address are counted",
        _CODES,
        '        limits[f"code/address/{by.address}"] = FROM_AN_ADDRESS\n',
        "        pass\n",
        f"{_OF_CODES}::test_a_hundred_a_day_go_out_for_one_address",
    ),
    Guard(
        "whom the source contradicts is not registered",
        _REGISTERING,
        "    if answer.outcome is Outcome.NOT_MATCHED:\n        raise NotMatched\n",
        "",
        f"{_OF_REGISTERING}::test_whom_the_source_contradicts_is_not_registered",
    ),
    Guard(
        "a stranger does not learn that a number is registered",
        _REGISTERING,
        "NumberTaken() if holder.name == who.name else NotMatched()",
        "NumberTaken()",
        f"{_OF_REGISTERING}::test_who_knows_only_the_number_hears_what_they_hear_of_any_wrong_pair",
    ),
    Guard(
        "attempts with a number are counted",
        _REGISTERING,
        '        f"register/number/{number}": limits.REGISTERING_A_NUMBER,\n',
        "",
        f"{_OF_REGISTERING}::test_a_number_is_not_tried_without_end",
    ),
    Guard(
        "attempts from an address are counted",
        _REGISTERING,
        "    if by.address:\n",
        "    if False:\n",
        f"{_OF_REGISTERING}::test_an_address_does_not_try_one_number_after_the_other",
    ),
    Guard(
        "a code is used up by an account",
        _REGISTERING,
        "            spend_code(on.proved, now=now)\n",
        "",
        f"{_OF_REGISTERING}::test_a_code_is_not_lost_by_a_refusal_and_is_used_up_by_success",
    ),
    Guard(
        "a recycled mobile number opens nothing",
        _RECOVERING,
        " or not _ends_with(account, claim.number_end)",
        "",
        f"{_OF_RECOVERING}::test_a_number_that_changed_hands_opens_nothing",
    ),
    Guard(
        "staff are not recovered by a mobile number",
        _RECOVERING,
        " or not _is_learner_alone(account)",
        "",
        f"{_OF_RECOVERING}::test_staff_are_not_recovered_by_whoever_holds_their_mobile",
    ),
    Guard(
        "an answer about a corrected name is not kept",
        _VERIFYING,
        "identity is None or (account.name, bytes(identity.id_number_index)) != (asked.name, asked.number_index)",
        "identity is None",
        f"{_OF_EVIDENCE}::test_an_answer_about_a_name_that_was_corrected_meanwhile_is_not_kept",
    ),
    Guard(
        "an answer holds no more once the registration is corrected",
        _VERIFICATION,
        '        .filter(Q(corrected_at=None) | Q(at__gte=F("corrected_at")))\n',
        "",
        f"{_OF_EVIDENCE}::test_a_corrected_registration_is_verified_anew_and_the_old_answer_holds_no_more",
    ),
    Guard(
        "a code is shown by a demonstration alone",
        _PAGES,
        "sender is not None and sender.is_demonstration and _CODE",
        "_CODE",
        f"{_OF_PAGES}::test_a_code_is_shown_only_where_it_was_sent_by_a_demonstration",
    ),
)
