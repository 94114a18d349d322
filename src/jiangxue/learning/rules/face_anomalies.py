"""Facts worth a look that lie in faces: what face checks left on record, and enrolled faces that are alike. Clause M6.

None of them says that anybody did wrong, and none changes a minute. Thresholds are ours (docs/rules/anomalies.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from jiangxue.facecheck.rules.camera import Grade, Sign
from jiangxue.facecheck.rules.flash import Verdict
from jiangxue.facecheck.rules.kept import KeptAttempt
from jiangxue.learning.rules.anomalies import Anomaly, AnomalyKind, Evidence
from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.together import connected

SEVERAL = 3
"""Once is chance and twice may be one evening; three of anything in seven days is a habit of the place, the device or the person."""
SIGNS_AT_ONCE = 2
"""Many honest cameras lack one property; a film as camera lacks several at once."""
ORDINARY = frozenset({Sign.CAMERA_SOFTWARE, Sign.NO_USB_ID})
"""Real cameras behind a program, of which the learner is told; built-in cameras, of which many give no number."""
NAMES = 4
"""A telephone, a computer at home and one at work are three."""
NAMES_SHARE = 0.75
NEAR_PERMILLE = 50
"""Within 0.05 above the limit; 200 pairs of one person lie at 0.64 on average, 4 % of them in that band above 0.40, and a median of three less often."""


@dataclass(frozen=True, slots=True)
class LikeFace:
    """Enrolled faces of two accounts that are alike, in thousandths, and since when the class could see it."""

    accounts: tuple[int, int]
    permille: int
    at_ms: int


def colours_never_seen(attempts: Sequence[KeptAttempt]) -> list[Anomaly]:
    """Note learners to whom colours were shown several times, and of none of them could be told whether the face followed."""
    found = []
    for learner, own in _grouped(each for each in attempts if each.colours is not None):
        if len(own) >= SEVERAL and all(each.colours is Verdict.INCONCLUSIVE for each in own):
            found.append(_anomaly(AnomalyKind.COLOURS_NEVER_SEEN, learner, own))
    return found


def camera_oddities(attempts: Sequence[KeptAttempt]) -> list[Anomaly]:
    """Find learners who passed several checks with a camera that is odd in more than one way, or with another camera nearly each time."""
    found = []
    for learner, own in _grouped(each for each in attempts if each.is_passed):
        odd = [each for each in own if _is_odd(each.signs)]
        if _changes(own):
            found.append(_anomaly(AnomalyKind.CAMERA_ODDITIES, learner, own))
        elif len(odd) >= SEVERAL:
            found.append(_anomaly(AnomalyKind.CAMERA_ODDITIES, learner, odd))
    return found


def near_the_limit(attempts: Sequence[KeptAttempt]) -> list[Anomaly]:
    """Find learners who passed several checks with a likeness that only just reached what was asked."""
    near = [each for each in attempts if each.is_passed and _is_near(each)]
    return [
        _anomaly(AnomalyKind.NEAR_THE_LIMIT, learner, own) for learner, own in _grouped(near) if len(own) >= SEVERAL
    ]


def same_faces(alike: Sequence[LikeFace], learners: Iterable[int]) -> list[Anomaly]:
    """Find learners of a class whose enrolled faces are alike, with whomever: one anomaly for all who hang together."""
    here = frozenset(learners)
    found = []
    for group in connected([set(each.accounts) for each in alike]):
        pairs = [each for each in alike if each.accounts[0] in group]
        evidence = tuple(_pair(each, here) for each in sorted(pairs, key=attrgetter("at_ms", "accounts")))
        found.append(Anomaly(AnomalyKind.SAME_FACE, tuple(sorted(group & here)), evidence))
    return found


def not_the_learners(found: Iterable[tuple[int, int]]) -> list[Anomaly]:
    """Return of whose enrolled face staff have said that it is not the learner's: accounts, each with when that was said, in ms since 1970."""
    return [
        Anomaly(AnomalyKind.ENROLMENT_NOT_THE_LEARNER, (account,), (Evidence(account, day_of(at_ms), at_ms=at_ms),))
        for account, at_ms in found
    ]


def corrected_after_compared(found: Iterable[tuple[int, int]]) -> list[Anomaly]:
    """Return whose name or number was corrected after staff had said that the enrolled face is that of the document: accounts, each with when that was, in ms since 1970."""
    return [
        Anomaly(AnomalyKind.CORRECTED_AFTER_COMPARED, (account,), (Evidence(account, day_of(at_ms), at_ms=at_ms),))
        for account, at_ms in found
    ]


def _pair(alike: LikeFace, here: frozenset[int]) -> Evidence:
    learner, other = sorted(alike.accounts, key=lambda account: (account not in here, account))
    return Evidence(learner, day_of(alike.at_ms), at_ms=alike.at_ms, other=other, permille=alike.permille)


def _is_odd(signs: frozenset[Sign]) -> bool:
    telling = signs - ORDINARY
    return len(telling) >= SIGNS_AT_ONCE or any(sign.grade is not Grade.NOTE for sign in telling)


def _changes(passed: Sequence[KeptAttempt]) -> bool:
    names = {each.camera for each in passed}
    return len(names) >= NAMES and len(names) >= NAMES_SHARE * len(passed)


def _is_near(attempt: KeptAttempt) -> bool:
    if attempt.likeness_permille is None:
        return False
    return 0 <= attempt.likeness_permille - attempt.pass_permille < NEAR_PERMILLE


def _anomaly(kind: AnomalyKind, learner: int, attempts: Sequence[KeptAttempt]) -> Anomaly:
    return Anomaly(kind, (learner,), tuple(_seen(each) for each in sorted(attempts, key=attrgetter("begun_ms"))))


def _seen(attempt: KeptAttempt) -> Evidence:
    return Evidence(
        attempt.account,
        day_of(attempt.begun_ms),
        at_ms=attempt.begun_ms,
        camera=attempt.camera,
        signs=tuple(sorted(attempt.signs)),
        permille=attempt.likeness_permille,
        other_permille=attempt.pass_permille,
    )


def _grouped(attempts: Iterable[KeptAttempt]) -> Iterator[tuple[int, list[KeptAttempt]]]:
    ordered = sorted(attempts, key=attrgetter("account"))
    return ((account, list(own)) for account, own in groupby(ordered, key=attrgetter("account")))
