"""What the papers of a course say beside its content: who issues them, which version they are of, and who has reviewed it. Clause M7."""

from dataclasses import dataclass, field
from datetime import date, datetime

from jiangxue.courseware.rules.lengths import Pace


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One signed review in a word each, as the outline lists it; `reviewer` is masked already."""

    step: str
    reviewer: str
    verdict: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Who issues a paper on what day, and of which version; `version` None is a draft, which has a hash all the same."""

    institution: str
    today: date
    version: int | None = None
    sha256: str = ""
    published_on: date | None = None
    reviews: tuple[ReviewLine, ...] = ()
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class ReviewedPoint:
    """One point of the review; `answer` is one of those of its step, or empty while nobody has looked at it."""

    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step of the review (初审、复审、终审) with its points and the answers that there are; `signed_at` is None until it is signed."""

    step: str
    answers: tuple[str, ...]
    points: tuple[ReviewedPoint, ...]
    reviewer: str = ""
    belongs_to: str = ""
    verdict: str = ""
    comment: str = ""
    signed_at: datetime | None = None
    sha256: str = ""
