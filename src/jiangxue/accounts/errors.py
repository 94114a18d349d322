"""What accounts refuse."""

from datetime import datetime


class AccountRefusal(Exception):
    """Base of all refusals about accounts."""


class WrongCredentials(AccountRefusal):
    """No account has this identifier and password."""


class SignInLocked(AccountRefusal):
    """Too many wrong passwords; `until` is when the next attempt is heard."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class RoleNotHeld(AccountRefusal):
    """The person does not hold the role that was asked for."""


class MayNotReveal(AccountRefusal):
    """The viewer's role does not answer for learners and is never shown their numbers."""


class ReasonMissing(AccountRefusal):
    """An act that needs a reason was asked for without a fitting one."""
