"""The guards of enrolled faces that are held against the identity document (docs/rules/face-checks.md, the enrolled face and the document)."""

from scripts.proof.guard import Guard

_WHICH = "src/jiangxue/facecheck/queries/documents.py"
_FACES = "src/jiangxue/learning/queries/enrolled_faces.py"
_SAYING = "src/jiangxue/learning/services/enrolled_faces.py"
_OPEN_ENDS = "src/jiangxue/learning/queries/open_ends.py"

_TESTS = "tests/domains/learning/test_enrolled_faces.py"
_SETTLED = "tests/domains/learning/test_enrolled_faces_settled.py"
_DODGED = "tests/domains/learning/test_enrolled_faces_dodged.py"
_AT_ONCE = "tests/domains/learning/test_enrolled_faces_at_once.py"
_PAGE = "tests/portals/test_enrolled_faces.py"

OF_DOCUMENTS = (
    Guard(
        "only who answers for the class holds its faces against documents",
        _FACES,
        "    if not answers_for(viewer, training_class):\n        raise NotInClass\n",
        "",
        f"{_TESTS}::test_others_neither_see_the_list_nor_say_anything",
    ),
    Guard(
        "another class's head teacher says nothing here",
        "src/jiangxue/enrolment/queries/__init__.py",
        "        return training_class.head_teacher_id == viewer.account_id\n",
        "        return True\n",
        f"{_TESTS}::test_others_neither_see_the_list_nor_say_anything",
    ),
    Guard(
        "nobody holds their own face against their document",
        _SAYING,
        "    if _is_own(viewer, found):\n        raise OwnTime\n",
        "",
        f"{_TESTS}::test_nobody_says_it_of_themselves",
    ),
    Guard(
        "nobody's face is compared who never agreed to that",
        _WHICH,
        '        .filter(ever_agreed_in("account", ConsentPurpose.FACE, since=ASKED_SINCE))\n',
        "",
        f"{_SETTLED}::test_who_agreed_to_a_text_that_says_nothing_of_it_is_compared_by_nobody_until_they_agree_to_one",
    ),
    Guard(
        "nobody says anything of a face unseen",
        _SAYING,
        "    if not has_looked(viewer, found) or (",
        "    if (",
        f"{_TESTS}::test_nobody_says_anything_of_a_face_without_having_had_it_shown",
    ),
    Guard(
        "a picture is sent to who has given a reason",
        _FACES,
        "    if picture is None or not has_looked(viewer, found[0]):\n",
        "    if picture is None:\n",
        f"{_TESTS}::test_the_picture_is_sent_to_who_has_given_a_reason_while_the_face_waits",
    ),
    Guard(
        "of two at once the second is told",
        _SAYING,
        "    lock_account(learner_id)\n",
        "",
        f"{_AT_ONCE}::test_the_first_one_counts_and_the_second_is_told",
    ),
    Guard(
        "no class is settled while a face waits that it relies on",
        _OPEN_ENDS,
        "        enrolments=undecided_enrolments(class_id),\n",
        "",
        f"{_SETTLED}::test_no_class_is_settled_while_a_face_waits_by_which_time_was_confirmed",
    ),
    Guard(
        "a pass that confirmed no minute is relied upon too",
        _FACES,
        '{*here.values_list("learner", flat=True), *confirmed',
        "{*confirmed",
        f"{_SETTLED}::test_a_pass_that_opened_the_day_and_confirmed_no_minute_counts_too",
    ),
    Guard(
        "withdrawing ends no wait once a check was passed",
        _WHICH,
        "| Q(is_compared=True) | Exists(_passed_since())",
        "| Q(is_compared=True)",
        f"{_SETTLED}::test_nor_where_the_face_was_withdrawn_before_anybody_looked",
    ),
    Guard(
        "an enrolment that was never used hides none that was",
        _WHICH,
        ".filter(Q(is_stored=True) | Q(is_compared=True) | Exists(_passed_since()))",
        "",
        f"{_DODGED}::test_enrolling_once_more_and_withdrawing_again_hides_no_face_that_passed",
    ),
    Guard(
        "nobody enrols unseen beside whoever passed before",
        "src/jiangxue/facecheck/api/pictures.py",
        "    if earlier is not None and known.earlier is None:\n        raise Closed(Closing.NO_SERVICE)\n",
        "",
        "tests/domains/facecheck/test_sources.py::test_nobody_enrols_while_the_picture_of_whoever_passed_before_cannot_be_looked_at",
    ),
    Guard(
        "an enrolment without a picture is none",
        "src/jiangxue/facecheck/api/pictures.py",
        "        if not taken:\n            raise Closed(Closing.NO_SERVICE)\n",
        "",
        "tests/domains/facecheck/test_sources.py::test_an_enrolment_of_which_no_picture_could_be_kept_is_none",
    ),
    Guard(
        "nobody learns on by a face that is not theirs, or loses time by its going",
        "src/jiangxue/learning/services/facing.py",
        "        end(lease, lease.session, EndReason.FACE_REMOVED, now)\n",
        "        pass\n",
        f"{_DODGED}::test_who_learns_on_is_signed_out_and_loses_nothing",
    ),
    Guard(
        "a class is told of words alone that fell while its learner was in it",
        _FACES,
        " if word.at >= since[word.account_id]}",
        "}",
        f"{_DODGED}::test_a_class_that_came_later_is_not_told_of_a_face_that_confirmed_nothing_there",
    ),
    Guard(
        "a look counts for the name that was shown",
        _FACES,
        ", since=last_corrected(face.place.learner_id)",
        "",
        f"{_DODGED}::test_a_look_counts_for_the_name_that_was_shown",
    ),
    Guard(
        "a face that is not the learner's goes",
        _SAYING,
        "    if said.outcome is Comparison.DIFFERS:\n        _forget(learner_id, by=by, clock=clock)\n",
        "",
        f"{_TESTS}::test_a_face_that_is_not_the_learners_goes_and_nothing_else",
    ),
    Guard(
        "another face that passed keeps no learner from enrolling",
        "src/jiangxue/facecheck/queries/pictures.py",
        "        passed = passed.exclude(attempt__issued_at__range=(since, until))\n",
        "        pass\n",
        f"{_TESTS}::test_the_learner_may_enrol_again_although_another_face_passed_before",
    ),
    Guard(
        "a wrong face does not undo what a confirmed one has passed",
        "src/jiangxue/facecheck/queries/documents.py",
        "        if source is not None or (word is not None and word.outcome == Comparison.MATCHES):\n",
        "        if source is not None:\n",
        f"{_TESTS}::test_what_a_confirmed_face_has_passed_is_compared_again_after_a_wrong_one",
    ),
    Guard(
        "a look counts for the picture that was shown",
        "src/jiangxue/learning/queries/enrolled_faces.py",
        '("face_attempt", [attempt]) if picture is None else ("face_picture", [picture.id])',
        '("account", [face.enrolled.account])',
        f"{_TESTS}::test_nobody_says_anything_of_a_picture_that_came_in_place_of_the_one_they_saw",
    ),
    Guard(
        "no page offers anybody their own face",
        _SAYING,
        " if not _is_own(viewer, each)}",
        "}",
        f"{_PAGE}::test_nobody_is_shown_their_own",
    ),
)
