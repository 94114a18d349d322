"""Holding an enrolled face against the identity document (登记核对): what staff say, and by what. The text is docs/rules/face-checks.md, the enrolled face and the document."""

from enum import StrEnum

ASKED_SINCE = 2
"""The first version of the consent to face data that says that staff hold the picture against the document: who agreed to an older one alone is compared by nobody."""


class Comparison(StrEnum):
    """What somebody says who has had the enrolled face shown beside the document."""

    MATCHES = "matches"
    DIFFERS = "differs"


class DocumentSeen(StrEnum):
    """How the document was seen."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    COPY = "copy"
