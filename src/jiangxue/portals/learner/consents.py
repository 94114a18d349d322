"""The learner's consents: asked before learning, seen, given and withdrawn one by one. Clause M2."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import ConsentTextChanged, MayNotLearn
from jiangxue.accounts.queries.consents import ConsentText, last_said, require_learning, text_of
from jiangxue.accounts.queries.persons import masked_person
from jiangxue.accounts.rules.consents import PURPOSES, Purpose, Said
from jiangxue.accounts.services.consents import give_consent, withdraw_consent
from jiangxue.enrolment.evidence import Forgetting, append_consent, append_forgotten_face
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_session_of
from jiangxue.portals.learner.consent_forms import AgreeForm, SaidForm
from jiangxue.portals.learner.permitted import wanted_page
from jiangxue.portals.marked_text import html_of


@for_roles(Role.LEARNER)
@require_safe
def show(request: SignedRequest) -> HttpResponse:
    """List what the viewer is asked for, with what they last said to each purpose."""
    return render(request, "learner/consents.html", {"purposes": purpose_lines(request.viewer.account_id)})


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: SignedRequest) -> HttpResponse:
    """Ask for what learning needs and for what was never answered, and lead on to the wanted page."""
    asked = _unanswered(request)
    next_page = wanted_page(request, request.POST.get("next") or request.GET.get("next", ""))
    if not asked:
        return HttpResponseRedirect(next_page)
    if request.method != "POST":
        return _ask(request, AgreeForm(asked, next_page=next_page))
    form = AgreeForm(asked, request.POST)
    if not form.is_valid():
        return _ask(request, form, status=400)
    if form.is_declined:
        say(request, Purpose.PROCESSING, is_given=False)
        messages.info(
            request, _("You have not agreed. You cannot learn, and can still see and download what is held of you.")
        )
        return redirect("learner:consents")
    try:
        _say_all(request, form)
    except ConsentTextChanged:
        return _ask(request, AgreeForm(asked, next_page=next_page), status=409)
    return HttpResponseRedirect(next_page)


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: SignedRequest, purpose: str) -> HttpResponse:
    """Show the text of one purpose, and hear that the viewer agrees to it or withdraws: one step each."""
    if purpose not in PURPOSES:
        raise Http404
    asked = Purpose(purpose)
    if request.method != "POST":
        return redirect("learner:face") if _is_chosen_elsewhere(request, asked) else _one_page(request, asked)
    form = SaidForm(request.POST)
    if not form.is_valid():
        return _one_page(request, asked, status=400)
    is_given = form.cleaned_data["said"] == "agree"
    if is_given and asked is Purpose.PHONE and not masked_person(request.viewer.account_id).phone:
        return redirect("learner:phone")
    try:
        say(request, asked, is_given=is_given, version=form.cleaned_data["version"])
    except ConsentTextChanged:
        return _one_page(request, asked, status=409)
    messages.success(request, _said_done(asked, is_given=is_given))
    is_to_enrol = is_given and _is_chosen_elsewhere(request, asked)
    return redirect("learner:face" if is_to_enrol else "learner:consents")


def _is_chosen_elsewhere(request: SignedRequest, purpose: Purpose) -> bool:
    """Say whether the viewer decides about a purpose where both ways are shown; who may not learn withdraws here all the same."""
    if purpose is not Purpose.FACE:
        return False
    try:
        require_learning(request.viewer.account_id)
    except MayNotLearn:
        return False
    return True


def purpose_lines(account_id: int) -> list[dict[str, object]]:
    """Return every purpose with its text and the last that somebody said to it."""
    said = last_said(account_id)
    return [
        {**_text(text_of(purpose), level=3), "said": said.get(purpose), "state": _state(said.get(purpose))}
        for purpose in PURPOSES
    ]


def _state(said: Said | None) -> str:
    if said is None or said.is_outdated:
        return "unanswered" if said is None else "outdated"
    return "given" if said.is_given else "withdrawn"


def _text(text: ConsentText, *, level: int) -> dict[str, object]:
    return {
        "text": text,
        "essence": text.essence,
        "html": html_of(text.rest, level=level),
        "url": reverse("learner:consent", args=[text.purpose]),
    }


def _unanswered(request: SignedRequest) -> list[ConsentText]:
    """Return the texts that the viewer is asked for: none while learning may go on."""
    said = last_said(request.viewer.account_id)
    required = [purpose for purpose, asked in PURPOSES.items() if asked.is_required]
    if all(purpose in said and said[purpose].is_in_force for purpose in required):
        return []
    asked = [purpose for purpose, how in PURPOSES.items() if not how.is_apart]
    open_ones = [purpose for purpose in asked if purpose not in said or said[purpose].is_outdated]
    if Purpose.PHONE in open_ones and not masked_person(request.viewer.account_id).phone:
        open_ones.remove(Purpose.PHONE)  # there is nothing yet to agree to
    return [text_of(purpose) for purpose in PURPOSES if purpose in required or purpose in open_ones]


def _ask(request: SignedRequest, form: AgreeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "required": [_text(text, level=3) for text in form.texts if text.is_required],
        "optional": [{**_text(text, level=3), "field": field} for text, field in form.optional],
        "has_changed": status == 409,
    }
    return render(request, "learner/agree.html", context, status=status)


def _one_page(request: SignedRequest, purpose: Purpose, *, status: int = 200) -> HttpResponse:
    said = last_said(request.viewer.account_id).get(purpose)
    context = {**_text(text_of(purpose), level=2), "said": said, "state": _state(said), "has_changed": status == 409}
    return render(request, "learner/consent.html", context, status=status)


@transaction.atomic
def _say_all(request: SignedRequest, form: AgreeForm) -> None:
    for purpose, is_given in form.chosen().items():
        say(request, purpose, is_given=is_given, version=form.version(purpose))


@transaction.atomic
def say(request: SignedRequest, purpose: Purpose, *, is_given: bool, version: int = 0) -> None:
    """Keep what the viewer says, with its evidence; without the required consent nothing goes on running."""
    account_id, by, now = request.viewer.account_id, actor_of(request), request.now
    if is_given:
        kept = give_consent(account_id=account_id, purpose=purpose, version=version, by=by, now=now)
    else:
        kept = withdraw_consent(account_id=account_id, purpose=purpose, by=by, now=now)
        if purpose is Purpose.FACE:
            forget(request, Forgetting.WITHDRAWN)
        if PURPOSES[purpose].is_required:
            end_session_of(learner_id=account_id, reason=EndReason.BY_LEARNER, clock=access.CLOCK)
    if kept is not None:
        append_consent(kept, now=now)


def forget(request: SignedRequest, because: Forgetting) -> None:
    """Delete what is stored of the viewer's face, and tell their archives; nothing where nothing is stored."""
    account_id, now = request.viewer.account_id, request.now
    forgotten = forget_face(account_id, by=actor_of(request), now=now)
    if forgotten is not None:
        append_forgotten_face(account_id, forgotten, because=because, now=now)


def _said_done(purpose: Purpose, *, is_given: bool) -> str:
    if is_given:
        return _("You have agreed. You can withdraw at any time.")
    if PURPOSES[purpose].is_required:
        return _(
            "You have withdrawn. Nothing new is recorded of your learning; what was recorded stays for you to see."
        )
    if purpose is Purpose.FACE:
        return _("You have withdrawn, and what was stored of your face has been deleted. Staff confirm who you are.")
    if purpose is Purpose.PHONE:
        return _("You have withdrawn, and your mobile number has been deleted. Sign in by account or identity number.")
    return _("You have withdrawn. You can agree again at any time.")
