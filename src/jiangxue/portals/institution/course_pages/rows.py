"""Lists of rows in a form that works without script: spare rows, and a button for one more that saves nothing.

A row that is left empty, or ticked to be taken out, is not there. The form says by `rows` how many it shows.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from jiangxue.portals.institution.occupation_field import OccupationSearchForm

MOST_ROWS = 60
_MORE, _COUNT = "more", "rows"


class JudgedForm(forms.Form):
    """A form that is not judged while it is only being typed in."""

    is_judged = True

    @property
    def is_blank(self) -> bool:
        """Say whether there is nothing to judge."""
        return False

    def full_clean(self) -> None:
        """Judge what was typed, unless it is still being typed or is not there."""
        if self.is_judged and not self.is_blank:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


class RowForm(JudgedForm):
    """One row; a subclass adds its fields."""

    gone = forms.BooleanField(label=_("Take this row out"), required=False)

    @property
    def is_blank(self) -> bool:
        """Say whether the row is not there."""
        return self.is_bound and self.is_absent

    @property
    def is_absent(self) -> bool:
        """Say whether the row was left empty or is to be taken out."""
        if self["gone"].data:
            return True
        return not any(str(self[name].data or "").strip() for name in self.fields if name not in self.unasked)

    @property
    def unasked(self) -> frozenset[str]:
        """Return the fields that say nothing by themselves: they are filled in from the beginning."""
        return frozenset({"gone"})

    @property
    def asked(self) -> list[BoundField]:
        """Return what stands in the row."""
        return [bound for bound in self.visible_fields() if bound.name != "gone"]


class Rows[Row: RowForm]:
    """The rows of one kind in a form; `spare` empty ones stand below those that there are."""

    def __init__(
        self,
        made: Callable[..., Row],
        initial: Sequence[Mapping[str, Any]],
        data: QueryDict | None,
        *,
        spare: int = 1,
    ) -> None:
        self.initial = initial
        self.wants_more = data is not None and _MORE in data
        shown = len(initial) + spare if data is None else min(MOST_ROWS, _count(data)) + self.wants_more
        self.forms = [
            made(data, prefix=f"row-{place}", initial=initial[place] if place < len(initial) else {})
            for place in range(max(1, shown))
        ]
        for form in self.forms:
            form.use_required_attribute = False
            form.is_judged = not self.wants_more
        self.may_grow = len(self.forms) < MOST_ROWS

    @property
    def count(self) -> int:
        """Return how many rows are shown."""
        return len(self.forms)

    @property
    def next_id(self) -> str:
        """Return the id that the first field of one more row will have; an address that ends in it lets browsers go and type there."""
        return f"id_row-{self.count}-{self.forms[0].asked[0].name}"

    @property
    def left_out(self) -> int:
        """Return how many rows are kept now that the form does not show: saving it takes them out."""
        return max(0, len(self.initial) - self.count)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Return what is in the rows that are there, once they are judged."""
        return [form.cleaned_data for form in self.forms if not form.is_absent]

    def is_valid(self) -> bool:
        """Say whether every row can be kept."""
        judged = [form.is_valid() for form in self.forms]  # every one says what is wrong with it
        return all(judged)


class Group:
    """Fields that stand together under a heading."""

    def __init__(self, title: object, fields: Sequence[BoundField]) -> None:
        self.title = title
        self.fields = fields


class SectionForm:
    """A page of the editor: some fields, some rows, or both. `groups` names fields by heading."""

    def __init__(
        self,
        form: forms.Form | None = None,
        rows: Rows[Any] | None = None,
        *,
        groups: Mapping[Any, Sequence[str]] | None = None,
    ) -> None:
        self.form = form
        self.rows = rows
        if isinstance(form, JudgedForm) and rows is not None:
            form.is_judged = not rows.wants_more
        self._groups = groups or {}

    @property
    def groups(self) -> list[Group]:
        """Return the fields in their groups."""
        if self.form is None:
            return []
        return [Group(title, [self.form[name] for name in names]) for title, names in self._groups.items()]

    @property
    def total(self) -> int | None:
        """Return what the rows come to, where that is shown."""
        return None

    @property
    def seen(self) -> str:
        """Return a digest of what was kept when the form was made; the page sends it back, so that no one saves over what they have not seen."""
        kept = [self.form.initial if self.form else {}, self.rows.initial if self.rows else []]
        return sha256(json.dumps(kept, default=str, sort_keys=True).encode()).hexdigest()

    @property
    def differing(self) -> frozenset[str]:
        """Return the names of the fields in which stands something else than what is kept now."""
        forms_shown = [*([self.form] if self.form else []), *(self.rows.forms if self.rows else [])]
        return frozenset(
            form[name].html_name for form in forms_shown for name in form.changed_data if not form[name].is_hidden
        )

    def is_outdated(self, data: QueryDict) -> bool:
        """Say whether somebody else has saved since the page was shown."""
        return data.get("seen", self.seen) != self.seen

    def refusal(self, data: QueryDict) -> int | None:
        """Return the status with which what was typed is refused, if it is: 400 for what is unfit, 409 where another has saved."""
        if not self.is_valid():
            return 400
        return 409 if self.is_outdated(data) else None

    @property
    def is_only_typed(self) -> bool:
        """Say whether the form was sent to go on typing in it: a row more, or matches of an occupation."""
        searching = isinstance(self.form, OccupationSearchForm) and self.form.is_searching
        return searching or (self.rows is not None and self.rows.wants_more)

    @property
    def values(self) -> dict[str, Any]:
        """Return what is in the fields, once the form is valid."""
        return self.form.cleaned_data if self.form is not None else {}

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Return what is in the rows, once the form is valid."""
        return self.rows.kept if self.rows is not None else []

    def is_valid(self) -> bool:
        """Say whether all of it can be kept."""
        if self.is_only_typed:
            return False
        judged = [part.is_valid() for part in (self.form, self.rows) if part is not None]
        return all(judged)


def seen_by(request: HttpRequest, form: SectionForm, status: int) -> dict[str, object]:
    """Return the form and what its reader has seen: what was kept when they opened it, until a refusal (409) shows them what is kept now."""
    is_late = status == 409
    is_first = is_late or request.method != "POST"
    is_outdated = is_late and form.is_outdated(request.POST)
    return {
        "form": form,
        "seen": form.seen if is_first else request.POST.get("seen", form.seen),
        "is_late": is_late,
        "is_typed": request.method == "POST",
        "is_outdated": is_outdated,
        "differing": form.differing if is_outdated else (),
        "here_url": request.path,
    }


def _count(data: QueryDict) -> int:
    typed = data.get(_COUNT, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
