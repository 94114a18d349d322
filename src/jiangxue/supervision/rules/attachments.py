"""What may come with an order or an answer: a PDF as it was sent, or a picture that is written anew."""

MOST_BYTES = 8 * 1024 * 1024
_PDF, _END = b"%PDF-", b"%%EOF"
_TAIL = 2048


def is_pdf(content: bytes) -> bool:
    """Say whether bytes begin and end as a PDF does; what is between nobody here reads, and browsers are told to save it, not to show it."""
    return content.startswith(_PDF) and _END in content[-_TAIL:]
