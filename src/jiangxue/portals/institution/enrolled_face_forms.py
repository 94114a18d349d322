"""What staff say of the enrolled faces of one page, each held against its identity document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
from jiangxue.facecheck.services.documents import DocumentWord
from jiangxue.portals.identity_words import COMPARISONS, DOCUMENT_SEEN
from jiangxue.portals.reasons import UNSHOWABLE

AT_ONCE = 20
LEAST_WORDS = 4
_SAID = re.compile(r"said-([0-9a-f]{32})")
_CHOICES = [
    (Comparison.MATCHES.value, COMPARISONS[Comparison.MATCHES]),
    (Comparison.DIFFERS.value, COMPARISONS[Comparison.DIFFERS]),
    ("", _("leave open")),
]
_WORDS = {
    "max_length": _("Say it in at most 1,000 characters."),
    "null_characters_not_allowed": UNSHOWABLE,
}


class ComparisonForm(forms.Form):
    """How the documents were seen, once; and of each enrolment what was found, or nothing."""

    how = forms.ChoiceField(
        label=_("How you saw the documents"),
        choices=[(each.value, DOCUMENT_SEEN[each]) for each in DocumentSeen],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you saw the documents.")},
    )

    def __init__(self, attempts: Sequence[UUID], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self._attempts = attempts
        for attempt in attempts:
            self.fields[f"said-{attempt.hex}"] = forms.ChoiceField(
                label=_("Picture and document"), choices=_CHOICES, required=False, widget=forms.RadioSelect, initial=""
            )
            self.fields[f"text-{attempt.hex}"] = forms.CharField(
                label=_("If it differs, say how"),
                required=False,
                max_length=1_000,
                widget=forms.TextInput(),
                error_messages=_WORDS,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what says nothing of anybody, and that somebody is another person without saying why."""
        said = self.cleaned_data
        for attempt in self._attempts:
            text = f"text-{attempt.hex}"
            is_said = sum(each.isalnum() for each in said.get(text, "")) >= LEAST_WORDS
            if said.get(f"said-{attempt.hex}") == Comparison.DIFFERS and not is_said and text not in self.errors:
                self.add_error(text, _("Say in at least 4 characters what differs."))
        if not self.errors and not any(said.get(f"said-{attempt.hex}") for attempt in self._attempts):
            self.add_error(None, _("Choose for at least one learner what you found."))
        return said

    @property
    def chosen(self) -> dict[UUID, DocumentWord]:
        """Return what is said, by enrolment; whoever is left open is missing."""
        said, how = self.cleaned_data, DocumentSeen(self.cleaned_data["how"])
        return {
            attempt: DocumentWord(Comparison(said[f"said-{attempt.hex}"]), how, said[f"text-{attempt.hex}"])
            for attempt in self._attempts
            if said[f"said-{attempt.hex}"]
        }


def attempts_named(names: Iterable[str]) -> list[UUID]:
    """Return the enrolments that a page speaks of, at most as many as stand on one."""
    found = [UUID(match[1]) for name in names if (match := _SAID.fullmatch(name))]
    return found[:AT_ONCE]
