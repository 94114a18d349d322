"""A learner's proof of hours (学时证明): what it would say now, giving it as PDF, and withdrawing one; under each portal's own addresses. Clauses T1.3, C5."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import MayNotReveal
from jiangxue.accounts.queries.persons import ShownPerson, masked_person
from jiangxue.accounts.services.own_data import reveal_own
from jiangxue.accounts.services.revealing import reveal_identity
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import Class, Place, own_place, place_for
from jiangxue.kernel.viewer import Role
from jiangxue.portals.reasons import UNSHOWABLE
from jiangxue.portals.revealing import RevealForm
from jiangxue.portals.supervising.hours_proof_paper import give
from jiangxue.portals.supervising.hours_proof_words import STANDINGS, hours_lines
from jiangxue.portals.watching.frame import AddressedView, of_a_class, url_of
from jiangxue.supervision.errors.hours_proofs import AlreadyWithdrawn, NoSuchProof, NotAReason, NothingToProve
from jiangxue.supervision.models import HoursProof
from jiangxue.supervision.queries.hours_proofs import WITHDRAWERS, proofs_of, provable, said_of, standing_of
from jiangxue.supervision.rules.hours_proofs import Standing, shown_code
from jiangxue.supervision.services.hours_proofs import Withdrawal, give_proof, withdraw_proof
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role

LONGEST_REASON = 200


class WithdrawProofForm(forms.Form):
    """Why a proof is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        max_length=LONGEST_REASON,
        error_messages={
            "required": gettext_lazy("Write the reason."),
            "max_length": gettext_lazy("Say it in at most %(limit_value)d characters."),
            "null_characters_not_allowed": UNSHOWABLE,
        },
    )


@dataclass(frozen=True, slots=True)
class Proving:
    """Whose proof a page is about, and where its pages lie: `of(name, *more)`."""

    place: Place
    of: Callable[..., str]
    crumb: dict[str, str]
    is_own: bool


type View = Callable[..., HttpResponse]


@require_safe
def _show(request: SignedRequest, proving: Proving) -> HttpResponse:
    return _page(request, proving)


@require_POST
def _masked(request: SignedRequest, proving: Proving) -> HttpResponse:
    return _given(request, proving, masked_person(proving.place.learner_id))


@require_POST
def _in_full(request: SignedRequest, proving: Proving) -> HttpResponse:
    """Give it with name and number in full: to the learner, or to others for a reason that is recorded."""
    if proving.is_own:
        return _given(request, proving, reveal_own(viewer=request.viewer, by=actor_of(request), now=request.now))
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, proving, form, status=400)
    if provable(proving.place, request.now).hours.is_nothing:
        return _nothing(request, proving)
    try:
        person = reveal_identity(
            viewer=request.viewer,
            account_id=proving.place.learner_id,
            reason=form.reason,
            by=actor_of(request),
            now=request.now,
        )
    except MayNotReveal:
        raise PermissionDenied from None
    return _given(request, proving, person)


@require_POST
def _withdraw(request: SignedRequest, proving: Proving, code: str) -> HttpResponse:
    form = WithdrawProofForm(request.POST, auto_id=_ids_of(code))
    if not form.is_valid():
        return _page(request, proving, withdrawal=(code, form), status=400)
    said = Withdrawal(code, form.cleaned_data["reason"])
    try:
        withdraw_proof(request.viewer, proving.place, said, by=actor_of(request), now=request.now)
    except NoSuchProof:
        raise Http404 from None
    except NotAReason:
        form.add_error("reason", _("Write the reason."))
        return _page(request, proving, withdrawal=(code, form), status=400)
    except AlreadyWithdrawn:
        messages.error(request, _("This proof was withdrawn before."))
        return _page(request, proving, status=409)
    messages.success(request, _("Withdrawn. Whoever looks it up is told so from now on."))
    return redirect(proving.of("hours_proof"))


def _given(request: SignedRequest, proving: Proving, person: ShownPerson) -> HttpResponse:
    try:
        proof = give_proof(request.viewer, proving.place, by=actor_of(request), now=request.now)
    except NothingToProve:
        return _nothing(request, proving)
    return give(request, proof, person, back_url=proving.of("hours_proof"))


def _nothing(request: SignedRequest, proving: Proving) -> HttpResponse:
    messages.error(request, _("There is no learning time yet that a proof could state."))
    return _page(request, proving, status=409)


def _page(
    request: SignedRequest,
    proving: Proving,
    form: RevealForm | None = None,
    *,
    withdrawal: tuple[str, WithdrawProofForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show what a proof would say now, and those that were given; `withdrawal` is the form that was sent, and for which of them."""
    place = proving.place
    found, person = provable(place, request.now), masked_person(place.learner_id)
    may_withdraw = request.viewer.role in WITHDRAWERS
    context = {
        "found": found,
        "learner": person.name,
        "id_type": person.id_type,
        "id_number": person.id_number,
        "lines": hours_lines(found.hours),
        "is_own": proving.is_own,
        "crumb": proving.crumb,
        "proofs": [
            {
                **_line(each, proving, standing_of(each, lambda: found.hours), may_withdraw=may_withdraw),
                **_form_of(each.code, withdrawal),
            }
            for each in proofs_of(place)
        ],
        "reveal_form": None if proving.is_own else form or RevealForm(),
        "masked_url": proving.of("give_hours_proof"),
        "full_url": proving.of("give_full_hours_proof"),
    }
    return render(request, "supervising/hours_proof.html", context, status=status)


def _form_of(code: str, sent: tuple[str, WithdrawProofForm] | None) -> dict[str, object]:
    """Return the form by which one proof is withdrawn, and whether it is the one that was sent."""
    is_sent = sent is not None and sent[0] == code
    form = sent[1] if sent is not None and is_sent else WithdrawProofForm(auto_id=_ids_of(code))
    return {"form": form, "is_sent": is_sent}


def _ids_of(code: str) -> str:
    """Return how the fields of one proof are called on a page that lists several."""
    return f"withdraw_{code}_%s"


def _line(proof: HoursProof, proving: Proving, standing: Standing, *, may_withdraw: bool) -> dict[str, object]:
    withdrawn = getattr(proof, "withdrawn", None)
    return {
        "code": shown_code(proof.code),
        "url": reverse("public_proof:proof", args=(proof.code,)),
        "issued_at": proof.issued_at,
        "issued_by": masked_name(proof.issued_by.name),
        "role_label": recorded_role(proof.role),
        "standing_label": STANDINGS[standing],
        "is_valid": standing is Standing.VALID,
        "lines": hours_lines(said_of(proof).hours),
        "reason": withdrawn.reason if withdrawn and may_withdraw else "",
        "withdraw_url": proving.of("withdraw_hours_proof", proof.code) if may_withdraw and withdrawn is None else "",
    }


_PAGES: dict[str, tuple[str, View]] = {
    "hours_proof": ("", _show),
    "give_hours_proof": ("paper/", _masked),
    "give_full_hours_proof": ("paper/full/", _in_full),
    "withdraw_hours_proof": ("<str:code>/withdraw/", _withdraw),
}


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses below a learner of a class, for those who answer for it or watch over it."""
    allowed, base = for_roles(*roles), "classes/<int:class_id>/learners/<int:enrolment_id>/hours/"
    return [path(base + part, allowed(_of_a_place(view)), name=name) for name, (part, view) in _PAGES.items()]


def own_addresses() -> list[URLPattern]:
    """Return the addresses of a learner's own proofs; they withdraw none."""
    allowed, base = for_roles(Role.LEARNER), "classes/<int:class_id>/hours/"
    views = {name: found for name, found in _PAGES.items() if name != "withdraw_hours_proof"}
    return [path(base + part, allowed(_of_own_place(view)), name=name) for name, (part, view) in views.items()]


def _of_a_place(view: View) -> AddressedView:
    @of_a_class
    def wrapper(request: SignedRequest, watched: Class, /, enrolment_id: int, **more: Any) -> HttpResponse:  # noqa: ANN401
        place = place_for(request.viewer, watched.pk, enrolment_id)
        if place.learner.restricted_at is not None and request.viewer.role is not Role.SUPERVISOR:
            raise PermissionDenied

        def of(name: str, *rest: object) -> str:
            return url_of(request, name, watched.pk, place.pk, *rest)

        crumb = {"label": watched.name, "url": url_of(request, "class", watched.pk)}
        return view(request, _unless_erased(Proving(place, of, crumb, is_own=False)), **more)

    return wrapper


def _of_own_place(view: View) -> View:
    @wraps(view)
    def wrapper(request: SignedRequest, class_id: int) -> HttpResponse:
        try:
            place = own_place(request.viewer, class_id)
        except NotInClass:
            raise Http404 from None

        def of(name: str, *rest: object) -> str:
            return reverse(f"learner:{name}", args=[class_id, *rest])

        crumb = {"label": place.training_class.name, "url": reverse("learner:archive", args=[class_id])}
        return view(request, _unless_erased(Proving(place, of, crumb, is_own=True)))

    return wrapper


def _unless_erased(proving: Proving) -> Proving:
    if proving.place.erased_at is not None:
        raise Http404
    return proving
