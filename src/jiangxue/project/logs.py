"""Structured logs: one JSON object a line, without names, numbers, addresses or texts of people. Clauses M2, M3."""

import logging.config
import traceback
from types import TracebackType
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

type ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ImpersonalFormatter(JsonFormatter):
    """Writes where an exception happened and of what kind it was, never its message.

    Messages quote what people typed, and the database's quote whole rows.
    """

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802
        """Return the places and the kind of an exception."""
        kind, _, trace = ei
        frames = traceback.format_list(traceback.extract_tb(trace))
        return "".join(frames) + (kind.__qualname__ if kind else "")


class WithoutAddresses(logging.Filter):
    """Empties what Django says of a request: its words quote addresses and host names as they were typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, its level and its status, and let go of its words."""
        if record.name.startswith("django."):
            record.msg, record.args = "refused or failed", ()
        return True


def configuration() -> dict[str, Any]:
    """Return the logging configuration: JSON on standard error, warnings of libraries and everything of ours."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": ImpersonalFormatter,
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
                "reserved_attrs": [*RESERVED_ATTRS, "request"],
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
            }
        },
        "filters": {"addresses": {"()": WithoutAddresses}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["addresses"]}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "jiangxue": {"level": "INFO"},
            "procrastinate": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Apply a logging configuration."""
    logging.config.dictConfig(settings)
