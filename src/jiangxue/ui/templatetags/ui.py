"""`{% load ui %}`: the components every page is made of."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jiangxue.ui import durations, masking, minute_bar
from jiangxue.ui.kinds import KINDS

register = template.Library()

WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))

register.filter("duration", durations.duration)
register.filter("clock", durations.clock)
register.filter("masked_name", masking.masked_name)
register.filter("masked_phone", masking.masked_phone)
register.filter("masked_identity", masking.masked_identity)
register.filter("masked_address", masking.masked_address)


@register.filter
def day(value: date) -> str:
    """Write a day with its weekday (2026-11-24 周二); an instant is taken to the local day."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{local:%Y-%m-%d} {WEEKDAYS[local.weekday()]}"


@register.filter
def weekday(value: date) -> str:
    """Write the day of the week (周二)."""
    return str(WEEKDAYS[value.weekday()])


@register.filter
def kind_label(kind: str) -> str:
    """Return the word for a kind of time, as docs/glossary.md has it."""
    return str(KINDS[kind].label)


@register.filter
def kind_sentence(kind: str) -> str:
    """Return the sentence that explains a kind of time to the learner."""
    return str(KINDS[kind].sentence)


@register.filter
def kind_look(kind: str) -> str:
    """Return how a kind of time is drawn: confirmed, provisional, corrected, refused or repeat."""
    return KINDS[kind].look.value


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a static file, and a plain guess where the manifest does not know it.

    The page of an internal error must not fail because of what caused the error.
    """
    try:
        return static(name)
    except ValueError:
        return f"{settings.STATIC_URL}{name}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the kept set; it is decoration, the words beside it say the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset("ui/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/minute_bar.html", name="minute_bar")
def show_minute_bar(
    stretches: Iterable[minute_bar.Stretch],
    cap_ms: int = 0,
    marks: Sequence[minute_bar.Mark] = (),
    line: tuple[int, int] | None = None,
) -> dict[str, object]:
    """Draw the minute bar of some stretches; with `cap_ms`, what is left of the cap stays empty.

    `marks` stand on it as seals, and `line` is the part that is underlined.
    """
    return {"bar": minute_bar.drawn(stretches, cap_ms, marks, line), "across": minute_bar.WIDTH}


@register.inclusion_tag("ui/legend.html")
def legend(*, checks: bool = False) -> dict[str, object]:
    """Explain the looks of the minute bar, and, where checks are marked on it, their seals."""
    return {"checks": checks}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, autocomplete: str = "", label: str = "") -> dict[str, object]:
    """Show one field of a form: label, control, help and errors, joined for screen readers."""
    is_checkbox = isinstance(bound.field.widget, CheckboxInput)
    attributes: dict[str, str | bool] = {"class": "check" if is_checkbox else "control"}
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    return {
        "field": bound,
        "label": label or bound.label,
        "control": bound.as_widget(attrs=attributes),
        "is_checkbox": is_checkbox,
    }


@register.inclusion_tag("ui/pager.html")
def pager(page: Page[object]) -> dict[str, object]:
    """Lead to the neighbouring pages of a list and keep its filters, which live in the address."""
    return {"page": page}


@register.inclusion_tag("ui/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, object]:
    """Say that a list is empty and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action}
