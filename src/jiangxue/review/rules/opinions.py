"""What a reviewer says of a version. Clauses T1.4, M6."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from jiangxue.review.errors import UnfitOpinion

LONGEST_COMMENT = 2_000
LONGEST_MARK = 500


class Step(IntEnum):
    """The three reviews, in order: the first by the institution that made the course, the others outside it."""

    INITIAL = 1
    SECOND = 2
    FINAL = 3


class Verdict(StrEnum):
    """What a review comes to."""

    PASS = "pass"  # noqa: S105
    CHANGES = "changes"
    REJECT = "reject"


class Point(StrEnum):
    """What a reviewer looks at (审核要点)."""

    POLITICS = "politics"
    LAW = "law"
    SAFETY = "safety"
    COPYRIGHT = "copyright"
    ADVERTISING = "advertising"
    MINORS = "minors"
    PRIVACY = "privacy"
    CURRENCY = "currency"
    LANGUAGE = "language"
    CAPTIONS = "captions"


class Answer(StrEnum):
    """What a reviewer finds on one point."""

    FINE = "fine"
    TO_MEND = "to_mend"
    NOT_CONCERNED = "not_concerned"


class OpinionFlaw(StrEnum):
    """Why an opinion cannot be signed."""

    NO_VERDICT = "no_verdict"
    POINTS_OPEN = "points_open"
    POINTS_TO_MEND = "points_to_mend"
    NO_COMMENT = "no_comment"
    COMMENT_TOO_LONG = "comment_too_long"
    LESSONS_UNOPENED = "lessons_unopened"
    MARKS_OPEN = "marks_open"
    NOT_SCREENED = "not_screened"
    HITS_OPEN = "hits_open"
    HITS_TO_CHANGE = "hits_to_change"


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion as it was entered; `verdict` is None and points are missing where nothing was chosen."""

    verdict: Verdict | None
    points: Mapping[Point, Answer]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else decides whether an opinion can be signed: lessons never opened, the reviewer's own marks, the words that were found."""

    unopened: int = 0
    marks: int = 0
    is_screened: bool = True
    hits_open: int = 0
    hits_to_change: int = 0


def require_fit_opinion(opinion: Opinion, around: Surroundings) -> Verdict:
    """Return the verdict of an opinion that can be signed, or raise `UnfitOpinion` with all that is wrong with it.

    A pass answers every point, leaves none to be mended and no mark, and comes after a person has looked at every word that was
    found. Whoever asks for changes or rejects says why.
    """
    flaws = list(dict.fromkeys(_flaws(opinion, around)))
    if flaws or opinion.verdict is None:
        raise UnfitOpinion(flaws)
    return opinion.verdict


def _flaws(opinion: Opinion, around: Surroundings) -> Iterator[OpinionFlaw]:
    if opinion.verdict is None:
        yield OpinionFlaw.NO_VERDICT
    if len(opinion.comment) > LONGEST_COMMENT:
        yield OpinionFlaw.COMMENT_TOO_LONG
    if opinion.verdict is Verdict.PASS:
        yield from _flaws_of_pass(opinion, around)
    elif opinion.verdict is not None and not any(map(str.isalnum, opinion.comment)):
        yield OpinionFlaw.NO_COMMENT


def _flaws_of_pass(opinion: Opinion, around: Surroundings) -> Iterator[OpinionFlaw]:
    if set(opinion.points) != set(Point):
        yield OpinionFlaw.POINTS_OPEN
    if Answer.TO_MEND in opinion.points.values():
        yield OpinionFlaw.POINTS_TO_MEND
    if around.unopened:
        yield OpinionFlaw.LESSONS_UNOPENED
    if around.marks:
        yield OpinionFlaw.MARKS_OPEN
    if not around.is_screened:
        yield OpinionFlaw.NOT_SCREENED
    if around.hits_open:
        yield OpinionFlaw.HITS_OPEN
    if around.hits_to_change:
        yield OpinionFlaw.HITS_TO_CHANGE
