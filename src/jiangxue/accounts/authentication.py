"""Finding the account that an identifier and a password belong to."""

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import account_by_identifier


class IdentifierBackend:
    """Authenticates by phone number, identity number or login name."""

    def authenticate(self, request: HttpRequest | None, identifier: str = "", password: str = "") -> Account | None:
        """Return the account if the password is right; an unknown identifier takes as long as a wrong password."""
        account = account_by_identifier(identifier)
        if account is None or not account.is_active:
            make_password(password)
            return None
        return account if check_password(password, account.password) else None

    def get_user(self, user_id: int) -> Account | None:
        """Return the active account of a browser session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
