"""What lies in faces is found where it is, with its evidence, and honest people and devices are left alone (clause M6)."""

import pytest

from jiangxue.facecheck.rules.camera import Sign
from jiangxue.facecheck.rules.flash import Verdict
from jiangxue.facecheck.rules.kept import KeptAttempt, Record, kept_attempt
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.learning.rules.anomalies import Anomaly
from jiangxue.learning.rules.face_anomalies import (
    NEAR_PERMILLE,
    LikeFace,
    camera_oddities,
    colours_never_seen,
    near_the_limit,
    same_faces,
)

pytestmark = pytest.mark.clause("M6")
DAY_MS = 86_400_000
FILM = frozenset({Sign.NO_CONTROLS, Sign.ONE_SIZE})


def attempts(*facts: dict[str, object], learner: int = 1) -> list[KeptAttempt]:
    return [
        KeptAttempt(learner, number * DAY_MS, **{"is_passed": True, "pass_permille": 400, **each})
        for number, each in enumerate(facts)
    ]


def colours(*verdicts: Verdict | None, learner: int = 1) -> list[KeptAttempt]:
    return attempts(*({"colours": verdict} for verdict in verdicts), learner=learner)


def cameras(*names: str) -> list[KeptAttempt]:
    return attempts(*({"camera": name} for name in names))


def likenesses(*permille: int | None, is_passed: bool = True) -> list[KeptAttempt]:
    return attempts(*({"likeness_permille": each, "is_passed": is_passed} for each in permille))


def learners(found: list[Anomaly]) -> list[tuple[int, ...]]:
    return [each.learners for each in found]


def test_colours_that_could_never_be_told_are_noted() -> None:
    (found,) = colours_never_seen(colours(*[Verdict.INCONCLUSIVE] * 3, None, None))
    assert found.is_note
    assert len(found.evidence) == 3


@pytest.mark.parametrize("seen", [Verdict.FOLLOWED, Verdict.NOT_FOLLOWED])
def test_whose_light_was_seen_once_is_left_alone(seen: Verdict) -> None:
    assert colours_never_seen(colours(*[Verdict.INCONCLUSIVE] * 9, seen)) == []


def test_two_evenings_in_a_bright_room_are_left_alone_whoever_else_had_some() -> None:
    two = [Verdict.INCONCLUSIVE] * 2
    assert colours_never_seen(colours(*two) + colours(*two, learner=2)) == []


def test_a_camera_that_lacks_several_things_at_once_is_seen_with_its_name() -> None:
    film = {"signs": FILM, "camera": "Logitech C920 (046d:082d)"}
    (found,) = camera_oddities(attempts(film, film, film, {"signs": frozenset()}))
    assert not found.is_note
    assert [each.camera for each in found.evidence] == ["Logitech C920 (046d:082d)"] * 3
    assert {each.signs for each in found.evidence} == {("no_controls", "one_size")}


def test_a_sign_that_asks_for_more_is_enough_alone() -> None:
    sign = {"signs": frozenset({Sign.NOT_NATIVE})}
    assert learners(camera_oddities(attempts(sign, sign, sign))) == [(1,)]


@pytest.mark.parametrize(
    "signs",
    [
        {Sign.NO_CONTROLS},
        {Sign.NO_CONTROLS, Sign.NO_USB_ID},
        {Sign.CAMERA_SOFTWARE, Sign.NO_USB_ID},
        {Sign.ODD_FACING},
        set(),
    ],
    ids=lambda signs: " and ".join(sorted(signs)) or "none",
)
def test_cameras_of_honest_people_are_left_alone(signs: set[Sign]) -> None:
    assert camera_oddities(attempts(*[{"signs": frozenset(signs)}] * 9)) == []


def test_what_did_not_pass_and_what_was_seen_twice_is_left_alone() -> None:
    odd = {"signs": FILM}
    assert camera_oddities(attempts(odd, odd)) == []
    assert camera_oddities(attempts(*[{**odd, "is_passed": False}] * 5)) == []


def test_another_camera_at_nearly_every_check_is_seen() -> None:
    (found,) = camera_oddities(cameras("a", "b", "c", "d", "d"))
    assert [each.camera for each in found.evidence] == ["a", "b", "c", "d", "d"]


@pytest.mark.parametrize("names", ["abc", "abcabc", "abcdabcd", "aaaaaaaaaa"])
def test_a_telephone_and_some_computers_are_left_alone(names: str) -> None:
    assert camera_oddities(cameras(*names)) == []


def test_passes_just_above_the_limit_are_seen_with_figure_and_limit() -> None:
    (found,) = near_the_limit(likenesses(400, 640, 449, 421))
    assert [(each.permille, each.other_permille) for each in found.evidence] == [(400, 400), (449, 400), (421, 400)]


@pytest.mark.parametrize(
    "near",
    [
        likenesses(420, 420, 400 + NEAR_PERMILLE),
        likenesses(420, 420, None),
        likenesses(420, 420, 399),
        likenesses(420, 420, 420, is_passed=False),
    ],
    ids=["one above the band", "one without figure", "one below", "none passed"],
)
def test_two_near_passes_are_left_alone(near: list[KeptAttempt]) -> None:
    assert near_the_limit(near) == []


def test_the_limit_is_that_of_each_attempt() -> None:
    near = attempts(*({"likeness_permille": 520, "pass_permille": limit} for limit in (500, 500, 400)))
    assert near_the_limit(near) == []


def test_all_whose_faces_hang_together_are_one_fact() -> None:
    alike = [LikeFace((1, 2), 700, 0), LikeFace((2, 9), 650, 1), LikeFace((3, 8), 600, 2)]
    assert learners(same_faces(alike, [1, 2, 3, 4])) == [(1, 2), (3,)]


def test_evidence_begins_with_somebody_of_the_class() -> None:
    (found,) = same_faces([LikeFace((1, 5), 700, DAY_MS)], [5])
    (seen,) = found.evidence
    assert (seen.learner, seen.other, seen.permille) == (5, 1, 700)


def record(**facts: object) -> Record:
    values: dict[str, object] = {"flash": None, "similarity_permille": None, "signs": None, "label": None}
    return Record(**{"thresholds": Thresholds().to_values(), **values, **facts})


def test_an_attempt_is_read_by_the_thresholds_that_are_kept_with_it() -> None:
    flash = {"frames": 20, "colours": 8, "correlation_permille": 900, "rank_permille": 8, "amplitude_permille": 9}
    judged = [
        kept_attempt(1, 0, record(flash=flash, thresholds={"flash_amplitude_permille": least}), is_passed=True).colours
        for least in (10, 5)
    ]
    assert judged == [Verdict.INCONCLUSIVE, Verdict.FOLLOWED]


def test_a_record_without_measures_says_nothing_and_a_sign_of_other_days_is_passed_over() -> None:
    assert kept_attempt(1, 0, record(signs=["sign_of_old"]), is_passed=False) == KeptAttempt(
        1, 0, is_passed=False, pass_permille=400
    )


def test_the_likeness_is_the_lower_median() -> None:
    assert kept_attempt(1, 0, record(similarity_permille=[410, 700, 430, 690]), is_passed=True).likeness_permille == 430
