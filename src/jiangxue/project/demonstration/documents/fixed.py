"""What every file of the demonstration says about its making; fixed, so that the same text gives the same bytes."""

from datetime import UTC, datetime

AUTHOR = "匠学演示"
WRITTEN_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
