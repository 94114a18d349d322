"""Fields of the course editor's forms."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.content import HOUR_PARTS
from jiangxue.courseware.services.paper_words import hours_alone
from jiangxue.kernel.readable import is_readable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

type Words = str | _StrPromise
LONGEST_TEXT = 2_000
_MOST_HOURS = 9_999
_UNREADABLE = gettext_lazy("This holds characters that cannot be shown. Please type it again.")


def require_readable(typed: str) -> None:
    """Refuse what would not be shown as it is kept."""
    if not is_readable(typed):
        raise ValidationError(_UNREADABLE)


def line(label: Words, longest: int, *, required: Words = "", help_text: Words = "") -> forms.CharField:
    """Return a field of one line; `required` is what is said when it is empty, and nothing where it may be."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        error_messages=_messages(longest, required),
        widget=forms.TextInput({"autocomplete": "off"}),
        validators=[require_readable],
        help_text=help_text,
    )


def text(label: Words, *, rows: int = 3, help_text: Words = "") -> forms.CharField:
    """Return a field of several lines that may be empty."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        required=False,
        error_messages=_messages(LONGEST_TEXT, ""),
        widget=forms.Textarea({"rows": rows}),
        validators=[require_readable],
        help_text=help_text,
    )


class HoursField(forms.DecimalField):
    """Hours as they are declared, 学时 with two decimals, kept as hundredths."""

    def __init__(self, label: Words) -> None:
        wrong = gettext_lazy("Write hours as a number with at most two decimals, for example 1.50.")
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=_MOST_HOURS,
            decimal_places=2,
            error_messages={
                "invalid": wrong,
                "max_decimal_places": wrong,
                "min_value": wrong,
                "max_value": gettext_lazy("At most 9999 class hours."),
            },
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        )

    def prepare_value(self, value: object) -> object:
        """Show hundredths as hours; what was typed stays as it was typed."""
        return hours_alone(value) if isinstance(value, int) else value

    def to_python(self, value: object) -> int:  # type: ignore[override]
        """Return hundredths."""
        found = super().to_python(value)
        if found is None:
            return 0
        if not found.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not 0 <= found <= _MOST_HOURS:
            code = "min_value" if found < 0 else "max_value"
            raise ValidationError(self.error_messages[code], code=code)
        if found * HOUR_PARTS != int(found * HOUR_PARTS):
            raise ValidationError(self.error_messages["max_decimal_places"], code="max_decimal_places")
        return int(found * HOUR_PARTS)

    def run_validators(self, value: int) -> None:
        """Leave out the limits of decimals: these are hundredths, and judged."""

    def validate(self, value: object) -> None:
        """Leave out what is asked of decimals."""


def _messages(longest: int, required: Words) -> dict[str, Any]:
    return {
        "required": required,
        "max_length": _("At most %(most)d characters.") % {"most": longest},
        "null_characters_not_allowed": _UNREADABLE,
    }
