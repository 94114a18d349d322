"""Who verifies identities and who sends codes in this installation. Clause M1; decision 0028."""

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from jiangxue.accounts.rules.one_time_codes import CodeSender
from jiangxue.accounts.rules.verification import IdentitySource


def identity_source() -> IdentitySource | None:
    """Return the source of identities that the settings name, None where they name none."""
    return cast("IdentitySource | None", _made(settings.IDENTITY_SOURCE))


def code_sender() -> CodeSender | None:
    """Return who sends codes by the settings, None where they name nobody."""
    return cast("CodeSender | None", _made(settings.CODE_SENDER))


def is_open() -> bool:
    """Say whether people may register themselves: somebody verifies identities, and somebody sends codes."""
    return bool(settings.IDENTITY_SOURCE and settings.CODE_SENDER)


@cache
def _made(path: str) -> object:
    return import_string(path)() if path else None
