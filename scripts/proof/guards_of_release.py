"""The guards of courseware: what is handed out of it, the pace of pages, and files on their way (docs/rules/release.md, decision 0017)."""

from scripts.proof.guard import Guard

_GATE = "src/jiangxue/portals/media/gate.py"
_FILES = "src/jiangxue/portals/media/files.py"
_RELEASE = "src/jiangxue/learning/rules/release.py"
_RELEASED_OF = "src/jiangxue/learning/queries/release.py"
_KEYS = "src/jiangxue/learning/hot/keys.py"
_OPENING = "src/jiangxue/learning/services/opening.py"
_JUDGE = "src/jiangxue/learning/rules/judge.py"
_EXTENT = "src/jiangxue/courseware/rules/extent.py"
_LOCKING = "src/jiangxue/courseware/packaging/locking.py"
_UPLOADING = "src/jiangxue/courseware/services/uploading.py"
_PROCESSING = "src/jiangxue/courseware/services/processing.py"
_TIDYING = "src/jiangxue/courseware/services/tidying.py"
_EDITING = "src/jiangxue/courseware/services/editing.py"
_QUERIES = "src/jiangxue/courseware/queries/__init__.py"

_AT_THE_GATE = "tests/portals/test_gate.py"
_LOCKED = "tests/attacks/test_locked.py"
_OF_RELEASE = "tests/rules/test_release.py"
_OF_DOCUMENTS = "tests/rules/test_documents.py"
_OF_KEYS = "tests/hot/test_keys.py"
_OF_LOCKING = "tests/domains/courseware/test_locking.py"
_UPLOADS = "tests/domains/courseware/test_uploads.py"
_ATTEMPTS = "tests/domains/courseware/test_uploads_processing.py"
_COMPLETED = "tests/domains/courseware/test_uploads_completed.py"

_OF_GATE = (
    Guard(
        "keys end where learning has come to",
        _GATE,
        "    if stretch >= _released(request, media):\n        return _not_released()\n",
        "    _released(request, media)\n",
        f"{_AT_THE_GATE}::test_keys_are_handed_out_as_far_as_was_earned_and_a_little_ahead",
    ),
    Guard(
        "pages end where learning has come to",
        _GATE,
        "    if int(number) > _released(request, media):\n        return _not_released()\n",
        "    _released(request, media)\n",
        f"{_AT_THE_GATE}::test_pages_are_handed_out_as_far_as_was_earned_and_a_little_ahead",
    ),
    Guard(
        "keys and pages ask who is there",
        _GATE,
        '        if not isinstance(request.user, Account):\n            return JsonResponse({"error": "not_signed_in"}, status=401)\n',
        "",
        f"{_AT_THE_GATE}::test_whoever_is_not_signed_in_is_told_so_and_led_nowhere",
    ),
    Guard(
        "keys and pages are for the learner's own classes",
        _RELEASED_OF,
        "own_enrolments(viewer).filter(training_class__version__in=versions_teaching(lesson_id))",
        "own_enrolments(viewer).model.objects.filter(training_class__version__in=versions_teaching(lesson_id))",
        f"{_AT_THE_GATE}::test_a_ticket_opens_nothing_for_learners_and_staff_of_elsewhere",
    ),
    Guard(
        "keys and pages are for the institution's own staff",
        _QUERIES,
        "Course.objects.filter(placed, institution_id=viewer.organisation_id)",
        "Course.objects.filter(placed)",
        f"{_AT_THE_GATE}::test_a_ticket_opens_nothing_for_learners_and_staff_of_elsewhere",
    ),
    Guard(
        "a ticket alone opens no page",
        _FILES,
        "    if not _OPEN_NAMES.fullmatch(name):\n        raise Http404\n",
        "",
        f"{_AT_THE_GATE}::test_a_page_in_another_spelling_does_not_pass_by_the_gate",
    ),
    Guard(
        "a film is found by the folder that it lay in before",
        _QUERIES,
        "Q(folder=folder) if maker is None else Q(folder=folder) | Q(upload=maker)",
        "Q(folder=folder)",
        f"{_COMPLETED}::test_a_page_that_was_opened_before_still_finds_the_film_by_its_old_folder",
    ),
)

_OF_RULES = (
    Guard(
        "what is handed out ahead of a film is bounded",
        _RELEASE,
        "    needed_ms = min(length_ms, reached_ms + look_ahead_ms(policy) + PLAYER_BUFFER_MS)\n",
        "    needed_ms = min(length_ms, reached_ms + 3 * look_ahead_ms(policy) + PLAYER_BUFFER_MS)\n",
        f"{_OF_RELEASE}::test_what_is_handed_out_ends_a_stretch_beyond_what_is_needed",
    ),
    Guard(
        "what is handed out ahead covers an outage",
        _RELEASE,
        "max(2 * longest_wait_ms(policy), longest_wait_ms(policy) + OUTAGE_MS)",
        "longest_wait_ms(policy)",
        f"{_OF_RELEASE}::test_an_honest_reader_never_waits_for_a_page",
    ),
    Guard(
        "what is handed out ahead covers what the player loads",
        _RELEASE,
        "look_ahead_ms(policy) + PLAYER_BUFFER_MS)",
        "look_ahead_ms(policy))",
        f"{_OF_RELEASE}::test_an_honest_film_never_waits_for_a_key",
    ),
    Guard(
        "a beat brings only the keys that it has earned",
        _KEYS,
        "range(first, end)) if",
        "range(0, end)) if",
        f"{_OF_KEYS}::test_a_beat_brings_the_keys_that_it_has_earned_and_no_earlier_one",
    ),
    Guard(
        "a beat brings no key beyond what is released",
        _KEYS,
        "    end = released_stretches(after.reached_ms, length_ms, policy)\n",
        "    end = released_stretches(length_ms, length_ms, policy)\n",
        f"{_LOCKED}::test_a_client_that_ignores_the_page_opens_no_more_than_was_earned_and_a_little",
    ),
    Guard(
        "an opening brings no key beyond what is released",
        _OPENING,
        "    end = released_stretches(running.reached_ms, running.length_ms, policy)\n",
        "    end = released_stretches(running.length_ms, running.length_ms, policy)\n",
        f"{_LOCKED}::test_opening_again_and_again_and_in_other_windows_brings_no_more_keys",
    ),
    Guard(
        "a page counts no more than its pace",
        _EXTENT,
        "self.pages * policy.page_ms if",
        "self.pages * policy.page_ms * 2 if",
        f"{_OF_RELEASE}::test_a_document_is_as_long_as_its_pages_at_their_pace",
    ),
    Guard(
        "staying on a full page is nobody's fault",
        _JUDGE,
        "    return Reason.PAGE_FULL if is_full else Reason.PAUSED\n",
        "    return Reason.PAUSED\n",
        f"{_OF_DOCUMENTS}::test_staying_on_a_full_page_counts_no_more_and_is_nobodys_fault",
    ),
    Guard(
        "a page that was not begun is not full",
        _JUDGE,
        "running.page_ms and reached_ms and reached_ms %",
        "running.page_ms and reached_ms %",
        f"{_OF_DOCUMENTS}::test_standing_before_the_first_page_was_begun_is_a_pause",
    ),
    Guard(
        "every segment is locked with random bytes of its own",
        _LOCKING,
        "Lock(stretch, new_iv())",
        "Lock(stretch, bytes(16))",
        f"{_OF_LOCKING}::test_every_segment_begins_with_random_bytes_of_its_own",
    ),
    Guard(
        "every stretch is locked with a key of its own",
        _LOCKING,
        "key=stretch_key(key, stretch), iv",
        "key=stretch_key(key, 0), iv",
        f"{_LOCKED}::test_a_client_that_ignores_the_page_opens_no_more_than_was_earned_and_a_little",
    ),
)

_OF_UPLOADS = (
    Guard(
        "a portion follows the one before",
        _UPLOADING,
        "    if offset != upload.received:\n        raise WrongOffset(upload.received)\n",
        "",
        f"{_UPLOADS}::test_a_portion_that_comes_too_early_is_refused",
    ),
    Guard(
        "no more comes than was announced",
        _UPLOADING,
        "    if offset + len(body) > upload.size:\n        raise FileTooLarge(upload.size)\n",
        "    body = body[: upload.size - offset]\n",
        f"{_UPLOADS}::test_more_than_was_announced_is_refused",
    ),
    Guard(
        "only editors announce files",
        _EDITING,
        "    if not may_edit(viewer):\n        raise OutOfReach\n",
        "",
        f"{_UPLOADS}::test_only_editors_of_the_institution_send_files",
    ),
    Guard(
        "files are reached in their own institution",
        _QUERIES,
        "    return Upload.objects.filter(course__institution_id=viewer.organisation_id)\n",
        "    return Upload.objects.all()\n",
        f"{_UPLOADS}::test_only_editors_of_the_institution_send_files",
    ),
    Guard(
        "twenty files of a course are on their way at most",
        _UPLOADING,
        "        raise TooManyUnfinished(MOST_UNFINISHED)\n",
        "        pass\n",
        f"{_UPLOADS}::test_a_course_has_at_most_20_files_on_their_way",
    ),
    Guard(
        "only the present attempt writes",
        _PROCESSING,
        "Upload.objects.filter(pk=attempt.upload_id, state=Upload.State.WORKING, attempt=attempt.number)",
        "Upload.objects.filter(pk=attempt.upload_id, state=Upload.State.WORKING)",
        f"{_ATTEMPTS}::test_while_the_next_attempt_works_the_former_has_no_say",
    ),
    Guard(
        "an upload is worked on once",
        _PROCESSING,
        "filter(pk=upload_id, state=Upload.State.WAITING)",
        "filter(pk=upload_id)",
        f"{_ATTEMPTS}::test_an_upload_that_is_worked_on_is_not_begun_again",
    ),
    Guard(
        "a part of the original is made whole",
        _PROCESSING,
        "not storage.exists(original) or storage.size(original) != attempt.size",
        "not storage.exists(original)",
        f"{_ATTEMPTS}::test_a_part_of_the_original_that_a_killed_attempt_left_is_made_whole",
    ),
    Guard(
        "a removal spares the folder that is shown",
        _TIDYING,
        "        if folder != upload.media.folder:\n",
        "        if True:\n",
        f"{_COMPLETED}::test_the_new_folder_takes_the_place_of_the_old_one_which_lasts_a_day",
    ),
    Guard(
        "a document keeps the pace at which it was begun",
        "src/jiangxue/learning/queries/progress.py",
        "        return replace(policy, page_ms=self.page_ms) if self.page_ms else policy",
        "        return policy",
        "tests/attacks/test_pace.py::test_a_quicker_pace_finishes_no_page_that_nobody_has_read",
    ),
)

OF_RELEASE = (*_OF_GATE, *_OF_RULES, *_OF_UPLOADS)
