"""What keeps samples reproducible and on record, orders to whose turn it is, and proofs of hours to their numbers (docs/rules/sampling.md, orders.md, hours-proofs.md)."""

from scripts.proof.guard import Guard

_SAMPLING = "src/jiangxue/supervision/rules/sampling.py"
_DRAWS = "src/jiangxue/supervision/queries/sampling.py"
_DRAWING = "src/jiangxue/supervision/services/sampling.py"
_ORDERS = "src/jiangxue/supervision/services/orders.py"
_ORDER_RULES = "src/jiangxue/supervision/rules/orders.py"
_REACH = "src/jiangxue/supervision/queries/orders.py"
_PROOFS = "src/jiangxue/supervision/services/hours_proofs.py"
_STRIPS = "src/jiangxue/learning/services/face_pictures.py"

_OF_SAMPLES = "tests/domains/supervision/test_sampling.py"
_OF_ORDERS = "tests/domains/supervision/test_orders.py"
_OF_PROOFS = "tests/portals/test_hours_proofs.py"

OF_SUPERVISION = (
    Guard(
        "a seed is the same however it is typed",
        _SAMPLING,
        'unicodedata.normalize("NFKC", said).casefold()',
        "said",
        "tests/rules/test_sampling.py::test_a_seed_is_the_same_however_it_is_typed",
    ),
    Guard(
        "nobody draws outside their region",
        _DRAWS,
        " or not scope.region.startswith(viewer.region)",
        "",
        f"{_OF_SAMPLES}::test_nobody_draws_outside_their_region",
    ),
    Guard(
        "every draw over the same learners is listed beside the next",
        _DRAWS,
        "near = Q(scope_region__startswith=draw.scope_region) | Q(scope_region__in=wider)",
        "near = Q(scope_region=draw.scope_region)",
        f"{_OF_SAMPLES}::test_every_draw_over_the_same_learners_is_listed_beside_the_next",
    ),
    Guard(
        "a word is said after those that were read",
        _DRAWING,
        "    if drawn_one.words.count() != said.after:\n        raise NotTheTurn\n",
        "",
        f"{_OF_SAMPLES}::test_words_are_kept_one_after_another",
    ),
    Guard(
        "pictures of a sample are recorded person by person before they are shown",
        _STRIPS,
        '        audit.record(SHOWN, by=by, at=now, about=("account", learner_id), reason=why)\n    for attempt_id',
        "        pass\n    for attempt_id",
        "tests/portals/test_sampling.py::test_pictures_are_shown_for_one_reason_that_is_recorded",
    ),
    Guard(
        "a draft is the authority's own",
        _REACH,
        "return Q(institution_id=viewer.organisation_id) & ~unissued",
        "return Q(institution_id=viewer.organisation_id)",
        f"{_OF_ORDERS}::test_a_draft_is_the_authority_s_own_until_it_is_issued_under_a_number",
    ),
    Guard(
        "the authority's steps are the authority's",
        _ORDERS,
        "        is_theirs = is_of_authority(viewer, ordered.order)\n",
        "        is_theirs = True\n",
        f"{_OF_ORDERS}::test_nobody_acts_for_another",
    ),
    Guard(
        "a stale page makes no step",
        _ORDERS,
        "    if len(ordered.steps) != after:\n        raise NotTheTurn\n",
        "",
        f"{_OF_ORDERS}::test_an_answer_is_written_after_what_was_read",
    ),
    Guard(
        "an order is issued once and answered after that",
        _ORDER_RULES,
        "    if kind not in LEADS_TO[after]:\n        raise NotTheTurn\n",
        "",
        f"{_OF_ORDERS}::test_a_draft_is_given_up_and_cannot_be_issued_then",
    ),
    Guard(
        "a withdrawn proof is not given again",
        _PROOFS,
        'before.digest == digest and not hasattr(before, "withdrawn")',
        "before.digest == digest",
        f"{_OF_PROOFS}::test_a_withdrawn_proof_says_so_and_no_more",
    ),
)
