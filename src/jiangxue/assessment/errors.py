"""What assessment refuses."""


class AssessmentRefusal(Exception):
    """Base of all refusals about the tests of lessons."""


class NoSuchTest(AssessmentRefusal):
    """The lesson has no test in this class, or is none of its lessons."""


class NoSuchAttempt(AssessmentRefusal):
    """There is no such attempt, or it is not the viewer's."""


class ClassIsNotOpen(AssessmentRefusal):
    """The class has not begun, or has ended: no attempt is begun."""


class CourseTakenDown(AssessmentRefusal):
    """The course may not be shown for the present: no attempt is begun."""


class NotPlayedThrough(AssessmentRefusal):
    """The lesson has not been learned to its end yet."""


class PassedAlready(AssessmentRefusal):
    """The test is passed: there is nothing to try again."""


class NoAttemptLeft(AssessmentRefusal):
    """As many attempts as the rule allows were begun on this learning day; `most` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class UnknownChoice(AssessmentRefusal):
    """A choice names a question or an option that was not drawn."""
