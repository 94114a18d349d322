"""Records of attempts at the tests of lessons. docs/rules/lesson-tests.md."""

from dataclasses import replace

from jiangxue.archive.rules.dossier import Attempt
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _begun(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.attempts[facts["attempt"]] = Attempt(
        attempt=facts["attempt"],
        lesson_id=facts["lesson"],
        begun_at_ms=at_ms,
        ended_at_ms=None,
        outcome="",
        answers=tuple((item["question"], None, None) for item in facts["items"]),
        right_answers=None,
        score=None,
        pass_percent=facts["pass_percent"],
        passed=None,
    )


def _submitted(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    _ended(gathered, at_ms, facts, "submitted")
    marked = replace(
        gathered.attempts[facts["attempt"]],
        right_answers=facts["right_answers"],
        score=facts["score"],
        passed=facts["passed"],
    )
    gathered.attempts[facts["attempt"]] = marked


def _ended(gathered: Gathered, at_ms: int, facts: Facts, outcome: str) -> None:
    answers = tuple((item["question"], item["option"], item.get("right")) for item in facts["items"])
    begun = gathered.attempts[facts["attempt"]]
    gathered.attempts[facts["attempt"]] = replace(begun, ended_at_ms=at_ms, outcome=outcome, answers=answers)


def _expired(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    _ended(gathered, at_ms, facts, "expired")


def _withdrawn(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    _ended(gathered, at_ms, facts, "withdrawn")


READERS: dict[str, Reader] = {
    "test.begun": _begun,
    "test.submitted": _submitted,
    "test.expired": _expired,
    "test.withdrawn": _withdrawn,
}
