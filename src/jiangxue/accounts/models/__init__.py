"""Tables of accounts: who people are, what they agreed to and what they asked for."""

from jiangxue.accounts.models.consents import Consent
from jiangxue.accounts.models.people import Account, AccountManager, FailedSignIn, Identity, Membership

__all__ = ["Account", "AccountManager", "Consent", "FailedSignIn", "Identity", "Membership"]
