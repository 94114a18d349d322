"""Who may make which review, and what an opinion must say (clauses T1.4, M6)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.review.errors import UnfitOpinion
from jiangxue.review.rules.opinions import (
    LONGEST_COMMENT,
    Answer,
    Opinion,
    OpinionFlaw,
    Point,
    Step,
    Surroundings,
    Verdict,
    require_fit_opinion,
)
from jiangxue.review.rules.reviewers import Case, Obstacle, may_put_back, may_take_down, obstacle

SCHOOL, OTHER = 7, 8
CASE = Case(SCHOOL, Step.INITIAL, contributors={1}, reviewers=set(), belongs=False)
OWN = Viewer(2, Role.REVIEWER, SCHOOL, "440104")
OUTSIDE = Viewer(3, Role.REVIEWER)
FINE = dict.fromkeys(Point, Answer.FINE)
PASS = Opinion(Verdict.PASS, FINE)
ROLES = st.sampled_from(Role)


def test_the_first_review_is_the_institutions_own_and_the_others_are_made_outside_it() -> None:
    assert obstacle(OWN, CASE) is None
    assert obstacle(OUTSIDE, CASE) is Obstacle.OTHER_ROLE
    for step in (Step.SECOND, Step.FINAL):
        assert obstacle(OUTSIDE, replace(CASE, step=step)) is None
        assert obstacle(OWN, replace(CASE, step=step)) is Obstacle.OTHER_ROLE


def test_an_administrator_of_the_institution_may_make_the_first_review_and_nobody_of_another() -> None:
    administrator = Viewer(4, Role.INSTITUTION_ADMINISTRATOR, SCHOOL)
    assert obstacle(administrator, CASE) is None
    assert obstacle(replace(administrator, organisation_id=OTHER), CASE) is Obstacle.OTHER_ROLE
    assert obstacle(replace(OWN, organisation_id=OTHER), CASE) is Obstacle.OTHER_ROLE


@given(
    role=ROLES,
    account=st.integers(1, 4),
    organisation=st.sampled_from([None, SCHOOL, OTHER]),
    step=st.sampled_from(Step),
)
def test_whoever_had_a_part_never_reviews_and_nobody_reviews_twice(
    role: Role, account: int, organisation: int | None, step: Step
) -> None:
    viewer = Viewer(account, role, organisation)
    case = replace(CASE, step=step, contributors={1, 2}, reviewers={3})
    if account != 4:
        assert obstacle(viewer, case) is not None


def test_nobody_of_the_institution_reviews_for_the_platform() -> None:
    assert obstacle(OUTSIDE, replace(CASE, step=Step.SECOND, belongs=True)) is Obstacle.BELONGS_TO_INSTITUTION


def test_whoever_took_a_course_down_does_not_make_its_final_review() -> None:
    case = replace(CASE, taken_down_by=OUTSIDE.account_id)
    assert obstacle(OUTSIDE, replace(case, step=Step.SECOND)) is None
    assert obstacle(OUTSIDE, replace(case, step=Step.FINAL)) is Obstacle.TOOK_IT_DOWN
    assert obstacle(replace(OUTSIDE, account_id=4), replace(case, step=Step.FINAL)) is None


def flaws_of(opinion: Opinion, around: Surroundings = Surroundings()) -> list[str]:  # noqa: B008
    try:
        require_fit_opinion(opinion, around)
    except UnfitOpinion as refusal:
        return list(refusal.flaws)
    return []


def test_a_pass_answers_every_point_and_leaves_nothing_open() -> None:
    assert flaws_of(PASS) == []
    assert flaws_of(replace(PASS, points={Point.LAW: Answer.FINE})) == [OpinionFlaw.POINTS_OPEN]
    assert flaws_of(replace(PASS, points=FINE | {Point.LAW: Answer.TO_MEND})) == [OpinionFlaw.POINTS_TO_MEND]
    assert flaws_of(PASS, Surroundings(unopened=1)) == [OpinionFlaw.LESSONS_UNOPENED]
    assert flaws_of(PASS, Surroundings(marks=1)) == [OpinionFlaw.MARKS_OPEN]
    assert flaws_of(PASS, Surroundings(is_screened=False)) == [OpinionFlaw.NOT_SCREENED]
    assert flaws_of(PASS, Surroundings(hits_open=1)) == [OpinionFlaw.HITS_OPEN]
    assert flaws_of(PASS, Surroundings(hits_to_change=1)) == [OpinionFlaw.HITS_TO_CHANGE]


@pytest.mark.parametrize("verdict", [Verdict.CHANGES, Verdict.REJECT])
def test_whoever_does_not_pass_says_why_and_needs_to_answer_nothing_else(verdict: Verdict) -> None:
    around = Surroundings(marks=2, is_screened=False, hits_open=3)
    assert flaws_of(Opinion(verdict, {}, "  …… "), around) == [OpinionFlaw.NO_COMMENT]
    assert flaws_of(Opinion(verdict, {}, "第二课字幕有错字"), around) == []


def test_an_opinion_has_a_verdict_and_ends_somewhere() -> None:
    assert flaws_of(Opinion(None, {})) == [OpinionFlaw.NO_VERDICT]
    assert flaws_of(replace(PASS, comment="字" * (LONGEST_COMMENT + 1))) == [OpinionFlaw.COMMENT_TOO_LONG]


def test_a_course_is_taken_down_by_its_institution_its_supervisors_and_reviewers_of_the_platform() -> None:
    where = {"institution_id": SCHOOL, "region": "440104"}
    may = {
        "own administrator": Viewer(4, Role.INSTITUTION_ADMINISTRATOR, SCHOOL),
        "city": Viewer(5, Role.SUPERVISOR, 9, "4401"),
        "platform": OUTSIDE,
    }
    may_not = {
        "other administrator": Viewer(4, Role.INSTITUTION_ADMINISTRATOR, OTHER),
        "other city": Viewer(5, Role.SUPERVISOR, 9, "4403"),
        "nowhere": Viewer(5, Role.SUPERVISOR, 9, ""),
        "own reviewer": OWN,
        "editor": Viewer(1, Role.COURSE_EDITOR, SCHOOL),
        "learner": Viewer(6, Role.LEARNER),
        "system": Viewer(6, Role.SYSTEM_ADMINISTRATOR),
    }
    assert all(may_take_down(viewer, **where) for viewer in may.values())
    assert not any(may_take_down(viewer, **where) for viewer in may_not.values())


def test_a_course_is_put_back_by_another_reviewer_of_the_platform_alone() -> None:
    assert may_put_back(OUTSIDE, taken_down_by=9)
    assert not may_put_back(OUTSIDE, taken_down_by=OUTSIDE.account_id)
    assert not may_put_back(Viewer(4, Role.INSTITUTION_ADMINISTRATOR, SCHOOL), taken_down_by=9)
