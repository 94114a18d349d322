"""The guards of what people decide about who learned (docs/rules/face-checks.md, what people decide; the supervised way)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/learning/rules/face_reviews.py"
_IDENTITY = "src/jiangxue/learning/rules/identity.py"
_PROVISIONAL = "src/jiangxue/learning/queries/provisional.py"
_REVIEWING = "src/jiangxue/learning/services/reviewing.py"
_REJUDGING = "src/jiangxue/learning/services/rejudging.py"
_STATING = "src/jiangxue/learning/services/identity.py"
_LESSON_TIME = "src/jiangxue/learning/queries/lesson_time.py"
_OPEN_ENDS = "src/jiangxue/learning/queries/open_ends.py"
_PICTURES = "src/jiangxue/portals/face_pictures.py"

_OF_RULES = "tests/rules/test_face_reviews.py"
_REVIEWS = "tests/domains/learning/test_face_reviews.py"
_DAYS = "tests/domains/learning/test_identity.py"
_PAGES = "tests/portals/test_face_reviews.py"

OF_PEOPLE = (
    Guard(
        "what waits for people is confirmed by no later face",
        _PROVISIONAL,
        "    return _cut(_provisional_of(found), since_ms, _NEVER_MS)\n",
        "    return _cut(_provisional_of(found), 0, _NEVER_MS)\n",
        f"{_REVIEWS}::test_a_face_that_passes_later_does_not_confirm_what_waits_for_people",
    ),
    Guard(
        "a review is about the time since the unclear check before",
        _PROVISIONAL,
        "_cut(theirs, max(before, default=0), ends_ms)",
        "_cut(theirs, 0, ends_ms)",
        f"{_REVIEWS}::test_each_decides_about_the_time_since_the_unclear_check_before",
    ),
    Guard(
        "who doubted does not approve",
        _RULES,
        "    if by == doubter:\n        raise SamePerson\n",
        "",
        f"{_OF_RULES}::test_a_doubt_is_approved_by_somebody_else",
    ),
    Guard(
        "each word belongs to one role",
        _REVIEWING,
        "    if viewer.role is not role:\n        raise NotYours\n",
        "",
        f"{_REVIEWS}::test_nobody_decides_for_themselves_twice_or_out_of_turn",
    ),
    Guard(
        "nobody decides unseen",
        _REVIEWING,
        " and not has_looked(viewer, case):",
        " and False:",
        f"{_REVIEWS}::test_nobody_decides_without_having_looked_at_the_pictures",
    ),
    Guard(
        "whoever learns is signed out before a lesson falls back",
        _REVIEWING,
        "    if lease.session is not None and not end_if_due(lease, at):\n",
        "    if False:\n",
        f"{_REVIEWS}::test_whoever_learns_meanwhile_is_signed_out_before_their_lesson_falls_back",
    ),
    Guard(
        "judging again asks for the word behind a verdict",
        _REJUDGING,
        "        return any(step.kind == said and step.at == verdict.at for step in check.review_steps.all())\n",
        "        return True\n",
        f"{_REVIEWS}::test_a_verdict_behind_which_nobody_stands_is_found",
    ),
    Guard(
        "no class is settled while a face check waits",
        _OPEN_ENDS,
        "        faces=undecided_about(class_id),\n",
        "",
        f"{_REVIEWS}::test_no_class_is_settled_while_a_face_check_waits",
    ),
    Guard(
        "no class is settled while a day waits",
        _OPEN_ENDS,
        "        days=undecided_days(places_of_class(class_id)),\n",
        "",
        f"{_DAYS}::test_a_class_is_not_settled_until_each_day_is_decided",
    ),
    Guard(
        "who stated does not sign",
        _IDENTITY,
        "    if by == stated_by:\n        raise SamePerson\n",
        "",
        f"{_OF_RULES}::test_a_day_is_stated_and_signed_by_two_others",
    ),
    Guard(
        "somebody is seen while they learn",
        _IDENTITY,
        "    if seen_ms > now_ms or not is_near:\n",
        "    if seen_ms > now_ms:\n",
        f"{_OF_RULES}::test_somebody_is_seen_within_ten_minutes_of_a_session",
    ),
    Guard(
        "staff of the class state, and nobody else",
        _STATING,
        "    if viewer.role not in STATERS:\n        raise NotYours\n",
        "",
        f"{_DAYS}::test_nobody_signs_their_own_statement_or_about_themselves_or_out_of_turn",
    ),
    Guard(
        "a day that two persons could not confirm is not recognised",
        _LESSON_TIME,
        "**dict.fromkeys(days_not_confirmed(enrolment_ids), Reason.UNCONFIRMED.value)}",
        "}",
        f"{_DAYS}::test_a_day_that_two_persons_could_not_confirm_is_not_recognised",
    ),
    Guard(
        "the address of a picture is for one person and five minutes",
        _PICTURES,
        '    if content["for"] != request.viewer.account_id or content["until"] < to_ms(request.now):\n        raise Http404\n',
        "",
        f"{_PAGES}::test_the_address_of_a_picture_is_for_one_person_and_five_minutes",
    ),
    Guard(
        "who is let off the colours does every action in their place",
        "src/jiangxue/facecheck/rules/drawing.py",
        "count = len(Action) if has_colours and without_flash else ACTIONS[form]",
        "count = ACTIONS[form]",
        "tests/rules/face/test_drawing.py::test_in_place_of_colours_that_are_left_out_every_action_is_asked",
    ),
    Guard(
        "colours are left out only where it is arranged",
        "src/jiangxue/facecheck/api/judging.py",
        'bool(attempt.bound.get("without_flash"))',
        "prefers_actions",
        "tests/attacks/test_face_going.py::test_colours_that_are_declined_are_not_replaced_by_actions",
    ),
    Guard(
        "another class's head teacher arranges nothing here",
        "src/jiangxue/learning/services/allowances.py",
        "return is_there and answers_for(viewer, place.training_class)",
        "return is_there",
        "tests/domains/learning/test_allowances.py::test_another_classs_head_teacher_arranges_nothing_here",
    ),
    Guard(
        "more time never goes beyond the check itself",
        "src/jiangxue/facecheck/services/tickets.py",
        "min(each for each in (allowance.left_ms(wanted.left_ms), wanted.most_ms) if each is not None)",
        "allowance.left_ms(wanted.left_ms)",
        "tests/domains/learning/test_allowances.py::test_more_time_never_goes_beyond_the_check_itself",
    ),
)
