"""What keeps a course as it was reviewed, its reviewers apart, and what was taken down away from everybody."""

from scripts.proof.guard import Guard

_REVIEWERS = "src/jiangxue/review/rules/reviewers.py"
_OPINIONS = "src/jiangxue/review/rules/opinions.py"
_SIGNING = "src/jiangxue/review/services/signing.py"
_TAKING_DOWN = "src/jiangxue/review/services/taking_down.py"
_EDITING = "src/jiangxue/courseware/services/editing.py"
_SCREENED = "src/jiangxue/courseware/rules/screened.py"
_TEACHING = "src/jiangxue/courseware/queries/teaching.py"
_OPENING = "src/jiangxue/learning/services/opening.py"
_STOPPING = "src/jiangxue/learning/services/stopping.py"
_ENROLMENT = "src/jiangxue/enrolment/services/__init__.py"
_VERSIONS = "src/jiangxue/courseware/services/versions.py"
_CAPTION_TEXT = "src/jiangxue/courseware/rules/caption_text.py"
_OUTLINE = "src/jiangxue/courseware/services/outline.py"

_OF_REVIEWERS = "tests/domains/review/test_reviewers.py"
_OF_SIGNING = "tests/domains/review/test_signing.py"
_OF_TAKING_DOWN = "tests/domains/review/test_taking_down.py"
_OF_VERSIONS = "tests/domains/courseware/test_versions.py"
_OF_SCREENED = "tests/domains/courseware/test_screened.py"
_IN_DISGUISE = "tests/attacks/test_words_in_disguise.py"
_PUTTING_BACK = "tests/attacks/test_putting_back.py"
_ON_PAGES = "tests/portals/test_taken_down.py"

_OF_PERSONS = (
    Guard(
        "whoever had a part in a course never reviews it",
        _REVIEWERS,
        "    if viewer.account_id in case.contributors:\n        return Obstacle.HAS_A_PART\n",
        "",
        f"{_OF_SIGNING}::test_one_person_does_not_review_twice_and_no_author_at_all",
    ),
    Guard(
        "nobody reviews a version twice",
        _REVIEWERS,
        "    if viewer.account_id in case.reviewers:\n        return Obstacle.REVIEWED_ALREADY\n",
        "",
        f"{_OF_REVIEWERS}::test_whoever_had_a_part_never_reviews_and_nobody_reviews_twice",
    ),
    Guard(
        "nobody of the institution reviews for the platform",
        _REVIEWERS,
        "    if case.step is not Step.INITIAL and case.belongs:\n        return Obstacle.BELONGS_TO_INSTITUTION\n",
        "",
        f"{_OF_REVIEWERS}::test_nobody_of_the_institution_reviews_for_the_platform",
    ),
    Guard(
        "the first review is the institution's own",
        _REVIEWERS,
        "        return reviews_own(viewer) and viewer.organisation_id == institution_id\n",
        "        return reviews_own(viewer)\n",
        f"{_OF_REVIEWERS}::test_an_administrator_of_the_institution_may_make_the_first_review_and_nobody_of_another",
    ),
    Guard(
        "whoever took a course down does not put it back",
        _REVIEWERS,
        "    return reviews_all(viewer) and viewer.account_id != taken_down_by\n",
        "    return reviews_all(viewer)\n",
        f"{_OF_TAKING_DOWN}::test_a_course_is_put_back_by_somebody_else",
    ),
)

_OF_CONTENT = (
    Guard(
        "what is signed is what stood on the page",
        _SIGNING,
        "    if sha256 != version.sha256 or version.whole.sha256 != version.sha256:\n        raise ContentChanged\n",
        "",
        f"{_OF_SIGNING}::test_what_is_signed_is_what_stood_on_the_page",
    ),
    Guard(
        "what is signed is what the course consists of now",
        _SIGNING,
        "    if content_of(version.course).sha256 != version.sha256:\n        raise ContentChanged\n",
        "",
        f"{_OF_SIGNING}::test_a_course_that_was_changed_behind_the_review_is_not_signed",
    ),
    Guard(
        "a course that is no longer fit does not pass",
        _SIGNING,
        "    if verdict is Verdict.PASS:\n        _require_fitness(version, now)\n",
        "",
        f"{_OF_SIGNING}::test_a_course_that_is_no_longer_fit_does_not_pass_and_can_be_sent_back",
    ),
    Guard(
        "what is being reviewed stays as it is",
        _EDITING,
        "        raise UnderReview\n",
        "        pass\n",
        f"{_OF_VERSIONS}::test_what_is_being_reviewed_stays_as_it_is",
    ),
    Guard(
        "a file that is exchanged makes another lesson",
        _OUTLINE,
        '    old.module = None\n    old.save(update_fields=["module"])\n',
        "",
        f"{_OF_VERSIONS}::test_a_file_that_is_exchanged_makes_another_lesson_and_the_published_version_keeps_the_old_one",
    ),
    Guard(
        "a person looks at every word that was found",
        _OPINIONS,
        "    if around.hits_open:\n        yield OpinionFlaw.HITS_OPEN\n",
        "",
        f"{_OF_SIGNING}::test_no_course_passes_before_a_person_has_looked_at_every_word_that_was_found",
    ),
    Guard(
        "a word that begins in one caption and ends in the next is found",
        _SCREENED,
        '"\\n".join(line for _, line in lines)',
        '"\\n。\\n".join(line for _, line in lines)',
        f"{_OF_SCREENED}::test_words_are_found_in_captions_and_on_pages_with_their_places",
    ),
    Guard(
        "captions are screened as they are shown",
        _CAPTION_TEXT,
        'html.unescape(_KEPT_TAG.sub("", words))',
        "html.unescape(words)",
        f"{_IN_DISGUISE}::test_a_word_of_captions_is_found_through_their_tags_and_escapes",
    ),
)

_OF_SHOWING = (
    Guard(
        "no session opens in a course that is taken down",
        _OPENING,
        "    if version.taken_down_at is not None:\n        raise CourseTakenDown\n",
        "",
        f"{_OF_TAKING_DOWN}::test_nothing_of_a_course_that_was_taken_down_is_opened_or_released",
    ),
    Guard(
        "no key and no page of a course that is taken down is handed out",
        _TEACHING,
        "state__in=(State.PUBLISHED, State.REPLACED), taken_down_at=None)",
        "state__in=(State.PUBLISHED, State.REPLACED))",
        f"{_OF_TAKING_DOWN}::test_nothing_of_a_course_that_was_taken_down_is_opened_or_released",
    ),
    Guard(
        "whoever is learning a course that is taken down is signed out",
        _STOPPING,
        "    return end_sessions(named, EndReason.TAKEN_DOWN, clock=clock)\n",
        "    return len(named)\n",
        f"{_OF_TAKING_DOWN}::test_whoever_is_learning_is_signed_out_and_keeps_what_was_learned",
    ),
    Guard(
        "whoever took a course down does not publish the mended version",
        _REVIEWERS,
        "    if case.step is Step.FINAL and viewer.account_id == case.taken_down_by:\n        return Obstacle.TOOK_IT_DOWN\n",
        "",
        f"{_OF_REVIEWERS}::test_whoever_took_a_course_down_does_not_make_its_final_review",
    ),
    Guard(
        "putting back undoes the act that was looked at",
        _TAKING_DOWN,
        '    if take_downs_of(version.course_id).values_list("pk", flat=True).first() != act_id:\n        raise NotTakenDown\n',
        "",
        f"{_PUTTING_BACK}::test_a_page_opened_before_the_second_taking_down_does_not_undo_it",
    ),
    Guard(
        "what was taken down before stays down",
        _VERSIONS,
        "filter(course=course_id, taken_down_at=taken_down_at).update(",
        "filter(course=course_id).update(",
        f"{_PUTTING_BACK}::test_what_was_mended_does_not_come_back_with_what_mended_it",
    ),
    Guard(
        "a course is taken down for a reason in words",
        _TAKING_DOWN,
        "    if not any(map(str.isalnum, reason)):\n        raise WithoutReason\n",
        "",
        f"{_OF_TAKING_DOWN}::test_a_course_is_not_taken_down_without_reason_twice_or_by_anybody",
    ),
    Guard(
        "a class keeps its version as long as that may be shown",
        _ENROLMENT,
        "    if newer is None or training_class.version.taken_down_at is None:\n",
        "    if newer is None:\n",
        f"{_ON_PAGES}::test_a_class_keeps_its_version_as_long_as_that_may_be_shown",
    ),
)

OF_REVIEWS = (*_OF_PERSONS, *_OF_CONTENT, *_OF_SHOWING)
