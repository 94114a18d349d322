"""How loud the sound of a lesson shall be, and what is done to it. Clause T1.4 (视频质量); EBU R 128."""

from dataclasses import dataclass, replace

TARGET_LUFS = -18.0
"""What sound is brought to: loud enough for a phone in a noisy room, with room left for peaks."""

TOLERANCE_LU = 1.0
"""Sound within this distance of the target stays as it is."""

MOST_TRUE_PEAK_DB = -1.0
"""Sound with a higher true peak is encoded anew: a decoder may cut it off."""

LIMITED_TRUE_PEAK_DB = -1.5
"""No true peak of what we encode is higher."""

MOST_GAIN_DB = 20.0
"""Sound is never made louder by more: what is so quiet is mostly noise."""

SILENCE_LUFS = -60.0
"""Below there is nothing to be heard, and nothing to be made louder."""

LOWEST_CEILING_DB = -20.0
"""A limiter is never set lower."""

_FIRST_CEILING_DB = -2.5  # encoding adds up to a decibel to a peak
_MARGIN_DB = 0.3


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a sound is: integrated over all of it, in LUFS (at least -70), and its true peak in dB of full scale."""

    integrated_lufs: float
    true_peak_db: float


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to a sound: a gain, then a limiter at a ceiling. `aim_lufs` is what this should come to, if it is to change."""

    gain_db: float
    ceiling_db: float
    aim_lufs: float | None


def is_even(loudness: Loudness) -> bool:
    """Say whether a sound may stay as it is."""
    return treatment_for(loudness).aim_lufs is None and loudness.true_peak_db <= MOST_TRUE_PEAK_DB


def treatment_for(loudness: Loudness) -> Treatment:
    """Return what is done to a sound: no gain for silence and near the target, and at most `MOST_GAIN_DB`."""
    missing = TARGET_LUFS - loudness.integrated_lufs
    if loudness.integrated_lufs <= SILENCE_LUFS or abs(missing) <= TOLERANCE_LU:
        return Treatment(0.0, _FIRST_CEILING_DB, aim_lufs=None)
    gain_db = min(missing, MOST_GAIN_DB)
    return Treatment(gain_db, _FIRST_CEILING_DB, aim_lufs=loudness.integrated_lufs + gain_db)


def is_heard_differently(treatment: Treatment, result: Loudness) -> bool:
    """Say whether what came out is not what the treatment was for."""
    is_off = treatment.aim_lufs is not None and abs(result.integrated_lufs - treatment.aim_lufs) > TOLERANCE_LU / 2
    return is_off or result.true_peak_db > LIMITED_TRUE_PEAK_DB


def mended_treatment(treatment: Treatment, result: Loudness) -> Treatment:
    """Return the treatment that makes up for what the last one missed: the limiter took loudness, or the encoder added to peaks."""
    gain_db, ceiling_db = treatment.gain_db, treatment.ceiling_db
    if treatment.aim_lufs is not None:
        gain_db = min(gain_db + treatment.aim_lufs - result.integrated_lufs, MOST_GAIN_DB + TOLERANCE_LU)
    if result.true_peak_db > LIMITED_TRUE_PEAK_DB:
        ceiling_db -= result.true_peak_db - LIMITED_TRUE_PEAK_DB + _MARGIN_DB
    return replace(treatment, gain_db=gain_db, ceiling_db=max(LOWEST_CEILING_DB, ceiling_db))
