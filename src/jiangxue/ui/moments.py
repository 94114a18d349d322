"""Instants as papers write them, in local time."""

from datetime import datetime

from django.utils import timezone

from jiangxue.kernel.clock import from_ms


def moment(at: datetime) -> str:
    """Write an instant to the second (2026-11-24 14:05:09)."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


def moment_of_ms(at_ms: int) -> str:
    """Write an instant that is kept as milliseconds."""
    return moment(from_ms(at_ms))
