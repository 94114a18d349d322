"""How passwords are hashed, and what they must be beyond Django's own rules. Clause M3."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class HouseArgon2(Argon2PasswordHasher):
    """Argon2id at OWASP's 19 MiB and two passes: strong, and cheap enough that a rush of sign-ins cannot fill the memory."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1


class UnlikePersonValidator(UserAttributeSimilarityValidator):
    """Refuses passwords like the person's name or account, in words that people know."""

    def get_error_message(self) -> str:
        """Return the refusal in words."""
        return _("The password is too like your name or account.")


class MixedCharactersValidator:
    """Refuses passwords of one kind of character: letters and digits or signs must both occur."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raise `ValidationError` unless the password holds letters and something else."""
        if not any(c.isalpha() for c in password) or all(c.isalpha() for c in password):
            raise ValidationError(self.get_help_text(), code="password_not_mixed")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("The password must hold letters and also digits or signs.")


def password_rules() -> list[str]:
    """Return all rules of a new password in words, for the page that asks for one."""
    return [
        _("At least 10 characters."),
        _("No common password such as 1234567890."),
        _("Nothing like your name or account."),
        MixedCharactersValidator().get_help_text(),
    ]
