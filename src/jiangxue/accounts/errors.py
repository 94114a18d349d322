"""What accounts refuse."""

from collections.abc import Sequence
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


class SecondFactorWrong(AccountRefusal):
    """The code is not the one that the app shows now, was given before, or is no recovery code that is left."""


class SecondFactorSet(AccountRefusal):
    """The second factor is set up already."""


class RoleNotHeld(AccountRefusal):
    """The person does not hold the role that was asked for."""


class MayNotReveal(AccountRefusal):
    """The viewer's role does not answer for learners, or nobody but the supervisor is shown who this is."""


class ReasonMissing(AccountRefusal):
    """An act that needs a reason was asked for without a fitting one."""


class ConsentTextChanged(AccountRefusal):
    """A consent was given to another version of the text than the one asked for now."""


class MayNotLearn(AccountRefusal):
    """Base of the reasons of the person, not of a class, for which nothing new is recorded of somebody."""


class NotAgreed(MayNotLearn):
    """The person has not agreed to the present rules of processing, or has withdrawn."""


class NotAPhone(AccountRefusal):
    """What was typed is no mobile number of the mainland."""


class PhoneTaken(AccountRefusal):
    """Another account has this mobile number."""


class NoIdentity(AccountRefusal):
    """No identity number is kept for the account: a mobile number would belong to nobody."""


class Restricted(MayNotLearn):
    """The person has asked for deletion: what is held is kept for its term and used for nothing else."""


class NameUnfit(AccountRefusal):
    """What was typed cannot be somebody's name."""


class NumberUnfit(AccountRefusal):
    """What was typed cannot be an identity number: `fault` says why, `at` which position."""

    def __init__(self, fault: str, at: int) -> None:
        super().__init__(fault, at)
        self.fault = fault
        self.at = at


class NumberTaken(AccountRefusal):
    """Another account has this identity number."""


class NumberUnderOtherName(AccountRefusal):
    """The identity number is registered under another name than the one that was written down."""


class NothingToCorrect(AccountRefusal):
    """What is asked for is registered already."""


class CorrectionPending(AccountRefusal):
    """A request of the same kind waits for its decision already."""


class NoSuchCorrection(AccountRefusal):
    """There is no such request, or it is not the viewer's to decide."""


class CorrectionDecided(AccountRefusal):
    """Somebody has decided the request already."""


class OwnCorrection(AccountRefusal):
    """Nobody decides about their own registration."""


class DeletionPending(AccountRefusal):
    """Deletion was asked for already and has not been taken back."""


class NoDeletionAsked(AccountRefusal):
    """Deletion is not asked for: there is nothing to take back."""


class TooManyAttempts(AccountRefusal):
    """Something was tried too often with the same number or from the same address; `until` is when it is heard again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class CodeNotSent(AccountRefusal):
    """The provider could not send a one-time code."""


class CodeWrong(AccountRefusal):
    """This is not the code that was sent; `left` is how often another may be tried."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class CodeOver(AccountRefusal):
    """No code that was sent holds any more: it is over its time, used, or was tried too often."""


class TooYoung(AccountRefusal):
    """The number is of a child under 14, who cannot agree to the processing alone."""


class NotMatched(AccountRefusal):
    """Name and number are not those of one person, as far as may be told to whom has typed them."""


class RegistrationClosed(AccountRefusal):
    """This installation names nobody who verifies identities or sends codes."""


class NotRecoverable(AccountRefusal):
    """No learner's account has this mobile number and the end of this identity number."""


class NoSuchStaff(AccountRefusal):
    """Nobody holds this role, or the viewer may not take it."""


class MayNotManage(AccountRefusal):
    """The viewer may not give or take this role, or may not do this to themself."""


class TooManyInvitations(AccountRefusal):
    """Too many invitations of the organisation are open."""


class InvitationOver(AccountRefusal):
    """An invitation was used, taken back or is more than three days old, or never was."""


class AlreadyHeld(AccountRefusal):
    """The person holds the role already, or one that excludes it."""


class LoginNameTaken(AccountRefusal):
    """Another account has this login name."""


class LastOfRole(AccountRefusal):
    """Nobody else holds the role: it could not be given again from within."""


class StillNeeded(AccountRefusal):
    """The person is still needed; `what` says for what."""

    def __init__(self, what: Sequence[str]) -> None:
        super().__init__(what)
        self.what = what


class NotOnlyOurs(AccountRefusal):
    """The person also works elsewhere: only the system administrator may do this."""


class NoSecondFactor(AccountRefusal):
    """The person has no second factor set up: a link alone would be the account."""


class PasswordLinkOver(AccountRefusal):
    """A password link was used, is more than a day old, was made void, or never was."""
