"""What typesetting refuses."""

from collections.abc import Sequence


class FontsMissing(Exception):
    """No paper can be set as PDF, because Chinese fonts are not installed; `families` says which."""

    def __init__(self, families: Sequence[str]) -> None:
        super().__init__(families)
        self.families = families
