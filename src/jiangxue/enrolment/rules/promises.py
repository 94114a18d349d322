"""What institution and learner promise (承诺书), each by a text with a version. Clauses C1, C5.

A text that says something else is a new version; what was signed by an older one stays signed by that one.
"""

from collections.abc import Mapping
from enum import StrEnum


class Party(StrEnum):
    """Who promises."""

    INSTITUTION = "institution"
    LEARNER = "learner"


VERSIONS: Mapping[Party, int] = {Party.INSTITUTION: 1, Party.LEARNER: 1}
"""By which version of its text each is asked now."""
