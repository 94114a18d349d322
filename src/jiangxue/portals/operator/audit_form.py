"""What the audit administrator looks for, kept in the address."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.queries import account_id_of
from jiangxue.audit.queries.search import Search
from jiangxue.audit.services import DONE, REFUSED
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.portals.operator.audit_words import ACTION_GROUPS, OBJECTS
from jiangxue.ui.roles import ROLE_LABELS

_MORE = ("role", "kind", "number", "result", "address")
_LARGEST = 2**63 - 1


class AuditFilter(forms.Form):
    """A span of days, who, in which role, what, about what, with what result, from where."""

    since = forms.DateField(
        label=gettext_lazy("From day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("To day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    who = forms.CharField(
        label=gettext_lazy("Login name or account number"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "search", "autocapitalize": "none", "spellcheck": "false"}),
    )
    action = forms.ChoiceField(
        label=gettext_lazy("Action"),
        required=False,
        choices=[
            ("", gettext_lazy("All actions")),
            *((group, list(acts.items())) for group, acts in ACTION_GROUPS.items()),
        ],
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[("", gettext_lazy("All roles")), *((role.value, label) for role, label in ROLE_LABELS.items())],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of object"),
        required=False,
        choices=[("", gettext_lazy("All objects")), *OBJECTS.items()],
    )
    number = forms.CharField(label=gettext_lazy("Number of the object"), required=False, max_length=64)
    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        required=False,
        choices=[
            ("", gettext_lazy("All results")),
            (DONE, gettext_lazy("done")),
            (REFUSED, gettext_lazy("refused")),
        ],
    )
    address = forms.GenericIPAddressField(
        label=gettext_lazy("Network address"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write a whole network address, such as 192.0.2.1.")},
    )

    def clean_who(self) -> int | None:
        """Return the account that is meant; a login name begins with a letter, so digits alone are its number."""
        who = str(self.cleaned_data["who"]).strip()
        if not who:
            return None
        if who.isascii() and who.isdecimal():
            return min(int(who), _LARGEST)
        found = account_id_of(who)
        if found is None:
            raise forms.ValidationError(_("There is no account with this login name. Write it in full."))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse spans that end before they begin, and a number of nothing."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first. Exchange them."))
        if cleaned.get("number") and not cleaned.get("kind"):
            self.add_error("kind", _("Choose of which kind the object with this number is."))
        return cleaned

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Return what is asked first."""
        return [bound for bound in self.visible_fields() if bound.name not in _MORE]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Return what is asked of those who want it narrower."""
        return [bound for bound in self.visible_fields() if bound.name in _MORE]

    @property
    def is_narrower(self) -> bool:
        """Say whether something is chosen of that."""
        return any(self.data.get(name) for name in _MORE)

    @property
    def search(self) -> Search:
        """Return what is looked for; the form is valid."""
        said = self.cleaned_data
        return Search(
            since=_morning(said["since"]) if said["since"] else None,
            before=_morning_after(said["until"]) if said["until"] else None,
            actor_id=said["who"],
            role=said["role"],
            action=said["action"],
            object_kind=said["kind"],
            object_id=said["number"],
            result=said["result"],
            address=said["address"] or None,
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), LEARNING_ZONE)


def _morning_after(day: date) -> datetime | None:
    """Return the beginning of the day after one; None where the calendar ends, and with it the span."""
    return None if day == date.max else _morning(day + timedelta(days=1))
