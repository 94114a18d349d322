"""The reason that somebody gives for an act that needs one. Clause M2."""

from jiangxue.accounts.errors import ReasonMissing

LONGEST_REASON = 200


def fit_reason(text: str) -> str:
    """Return a reason without space around it, or raise `ReasonMissing` where nothing, or too much, is said."""
    plain = text.strip()
    if not any(character.isalnum() for character in plain) or len(plain) > LONGEST_REASON:
        raise ReasonMissing
    return plain
