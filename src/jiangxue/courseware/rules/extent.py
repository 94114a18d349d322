"""How much there is to learn in a piece of courseware. Clauses T1.1, T2.3."""

from dataclasses import dataclass

from jiangxue.courseware.rules.files import LessonKind
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Extent:
    """A film's length in ms, or a document's number of pages, which count by the pace of a rule."""

    kind: LessonKind
    length_ms: int
    pages: int

    @property
    def is_document(self) -> bool:
        """Say whether it is read page by page."""
        return self.kind is LessonKind.DOCUMENT

    def page_ms(self, policy: TimePolicy) -> int:
        """Return how many ms one page counts; 0 for a film."""
        return policy.page_ms if self.is_document else 0

    def length_under(self, policy: TimePolicy) -> int:
        """Return how many ms can be learned of it."""
        return self.pages * policy.page_ms if self.is_document else self.length_ms
