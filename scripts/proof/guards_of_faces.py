"""The guards of face checks: who it is, that somebody lives, and what an attempt may come to (docs/rules/face-checks.md)."""

from scripts.proof.guard import Guard

_RULES = "src/jiangxue/facecheck/rules"
_ACTIONS, _FLASH, _DECISION = f"{_RULES}/actions.py", f"{_RULES}/flash.py", f"{_RULES}/decision.py"
_IDENTITY, _REPEATS, _DRAWING = f"{_RULES}/identity.py", f"{_RULES}/repeats.py", f"{_RULES}/drawing.py"

_TESTS = "tests/rules/face"
_OF_ACTIONS, _OF_DECISION = f"{_TESTS}/test_actions.py", f"{_TESTS}/test_decision.py"
_PROPERTIES = f"{_TESTS}/test_decision_properties.py"
_ATTACKS = "tests/attacks/test_face_rules.py"
_ALIKE, _COMPARING = f"{_RULES}/alike.py", "src/jiangxue/facecheck/services/comparing.py"
_OF_COMPARING = "tests/domains/facecheck/test_comparing.py"
_WORTH_A_LOOK, _OF_WORTH_A_LOOK = "src/jiangxue/learning/rules/face_anomalies.py", "tests/rules/test_face_anomalies.py"

COMPARING = (
    Guard(
        "one face under several accounts is found",
        _ALIKE,
        "np.argwhere(permille >= least)",
        "np.argwhere(permille > WHOLE)",
        f"{_OF_COMPARING}::test_a_stand_in_who_enrols_for_three_is_found_and_an_honest_learner_is_not",
    ),
    Guard(
        "two strangers are not alike",
        _ALIKE,
        "np.argwhere(permille >= least)",
        "np.argwhere(permille >= 0)",
        f"{_TESTS}/test_alike.py::test_the_threshold_is_where_it_is_said_to_be",
    ),
    Guard(
        "vectors of two models are not compared",
        _COMPARING,
        "    return FaceTemplate.objects.filter(model_sha256=SFACE.sha256)",
        "    return FaceTemplate.objects.all()",
        f"{_OF_COMPARING}::test_vectors_of_another_model_are_not_compared",
    ),
    Guard(
        "what went while it was compared is not kept",
        _COMPARING,
        ", enrolled_at__lte=compared.began)",
        ")",
        f"{_OF_COMPARING}::test_of_a_face_that_goes_while_it_is_compared_nothing_is_kept",
    ),
    Guard(
        "whose face is alike is told by name to those who see them anyway",
        "src/jiangxue/enrolment/queries/__init__.py",
        ", left_at=None, pk__in=places_within(viewer))",
        ", left_at=None)",
        "tests/portals/test_anomalies_page.py::test_somebody_whom_the_viewer_may_not_see_has_no_name",
    ),
    Guard(
        "light that could be told once clears the week",
        _WORTH_A_LOOK,
        "all(each.colours is Verdict.INCONCLUSIVE for each in own)",
        "any(each.colours is Verdict.INCONCLUSIVE for each in own)",
        f"{_OF_WORTH_A_LOOK}::test_whose_light_was_seen_once_is_left_alone",
    ),
    Guard(
        "one unusual thing about a camera is ordinary",
        _WORTH_A_LOOK,
        "len(telling) >= SIGNS_AT_ONCE",
        "telling",
        f"{_OF_WORTH_A_LOOK}::test_cameras_of_honest_people_are_left_alone",
    ),
)

OF_FACES = (
    *COMPARING,
    Guard(
        "a turn is measured across the face's own axes",
        f"{_RULES}/shapes.py",
        "        return ((nose_x - eyes_x) * down_y - (nose_y - eyes_y) * down_x) / area",
        "        return ((nose_x - eyes_x) * across_x + (nose_y - eyes_y) * across_y) / (across_x**2 + across_y**2)",
        f"{_TESTS}/test_shapes.py::test_a_photograph_tilted_about_any_axis_shows_hardly_any_turn",
    ),
    Guard(
        "an action begins after it was asked",
        _ACTIONS,
        "        has_begun = has_begun or abs(value) <= begin",
        "        has_begun = True",
        f"{_OF_ACTIONS}::test_what_was_already_so_when_it_was_asked_does_not_count",
    ),
    Guard(
        "an action is held",
        _ACTIONS,
        "        if held >= thresholds.held_frames:",
        "        if held:",
        f"{_OF_ACTIONS}::test_one_frame_alone_is_a_slip_of_the_model",
    ),
    Guard(
        "no other action is done before",
        _ACTIONS,
        "    return another_action(action, neutral, since, thresholds) is None",
        "    return True",
        f"{_OF_ACTIONS}::test_a_film_of_all_actions_in_turn_does_not_obey",
    ),
    Guard(
        "eyes and mouth count on a face that does not tilt",
        _ACTIONS,
        "    return abs(_shape(face) - base.shape) * WHOLE <= thresholds.shape_permille * base.shape",
        "    return True",
        f"{_OF_ACTIONS}::test_a_photograph_tilted_in_whatever_way_does_nothing",
    ),
    Guard(
        "degrees need points that turn with them",
        _ACTIONS,
        "        return min(by_degrees, by_points / NEUTRAL)",
        "        return by_degrees",
        f"{_OF_ACTIONS}::test_degrees_that_the_points_contradict_do_not_count",
    ),
    Guard(
        "a blink is short",
        _ACTIONS,
        " and each.at_ms - open_at_ms <= thresholds.blink_ms",
        "",
        f"{_OF_ACTIONS}::test_a_blink_lasts_a_second_at_most",
    ),
    Guard(
        "a flash is ranked among other sequences",
        _FLASH,
        " and self.rank_permille < thresholds.flash_rank_permille:",
        ":",
        f"{_TESTS}/test_flash.py::test_without_anything_to_compare_it_with_nothing_is_followed",
    ),
    Guard(
        "too little light concludes nothing",
        _FLASH,
        "        return Verdict.NOT_FOLLOWED if is_other_light else Verdict.INCONCLUSIVE",
        "        return Verdict.NOT_FOLLOWED",
        f"{_TESTS}/test_flash.py::test_a_face_that_no_light_reaches_is_inconclusive_and_never_a_fault",
    ),
    Guard(
        "another flash is no weak light",
        _FLASH,
        "        return Verdict.NOT_FOLLOWED if is_other_light else Verdict.INCONCLUSIVE",
        "        return Verdict.INCONCLUSIVE",
        f"{_TESTS}/test_flash.py::test_a_recording_of_another_flash_is_no_weak_light_of_this_one",
    ),
    Guard(
        "a head that moves is no flash",
        _FLASH,
        "    return skin - by_motion",
        "    return skin",
        f"{_TESTS}/test_flash.py::test_a_head_that_moves_between_a_lamp_and_a_window_is_no_flash",
    ),
    Guard(
        "noise is no flash",
        _FLASH,
        "change**2 - noise**2",
        "change**2",
        f"{_TESTS}/test_flash.py::test_nobody_who_sits_there_is_taken_for_a_recording_of_another_flash",
    ),
    Guard(
        "colours do not follow themselves",
        _DRAWING,
        "[colour for colour in Colour if colour not in drawn[-1:]]",
        "list(Colour)",
        f"{_TESTS}/test_drawing.py::test_no_colour_follows_itself",
    ),
    Guard(
        "a blink is not asked alone",
        _DRAWING,
        "if count > 1 or action is not Action.BLINK",
        "",
        f"{_TESTS}/test_drawing.py::test_a_short_check_asks_something_and_never_only_a_blink",
    ),
    Guard(
        "one strange portrait is another person",
        _IDENTITY,
        " or lowest < thresholds.stranger_permille",
        "",
        f"{_ATTACKS}::test_somebody_who_changes_places_in_the_middle_fails",
    ),
    Guard(
        "portraits that cannot be judged say nothing",
        _IDENTITY,
        "[portrait for portrait in portraits if hint_of(portrait.look, thresholds) is None]",
        "list(portraits)",
        f"{_TESTS}/test_identity.py::test_a_portrait_that_cannot_be_judged_speaks_neither_for_nor_against",
    ),
    Guard(
        "a face does not change places",
        _IDENTITY,
        " and not _jumps(face, next_face, thresholds)",
        "",
        f"{_TESTS}/test_identity.py::test_a_face_that_is_elsewhere_at_once_may_be_another",
    ),
    Guard(
        "frames of earlier attempts are known again",
        _REPEATS,
        " or not set(digests).isdisjoint(earlier)",
        "",
        f"{_TESTS}/test_repeats.py::test_one_frame_of_an_earlier_attempt_is_a_recording",
    ),
    Guard(
        "only frames with a face repeat",
        _REPEATS,
        "    digests = [frame.digest for frame in frames if frame.has_face]\n    runs",
        "    digests = [frame.digest for frame in frames]\n    runs",
        f"{_TESTS}/test_repeats.py::test_a_camera_whose_lid_is_closed_sends_the_same_black_and_is_no_recording",
    ),
    Guard(
        "a light that does not fit is no pass",
        _DECISION,
        "        yield Finding(Outcome.STEP_UP, Reason.FLASH_NOT_FOLLOWED)",
        "        yield Finding(Outcome.PASSED, Reason.FLASH_NOT_FOLLOWED)",
        f"{_OF_DECISION}::test_what_an_attempt_comes_to",
    ),
    Guard(
        "every attempt has an action",
        _DECISION,
        " or evidence.actions_done is None:",
        ":",
        f"{_OF_DECISION}::test_what_an_attempt_comes_to",
    ),
    Guard(
        "a followed flash alone is no pass",
        _DRAWING,
        "Form.STEP_UP: 3",
        "Form.STEP_UP: 0",
        f"{_ATTACKS}::test_what_cannot_act_never_passes",
    ),
    Guard(
        "nobody is said not to live who was not seen well",
        _DECISION,
        " and evidence.who is not Who.UNSEEN",
        "",
        f"{_PROPERTIES}::test_nobody_is_said_not_to_live_whose_face_was_not_seen_well",
    ),
    Guard(
        "a block blocks",
        _DECISION,
        "        yield Finding(Outcome.BLOCKED, Reason.VIRTUAL_CAMERA)",
        "        yield Finding(Outcome.STEP_UP, Reason.VIRTUAL_CAMERA)",
        f"{_PROPERTIES}::test_a_virtual_camera_always_blocks_unless_the_rule_is_off_and_then_calls_for_more",
    ),
    Guard(
        "the last attempt is for a person",
        _DECISION,
        "    if evidence.attempts_left <= 0:\n        return Outcome.REVIEW\n",
        "",
        f"{_PROPERTIES}::test_who_has_no_attempt_left_is_for_a_person",
    ),
    Guard(
        "a longer form stays",
        "src/jiangxue/learning/services/facing.py",
        "    if AttemptOutcome.STEP_UP in used_attempts(check.pk):",
        "    if used_attempts(check.pk)[-1:] == [AttemptOutcome.STEP_UP]:",
        "tests/domains/learning/test_face_checks.py::test_whoever_was_asked_for_more_does_not_come_back_to_less",
    ),
)
