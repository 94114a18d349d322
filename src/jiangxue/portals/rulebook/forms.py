"""The form of a new version: every value as above or own, what is locked, from when, why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.policies.errors import (
    BeginsInThePast,
    MomentIsTaken,
    PolicyRefusal,
    UnfitRules,
    WithoutReason,
)
from jiangxue.policies.queries import RuleBook, rule_book
from jiangxue.policies.rules.drafts import Draft, with_technical
from jiangxue.policies.rules.layers import Standing, layered
from jiangxue.policies.rules.reach import Scope
from jiangxue.policies.rules.strictness import BEFORE_A_CLASS, STRICTER, TECHNICAL, Stricter
from jiangxue.policies.services import require_fit
from jiangxue.portals.rulebook.faults import fault_sentence
from jiangxue.portals.rulebook.parameters import GROUP_LABELS, PARAMETERS, Group, Parameter

ABOVE, OWN = "above", "own"
NOW, LATER = "now", "later"
REFUSALS: dict[type[PolicyRefusal], tuple[str, str | Promise]] = {
    BeginsInThePast: ("begins_at", gettext_lazy("This time has passed. Choose a later one, or “from now on”.")),
    MomentIsTaken: (
        "begins_at",
        gettext_lazy("Another version of these rules begins at this very time. Choose another minute."),
    ),
    WithoutReason: ("reason", gettext_lazy("Say why the rules change.")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter in the form."""

    parameter: Parameter
    value: BoundField
    choice: BoundField | None
    lock: BoundField | None
    bound: str

    @property
    def errors(self) -> list[str]:
        """Return what is wrong with it."""
        found = [*self.value.errors]
        for other in (self.choice, self.lock):
            found += other.errors if other is not None else []
        return found


class RulesForm(forms.Form):
    """A new version for the place of a rule book; a valid one has a `draft`."""

    begins = forms.ChoiceField(
        label=gettext_lazy("In force"),
        choices=[(NOW, gettext_lazy("from now on")), (LATER, gettext_lazy("from a certain time on"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    begins_at = forms.DateTimeField(
        label=gettext_lazy("From (Beijing time)"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter day and time as 2026-12-01 08:00.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Stands in the history for good, such as the number of the notice that asks for it."),
        error_messages={"required": gettext_lazy("Say why the rules change.")},
    )

    def __init__(self, book: RuleBook, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.book = book
        self.scope = book.reach.own.scope
        self.draft: Draft | None = None
        self.inherited = layered(book.above)
        elsewhere = frozenset() if self.is_complete else TECHNICAL
        elsewhere |= BEFORE_A_CLASS if self.scope is Scope.TRAINING_CLASS else frozenset()
        for parameter in PARAMETERS.values():
            if parameter.name not in elsewhere:
                self._add(parameter)
        if self.scope is Scope.TRAINING_CLASS:
            self.fields["for_demonstration"] = forms.BooleanField(
                label=_("For demonstration only, not for a subsidised class"),
                required=False,
                initial=book.own is not None and book.own.for_demonstration,
            )

    @property
    def is_complete(self) -> bool:
        """Say whether every value is set here, there being nothing above."""
        return self.scope is Scope.PLATFORM

    def _add(self, parameter: Parameter) -> None:
        name = parameter.name
        own = self.book.own.values.get(name) if self.book.own is not None else None
        if not self.is_complete:
            above = _("as above (%(value)s)") % {"value": parameter.said(self.inherited[name].value)}
            self.fields[f"{name}-from"] = forms.ChoiceField(
                label=str(parameter.label),
                choices=[(ABOVE, above), (OWN, _("own value"))],
                widget=forms.RadioSelect,
                initial=OWN if own is not None else ABOVE,
                error_messages={"required": _("Choose “as above” or “own value”.")},
            )
        initial = own if own is not None else self.inherited[name].value if self.is_complete else None
        self.fields[name] = forms.CharField(
            label=str(parameter.label),
            required=False,
            max_length=20,
            initial=parameter.written(initial) if initial is not None else "",
            widget=self._widget(parameter),
        )
        if self.scope is not Scope.TRAINING_CLASS and name not in TECHNICAL:
            self.fields[f"{name}-lock"] = forms.BooleanField(
                label=_("Levels below may only tighten it"),
                required=False,
                initial=self.book.own is not None and name in self.book.own.locks,
                widget=forms.CheckboxInput({"class": "check"}),
            )

    def _widget(self, parameter: Parameter) -> forms.Widget:
        """Return what a value is entered with: a switch is chosen, nobody has to know how it is written."""
        if not parameter.options:
            return forms.TextInput({"inputmode": "decimal", "class": "control rule-number", "autocomplete": "off"})
        unset = [] if self.is_complete else [("", _("please choose"))]
        return forms.Select({"class": "control rule-switch"}, [*unset, *parameter.options])

    def clean(self) -> dict[str, object]:
        """Make the draft and hold it against what rules when it begins."""
        values = dict(self._values())
        begins_at = self._begins_at()
        if self.errors:
            return self.cleaned_data
        locks = frozenset(name for name in PARAMETERS if self.cleaned_data.get(f"{name}-lock"))
        draft = Draft(
            values, self.cleaned_data["reason"], locks, begins_at, bool(self.cleaned_data.get("for_demonstration"))
        )
        try:
            require_fit(self.book.reach, draft, self.book.at)
        except PolicyRefusal as refusal:
            self.refuse(refusal)
        else:
            self._accept(draft)
        return self.cleaned_data

    def _accept(self, draft: Draft) -> None:
        """Take a draft that says something else than the version in force when it begins; the platform's is always complete."""
        own = rule_book(self.book.reach, draft.begins_at or self.book.at).own
        before = (own.values, set(own.locks), own.for_demonstration) if own is not None else ({}, set(), False)
        values = with_technical(draft, before[0]).values
        if before == (dict(values), set(draft.locks), draft.for_demonstration):
            self.add_error(
                None, _("Nothing is different from the rules in force then. Change something, or leave it as it is.")
            )
        else:
            self.draft = draft

    def refuse(self, refusal: PolicyRefusal) -> None:
        """Say at the fields why the rules cannot be set."""
        if isinstance(refusal, UnfitRules):
            for fault in refusal.faults:
                self.add_error(fault.name if fault.name in self.fields else None, fault_sentence(fault))
        else:
            field, sentence = REFUSALS[type(refusal)]
            self.add_error(field, str(sentence))

    def _values(self) -> Iterator[tuple[str, int]]:
        for name in (name for name in PARAMETERS if name in self.fields):
            text = self.cleaned_data.get(name, "")
            wants_own = self.is_complete or self.cleaned_data.get(f"{name}-from") == OWN
            if not wants_own:
                if text:
                    self.add_error(name, _("You entered a number: choose “own value” too, or empty the field."))
                continue
            value = PARAMETERS[name].stored(text)
            if value is None:
                self.add_error(name, self._asked_for(name))
            else:
                yield name, value

    def _asked_for(self, name: str) -> str:
        if PARAMETERS[name].options:
            return _("Choose on or off.")
        return _("Enter a number, such as %(example)s.") % {"example": self._example(name)}

    def _example(self, name: str) -> str:
        return PARAMETERS[name].written(self.inherited[name].value)

    def _begins_at(self) -> datetime | None:
        if self.cleaned_data.get("begins") != LATER:
            return None
        begins_at: datetime | None = self.cleaned_data.get("begins_at")
        if begins_at is None and "begins_at" not in self.errors:
            self.add_error("begins_at", _("Choose from when on the rules are in force."))
        return begins_at

    def groups(self) -> list[dict[str, object]]:
        """Return the parameters of the form in their groups; a group in which something is wrong is not folded."""
        shown = (parameter for parameter in PARAMETERS.values() if parameter.name in self.fields)
        found: list[dict[str, object]] = []
        for group, parameters in groupby(shown, key=lambda parameter: parameter.group):
            rows = [self._row(parameter) for parameter in parameters]
            folded = group is Group.TECHNICAL and not any(row.errors for row in rows)
            found.append(
                {"label": GROUP_LABELS[group], "technical": group is Group.TECHNICAL, "folded": folded, "rows": rows}
            )
        return found

    def _row(self, parameter: Parameter) -> Row:
        choice, lock = f"{parameter.name}-from", f"{parameter.name}-lock"
        return Row(
            parameter,
            self[parameter.name],
            self[choice] if choice in self.fields else None,
            self[lock] if lock in self.fields else None,
            _bound(parameter, self.inherited[parameter.name]),
        )


def _bound(parameter: Parameter, above: Standing) -> str:
    """Say how a locked value may be changed, nothing where it is free."""
    if above.locked_by is None:
        return ""
    if parameter.options:
        return _switch_bound(parameter, above)
    value = {"value": parameter.said(above.value)}
    match STRICTER[parameter.name]:
        case Stricter.LOWER:
            return _("only tightening: at most %(value)s") % value
        case Stricter.HIGHER:
            return _("only tightening: at least %(value)s") % value
        case Stricter.NEITHER:
            return _("fixed by the level above: %(value)s") % value


def _switch_bound(parameter: Parameter, above: Standing) -> str:
    """A switch that stands at its stricter side stays there; one at the other may be turned, as one that is free may."""
    strictest = STRICTER[parameter.name] is Stricter.HIGHER
    return (
        _("fixed by the level above: %(value)s") % {"value": parameter.said(above.value)}
        if above.value == strictest
        else ""
    )
