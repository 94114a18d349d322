"""The rules at a place, as pages show them."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from jiangxue.accounts.queries import names_of
from jiangxue.organisations.queries import region_names
from jiangxue.policies.models import PolicyVersion
from jiangxue.policies.queries import RuleBook
from jiangxue.policies.rules.layers import Layer, Standing
from jiangxue.policies.rules.reach import Place, Scope
from jiangxue.portals.rulebook.effects import BRIEF, BRIEF_OF_FACES, effect
from jiangxue.portals.rulebook.parameters import GROUP_LABELS, PARAMETERS, Group, Parameter
from jiangxue.ui.masking import masked_name

type Line = dict[str, object]


def place_names(places: Sequence[Place]) -> dict[Place, str]:
    """Return what the scopes on a way are called."""
    regions = region_names({str(place.scope_id) for place in places if place.scope is Scope.REGION})
    words = {
        Scope.PLATFORM: _("the platform"),
        Scope.INSTITUTION: _("the institution"),
        Scope.TRAINING_CLASS: _("the class"),
    }
    return {
        place: regions[str(place.scope_id)] if place.scope is Scope.REGION else words[place.scope] for place in places
    }


def book_lines(book: RuleBook) -> dict[str, object]:
    """Return all that a page of rules shows of a book."""
    names = place_names(book.reach.way)
    return {
        "groups": _groups(book, names),
        "coming": [version_line(book, version) | {"scope": names[version.place]} for version in book.coming],
        "history": _history(book),
        "since": max(version.valid_from for version in book.layers),
        "layers": [{"scope": names[version.place], "number": version.pk} for version in book.layers],
        "for_demonstration": book.for_demonstration,
    }


def brief_lines(book: RuleBook) -> dict[str, object]:
    """Return what a class's page shows: the rules in force in a few sentences, and the versions they come from."""
    policy = book.policy
    left_out = {"class_day_cap_ms"} if policy.class_day_cap_ms == policy.day_cap_ms else set()
    left_out |= set() if policy.face_checks else set(BRIEF_OF_FACES)
    names = place_names(book.reach.way)
    return {
        "sentences": [effect(name, policy) for name in BRIEF if name not in left_out],
        "since": max(version.valid_from for version in book.layers),
        "layers": [{"scope": names[version.place], "number": version.pk} for version in book.layers],
        "for_demonstration": book.for_demonstration,
        "changes_at": min((version.valid_from for version in book.coming), default=None),
    }


def _groups(book: RuleBook, names: Mapping[Place, str]) -> list[Line]:
    return [
        {
            "label": GROUP_LABELS[group],
            "folded": group is Group.TECHNICAL,
            "rules": [_rule(book, parameter, names) for parameter in parameters],
        }
        for group, parameters in groupby(PARAMETERS.values(), key=lambda parameter: parameter.group)
    ]


def _rule(book: RuleBook, parameter: Parameter, names: Mapping[Place, str]) -> Line:
    standing: Standing = book.standings[parameter.name]
    return {
        "label": parameter.label,
        "value": parameter.said(standing.value),
        "effect": effect(parameter.name, book.policy),
        "range": parameter.range_said,
        "set_by": names[book.layers[standing.set_by].place],
        "locked_by": names[book.layers[standing.locked_by].place] if standing.locked_by is not None else "",
    }


def _history(book: RuleBook) -> list[Line]:
    authors = names_of({version.author_id for version in book.history if version.author_id is not None})
    own = book.own
    return [
        version_line(book, version)
        | {
            "author": masked_name(authors[version.author_id]) if version.author_id in authors else _("the program"),
            "made_at": version.made_at,
            "is_first": book.before(version) is None,
            "in_force": version == own,
            "to_come": version.valid_from > book.at,
        }
        for version in book.history
    ]


def version_line(book: RuleBook, version: PolicyVersion) -> Line:
    """Return what is told of one version: since when, why, and what it changed."""
    before = book.before(version)
    return {
        "number": version.pk,
        "valid_from": version.valid_from,
        "reason": version.reason,
        "for_demonstration": version.for_demonstration,
        "changes": changes(before, version.layer, version.place.scope),
    }


def changes(before: PolicyVersion | None, after: Layer, scope: Scope) -> list[Line]:
    """Return what a version says otherwise than the one before it, as `label`, `before` and `after` in words."""
    if before is None and scope is Scope.PLATFORM:
        return []
    old = before.layer if before is not None else Layer({})
    nothing = _("not set") if scope is Scope.PLATFORM else _("as above")
    return [
        {
            "name": name,
            "label": parameter.label,
            "before": _said(parameter, old, nothing),
            "after": _said(parameter, after, nothing),
        }
        for name, parameter in PARAMETERS.items()
        if (old.values.get(name), name in old.locks) != (after.values.get(name), name in after.locks)
    ]


def _said(parameter: Parameter, layer: Layer, nothing: str) -> str:
    value = layer.values.get(parameter.name)
    text = nothing if value is None else parameter.said(value)
    return _("%(value)s, can only be tightened") % {"value": text} if parameter.name in layer.locks else text
