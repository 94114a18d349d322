"""Tables of accounts: who people are, what they agreed to and what they asked for."""

from jiangxue.accounts.models.consents import Consent
from jiangxue.accounts.models.people import Account, AccountManager, FailedSignIn, Identity, Membership
from jiangxue.accounts.models.requests import CorrectionDecision, CorrectionRequest, DeletionRequest

__all__ = [
    "Account",
    "AccountManager",
    "Consent",
    "CorrectionDecision",
    "CorrectionRequest",
    "DeletionRequest",
    "FailedSignIn",
    "Identity",
    "Membership",
]
