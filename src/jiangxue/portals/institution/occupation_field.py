"""Choosing an occupation (职业) in a form: found by name or code, never typed. Clause C2.

Usage::

    class FactsForm(OccupationSearchForm):
        occupation = OccupationField(label=_("Occupation"), required=False)

    form = FactsForm(request.POST, initial={"occupation": course.occupation_code})
    if form.is_valid():                     # never while somebody only looks for an occupation
        form.cleaned_data["occupation"]     # an `Occupation` in use, or None
    return render(request, "…", {"form": form}, status=200 if form.is_searching else 400)

In the template `{% field form.occupation %}`, and in its block `islands` the script `islands/occupation.js`. Without the script the
search is a button of the same form: what else was typed is sent along, comes back as it was, and is not judged. With the script the
same markup becomes a combobox that asks `institution:occupations`, and its hidden input fires `change`. Either way the form holds the
code of what was chosen; the text in the box counts for nothing. `initial` is a code or an `Occupation`, also a retired one: it is
shown, and refused when it is sent. Enter in another box of the form presses its first button: without the script that is the search,
unless the template begins the form with a button of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxue.occupations.models import Occupation
from jiangxue.occupations.queries import occupation_by_code, occupations
from jiangxue.portals.occupation_words import facts_said

MOST_MATCHES = 20
LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """What a browser sent: the code of the choice, the text of the box, and whether it was sent only to look for that text."""

    code: str
    text: str
    is_searching: bool

    @property
    def looked_for(self) -> str:
        """Return the text for which matches are to be shown, also when somebody forgot to choose one."""
        return self.text if self.is_searching or not self.code else ""


class OccupationInput(forms.Widget):
    """A search box and, below it, what can be chosen."""

    template_name = "institution/occupation_field.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> Typed:
        """Return what was sent; a NUL, which no name holds, is left out."""
        code, text = (str(data.get(each) or "").replace("\0", "") for each in (name, f"{name}_search"))
        return Typed(code.strip(), text.strip()[:LONGEST_SEARCH], f"{name}_find" in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Say whether a form came without this field."""
        return name not in data and f"{name}_search" not in data

    def use_required_attribute(self, initial: object) -> bool:
        """Say that the browser does not insist on text in the box: what counts is the choice."""
        return False

    def id_for_label(self, id_: str) -> str:
        """Return the id of the search box."""
        return f"{id_}_search" if id_ else id_

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template shows: the box, the present choice, and the matches."""
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, Typed) else Typed(code_of_choice(value), "", is_searching=False)
        chosen = occupation_by_code(typed.code)
        found = list(occupations(typed.looked_for)[: MOST_MATCHES + 1]) if typed.looked_for else []
        shown = [each for each in found[:MOST_MATCHES] if chosen is None or each.pk != chosen.pk]
        return context | {
            "search_id": self.id_for_label(context["widget"]["attrs"].pop("id", "")),
            "matches_url": reverse("institution:occupations"),
            "text": typed.text,
            "longest": LONGEST_SEARCH,
            "looked_for": typed.looked_for,
            "is_empty_search": typed.is_searching and not typed.text,
            "has_more": len(found) > MOST_MATCHES,
            "choices": [_choice(each) for each in ([chosen] if chosen else []) + shown],
            "found": len(shown),
            "chosen_code": chosen.pk if chosen else "",
        }


class OccupationField(forms.Field):
    """An occupation in use, or None where none is needed and none was chosen."""

    widget = OccupationInput
    default_error_messages = {
        "required": _("Look for the occupation by name or code, and choose it from the list."),
        "not_chosen": _("“%(text)s” was typed, but no occupation was chosen. Choose one from the list."),
        "unknown": _("The table of occupations has no such occupation. Look for it and choose it again."),
        "retired": _("“%(name)s” (%(code)s) is no longer in the table of occupations. Please choose another one."),
    }

    def clean(self, value: Typed) -> Occupation | None:
        """Return the occupation whose code was chosen; text in the box is no choice."""
        if not value.code:
            self._require_nothing(value)
            return None
        found = occupation_by_code(value.code)
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if found.retired_at is not None:
            params = {"name": found.name, "code": found.code}
            raise ValidationError(self.error_messages["retired"], code="retired", params=params)
        return found

    def has_changed(self, initial: object, data: object) -> bool:
        """Say whether another occupation was chosen than before."""
        return code_of_choice(initial) != (data.code if isinstance(data, Typed) else "")

    def _require_nothing(self, value: Typed) -> None:
        if value.text:
            raise ValidationError(self.error_messages["not_chosen"], code="not_chosen", params={"text": value.text})
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")


class OccupationSearchForm(forms.Form):
    """A form with occupation fields: sent only to look for an occupation, nothing in it is judged, and it is not valid."""

    @property
    def is_searching(self) -> bool:
        """Say whether the form was sent to look for an occupation."""
        fields = [name for name, field in self.fields.items() if isinstance(field, OccupationField)]
        return self.is_bound and any(f"{self.add_prefix(name)}_find" in self.data for name in fields)

    def full_clean(self) -> None:
        """Judge what was typed, unless it is still being typed."""
        if not self.is_searching:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        """Say whether the form can be saved."""
        return not self.is_searching and super().is_valid()


def code_of_choice(initial: object) -> str:
    """Return the code that an initial value stands for."""
    return initial.pk if isinstance(initial, Occupation) else str(initial or "")


def _choice(each: Occupation) -> dict[str, object]:
    facts = facts_said(each.row)
    if each.retired_at is not None:
        facts = " · ".join(part for part in (gettext("retired"), facts) if part)
    return {"code": each.code, "name": each.name, "facts": facts}
