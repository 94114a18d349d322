"""What each portal's pages of rules do; the portal says whose rules, and lets in whom they are for."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.learning.services.renewing import renew_running
from jiangxue.policies.errors import NotTheirsToSet, PolicyRefusal
from jiangxue.policies.queries import rule_book
from jiangxue.policies.rules.drafts import with_technical
from jiangxue.policies.rules.layers import Layer
from jiangxue.policies.rules.reach import Reach, may_set
from jiangxue.policies.services import set_time_policy
from jiangxue.portals.rulebook.effects import effect
from jiangxue.portals.rulebook.forms import RulesForm
from jiangxue.portals.rulebook.shown import book_lines, brief_lines, changes

EDIT, PREVIEW, SAVE = "edit", "preview", "save"


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose rules a page shows, where it stands, and where its steps lead; `up` is the page it belongs to, as label and address."""

    reach: Reach
    title: str
    lead: str
    rules_url: str
    change_url: str
    up: tuple[str, str] | None = None
    narrower: list[dict[str, object]] = field(default_factory=list)


def show(request: SignedRequest, frame: Frame) -> HttpResponse:
    """Show the rules at a place: in force, coming, and their history."""
    context = {
        "frame": frame,
        "may_set": may_set(request.viewer, frame.reach),
        **book_lines(rule_book(frame.reach, request.now)),
    }
    return render(request, "ui/rules/page.html", context)


def change(request: SignedRequest, frame: Frame) -> HttpResponse:
    """Let a new version be written, looked at, and only then saved; what was typed is kept on the way."""
    if not may_set(request.viewer, frame.reach):
        raise PermissionDenied
    book = rule_book(frame.reach, request.now)
    step = request.POST.get("step", EDIT)
    form = RulesForm(book, request.POST if request.method == "POST" else None)
    if step == PREVIEW and form.is_valid():
        return _preview(request, frame, form)
    if step == SAVE and form.is_valid() and _saved(request, frame, form):
        messages.success(request, _("The new version has been saved."))
        return redirect(frame.rules_url)
    return render(request, "ui/rules/form.html", {"frame": frame, "form": form, "groups": form.groups()})


def of_class(request: SignedRequest, reach: Reach, rules_url: str = "") -> dict[str, object]:
    """Return what the page of a class shows of its rules (ui/rules/of_class.html)."""
    return {"class_rules": brief_lines(rule_book(reach, request.now)) | {"url": rules_url}}


def _saved(request: SignedRequest, frame: Frame, form: RulesForm) -> bool:
    assert form.draft is not None
    try:
        with transaction.atomic():
            made = set_time_policy(request.viewer, frame.reach, form.draft, by=actor_of(request), now=request.now)
            renew_running(frame.reach, made.pk, made.valid_from)
    except NotTheirsToSet:
        raise PermissionDenied from None
    except PolicyRefusal as refusal:
        form.refuse(refusal)
        return False
    return True


def _preview(request: SignedRequest, frame: Frame, form: RulesForm) -> HttpResponse:
    assert form.draft is not None
    begins_at = form.draft.begins_at or request.now
    book = rule_book(frame.reach, begins_at)
    draft = with_technical(form.draft, book.own.values if book.own is not None else {})
    policy = book.with_draft(draft)
    lines = changes(book.own, Layer(draft.values, draft.locks), frame.reach.own.scope)
    for line in lines:
        line["effect"] = effect(str(line["name"]), policy)
    context = {
        "frame": frame,
        "changes": lines,
        "draft": draft,
        "kept": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
        "next_own": next((each for each in book.coming if each.place == frame.reach.own), None),
        "came_before": book.own if book.own is not None and book.own.valid_from > request.now else None,
        "unmarked": book.own is not None and book.own.for_demonstration and not draft.for_demonstration,
    }
    return render(request, "ui/rules/preview.html", context)
