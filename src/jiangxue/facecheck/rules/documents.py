"""Holding an enrolled face against the identity document (登记核对): what staff say, and by what. The text is docs/rules/face-checks.md, the enrolled face and the document."""

from enum import StrEnum


class Comparison(StrEnum):
    """What somebody says who has had the enrolled face shown beside the document."""

    MATCHES = "matches"
    DIFFERS = "differs"


class DocumentSeen(StrEnum):
    """How the document was seen."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    COPY = "copy"
