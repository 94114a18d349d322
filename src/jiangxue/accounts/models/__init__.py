"""Tables of accounts: who people are and who says so, what they agreed to and what they asked for."""

from jiangxue.accounts.models.codes import CountedAttempt, OneTimeCode
from jiangxue.accounts.models.consents import Consent
from jiangxue.accounts.models.invitations import Invitation
from jiangxue.accounts.models.people import Account, AccountManager, FailedSignIn, Identity, Membership
from jiangxue.accounts.models.requests import CorrectionDecision, CorrectionRequest, DeletionRequest
from jiangxue.accounts.models.second_factor import RecoveryCode, SecondFactor
from jiangxue.accounts.models.verifications import IdentityVerification

__all__ = [
    "Account",
    "AccountManager",
    "Consent",
    "CorrectionDecision",
    "CorrectionRequest",
    "CountedAttempt",
    "DeletionRequest",
    "FailedSignIn",
    "Identity",
    "IdentityVerification",
    "Invitation",
    "Membership",
    "OneTimeCode",
    "RecoveryCode",
    "SecondFactor",
]
