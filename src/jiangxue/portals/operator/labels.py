"""What audit entries and parts of the platform are called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, str | Promise] = {
    "sign_in": _("Signing in"),
    "sign_in.locked": _("Signing in while locked"),
    "sign_out": _("Signing out"),
    "role.chosen": _("Choosing a role"),
    "password.changed": _("Changing the password"),
    "password.confirmed": _("Confirming the password"),
    "numbers.revealed": _("Showing numbers in full"),
    "account.created": _("Creating an account"),
    "class.opened": _("Opening a class"),
    "class.recomputed": _("Having a class recomputed"),
}
OBJECTS: dict[str, str | Promise] = {"account": _("account"), "class": _("class")}


@dataclass(frozen=True, slots=True)
class PartLabel:
    """A part of the platform in words."""

    label: str | Promise
    good: str | Promise
    bad: str | Promise

    def sentence(self, works: bool) -> str:  # noqa: FBT001
        """Say what its state means."""
        return str(self.good if works else self.bad)


PARTS: dict[str, PartLabel] = {
    "database": PartLabel(_("Database"), _("It answers."), _("It does not answer: start it, or look at its log.")),
    "jobs": PartLabel(
        _("Background jobs"),
        _("A worker is doing them."),
        _("No worker has reported for a minute: automatic sign-outs wait until one runs."),
    ),
}
