"""The zone whose calendar counts: learning days, first and last days of classes."""

from zoneinfo import ZoneInfo

LEARNING_ZONE = ZoneInfo("Asia/Shanghai")
