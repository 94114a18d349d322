"""The numbers by which faces are judged; where each is from stands in docs/rules/face-checks.md. Clauses T3.1-T3.3, T4."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

WHOLE = 1_000
"""Shares, similarities and scores are kept in thousandths."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One set of numbers, all of them whole: `_permille` thousandths, `_ms` milliseconds, `_px` pixels, `_degrees` degrees, others plain.

    Every record names the set it was judged by. A value outside its range, or one that contradicts another, is refused with `ValueError`.
    """

    # Who it is: cosine of two embeddings.
    pass_permille: int = 400
    unclear_permille: int = 340
    stranger_permille: int = 200
    agree_permille: int = 500
    same_face_permille: int = 500
    portraits: int = 3
    # Whether a frame can be judged.
    score_permille: int = 800
    second_face_permille: int = 500
    face_least_px: int = 110
    face_most_permille: int = 650
    off_centre_permille: int = 200
    dark_below: int = 50
    bright_above: int = 210
    sharpness_least: int = 25
    straight_permille: int = 150
    straight_degrees: int = 15
    # Whether the light of the screen is seen on the face.
    flash_ms: int = 500
    flash_colours: int = 8
    flash_frames: int = 16
    flash_decoys: int = 120
    flash_correlation_permille: int = 500
    flash_rank_permille: int = 20
    flash_amplitude_permille: int = 10
    flash_strength_permille: int = 26
    flash_lag_ms: int = 600
    background_permille: int = 700
    # Whether what was asked is done.
    neutral_frames: int = 3
    held_frames: int = 2
    turn_permille: int = 150
    turn_degrees: int = 15
    mouth_permille: int = 100
    mouth_closed_permille: int = 250
    eyes_closed_permille: int = 500
    eyes_open_permille: int = 800
    eye_ratio_closed_permille: int = 200
    eye_ratio_open_permille: int = 230
    blink_ms: int = 1_000
    shape_permille: int = 150
    action_ms: int = 5_000
    pause_least_ms: int = 800
    pause_most_ms: int = 2_000
    # Whether it is alive, as far as one picture tells.
    live_permille: int = 500
    live_least_permille: int = 50
    # Whether it is one face, and no recording.
    jump_permille: int = 700
    unseen_ms: int = 1_500
    repeats_least: int = 2
    stalled_permille: int = 700
    likeness_bits: int = 1
    late_ms: int = 1_500
    withheld_permille: int = 500
    # What follows.
    attempts: int = 3
    fails_after: int = 2
    blocks_virtual_cameras: int = 1

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} must lie between {low} and {high}, not {value}")
        for names in ASCENDING:
            values = [getattr(self, name) for name in names]
            if sorted(values) != values:
                raise ValueError(f"{', '.join(names)} must ascend")

    @classmethod
    def from_values(cls, values: Mapping[str, int]) -> "Thresholds":
        """Build a set from stored values; a name that is no threshold is refused with `ValueError`."""
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown thresholds: {', '.join(sorted(unknown))}")
        return cls(**values)

    def to_values(self) -> dict[str, int]:
        """Return every threshold by name, complete, so that a record can be judged again without the defaults of a later day."""
        return asdict(self)


RANGES: dict[str, tuple[int, int]] = {
    "pass_permille": (300, 900),
    "unclear_permille": (200, 900),
    "stranger_permille": (0, 300),
    "agree_permille": (300, 900),
    "same_face_permille": (400, 900),
    "portraits": (3, 9),
    "score_permille": (600, 990),
    "second_face_permille": (200, WHOLE),
    "face_least_px": (64, 300),
    "face_most_permille": (400, WHOLE),
    "off_centre_permille": (50, 500),
    "dark_below": (0, 120),
    "bright_above": (130, 255),
    "sharpness_least": (0, 1_000),
    "straight_permille": (50, 300),
    "straight_degrees": (5, 30),
    "flash_ms": (400, 2_000),
    "flash_colours": (6, 12),
    "flash_frames": (8, 120),
    "flash_decoys": (100, 1_000),
    "flash_correlation_permille": (300, 950),
    "flash_rank_permille": (10, 50),
    "flash_amplitude_permille": (5, 200),
    "flash_strength_permille": (10, 400),
    "flash_lag_ms": (200, 1_000),
    "background_permille": (500, 2_000),
    "neutral_frames": (2, 20),
    "held_frames": (1, 10),
    "turn_permille": (120, 400),
    "turn_degrees": (10, 45),
    "mouth_permille": (60, 500),
    "mouth_closed_permille": (50, 400),
    "eyes_closed_permille": (50, 700),
    "eyes_open_permille": (500, 990),
    "eye_ratio_closed_permille": (100, 250),
    "eye_ratio_open_permille": (150, 350),
    "blink_ms": (300, 2_000),
    "shape_permille": (50, 300),
    "action_ms": (3_000, 15_000),
    "pause_least_ms": (300, 5_000),
    "pause_most_ms": (500, 10_000),
    "live_permille": (0, 950),
    "live_least_permille": (0, 500),
    "jump_permille": (300, 2_000),
    "unseen_ms": (500, 5_000),
    "repeats_least": (1, 20),
    "stalled_permille": (500, 950),
    "likeness_bits": (0, 16),
    "late_ms": (700, 5_000),
    "withheld_permille": (200, 800),
    "attempts": (1, 5),
    "fails_after": (1, 3),
    "blocks_virtual_cameras": (0, 1),
}
"""Lowest and highest value that may be set for each threshold."""

ASCENDING = (
    ("stranger_permille", "unclear_permille", "pass_permille"),
    ("live_least_permille", "live_permille"),
    ("eyes_closed_permille", "eyes_open_permille"),
    ("eye_ratio_closed_permille", "eye_ratio_open_permille"),
    ("pause_least_ms", "pause_most_ms"),
    ("flash_lag_ms", "late_ms"),
)
"""Thresholds of which a former must not exceed a latter."""
