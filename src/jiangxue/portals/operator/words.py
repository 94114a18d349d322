"""The list of sensitive words (敏感词库): what is in force, a text to try it on, its import and its history. Clause T1.4."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.portals.operator.word_faults import lines_of
from jiangxue.portals.operator.word_forms import TextForm, WordFilter
from jiangxue.screening import queries, services
from jiangxue.screening.errors import ListUnchanged, OutOfReach, UnfitWords, WordsWouldGo
from jiangxue.screening.models import WordList
from jiangxue.screening.queries import KEEPERS
from jiangxue.screening.rules.word_file import MOST_BYTES, written

WORDS_A_PAGE = 50
LISTS_A_PAGE = 20
MOST_CHANGES_SHOWN = 100


@for_roles(*KEEPERS)
@require_safe
def words(request: SignedRequest) -> HttpResponse:
    """Show the list in force, with a search of its words."""
    in_force = queries.list_in_force()
    context: dict[str, object] = {"tabs": _tabs("words"), "import_url": reverse("operator:import_words")}
    if in_force is not None:
        categories = queries.categories_of(request.viewer, in_force)
        form = WordFilter(categories, request.GET)
        found = queries.words_of(request.viewer, in_force, like=form.like, category=form.category_chosen)
        page = Paginator(found, WORDS_A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "list": _line(in_force, in_force),
            "categories": [{"name": name, "words": count} for name, count in categories.items()],
            "filter_form": form,
            "words": page,
        }
    return render(request, "operator/words.html", context)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def try_words(request: SignedRequest) -> HttpResponse:
    """Say what the list in force finds in a text; nothing of it is kept."""
    form = TextForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {
        "tabs": _tabs("try_words"),
        "form": form,
        "has_list": queries.list_in_force() is not None,
    }
    is_tried = form.is_bound and form.is_valid()
    if is_tried:
        context |= {"is_tried": True, "found": queries.found_in(form.cleaned_data["text"])}
    return render(request, "operator/words_try.html", context, status=200 if is_tried or not form.is_bound else 400)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_words(request: SignedRequest) -> HttpResponse:
    """Put a file of words in force, or name every fault in it (400), or first show which words would go (409).

    Beside it stand the lists that were imported before.
    """
    if request.method != "POST":
        return _import_page(request)
    file = request.FILES.get("words")
    if file is None:
        return _import_page(request, fault=_("Choose a file first."), status=400)
    try:
        made = services.import_words(
            viewer=request.viewer,
            content=file.read(MOST_BYTES + 1),
            name=file.name or "",
            by=actor_of(request),
            now=request.now,
            agreed=request.POST.get("agreed", ""),
        )
    except WordsWouldGo as refusal:
        return _changes_page(request, refusal, file.name or "")
    except UnfitWords as refusal:
        return _faults_page(request, refusal, file.name or "")
    except ListUnchanged:
        return _import_page(
            request, fault=_("This file changes nothing: the same words are in force already."), status=409
        )
    messages.success(request, _imported(made))
    return redirect("operator:words")


@for_roles(*KEEPERS)
@require_safe
def word_file(request: SignedRequest, list_id: int) -> HttpResponse:
    """Hand out a list as the file that would bring it again."""
    try:
        word_list = queries.list_for(request.viewer, list_id)
    except OutOfReach:
        raise Http404 from None
    content = written(each.as_word for each in queries.words_of(request.viewer, word_list))
    headers = {"Content-Disposition": f'attachment; filename="words-{word_list.pk}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _changes_page(request: SignedRequest, refusal: WordsWouldGo, name: str) -> HttpResponse:
    """Show what the file would change; sent again with the box ticked, it is imported."""
    shown = refusal.removed[:MOST_CHANGES_SHOWN]
    to_agree = {
        "name": name,
        "agreement": refusal.agreement,
        "is_another": "agreed" in request.POST,
        "added_count": refusal.added,
        "moved_count": refusal.moved,
        "removed_count": len(refusal.removed),
        "removed": [{"text": text, "category": category} for text, category in shown],
        "more": len(refusal.removed) - len(shown),
    }
    return _import_page(request, to_agree=to_agree, status=409)


def _faults_page(request: SignedRequest, refusal: UnfitWords, name: str) -> HttpResponse:
    count = len(refusal.faults)
    fault = ngettext(
        "Nothing has been imported: %(count)d fault in “%(name)s”. Mend it and choose the file again.",
        "Nothing has been imported: %(count)d faults in “%(name)s”. Mend them and choose the file again.",
        count,
    ) % {"count": count, "name": name}
    lines = lines_of(refusal.faults)
    return _import_page(request, fault=fault, faults=lines, more_faults=count - len(lines), status=400)


def _import_page(request: SignedRequest, *, status: int = 200, **context: object) -> HttpResponse:
    in_force = queries.list_in_force()
    page = Paginator(queries.lists(request.viewer), LISTS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(each, in_force) for each in page.object_list]
    shown = {"tabs": _tabs("import_words"), "lists": with_lines(page, lines), **context}
    return render(request, "operator/words_import.html", shown, status=status)


def _imported(made: WordList) -> str:
    changed = {"words": made.word_count, "added": made.added, "removed": made.removed, "moved": made.moved}
    return (
        _("%(words)d words are in force now: %(added)d added, %(removed)d removed, %(moved)d in another category.")
        % changed
    )


def _line(each: WordList, in_force: WordList | None) -> dict[str, object]:
    return {
        "imported_at": each.imported_at,
        "source": each.source,
        "author": each.author.name,
        "word_count": each.word_count,
        "added": each.added,
        "removed": each.removed,
        "moved": each.moved,
        "is_in_force": each == in_force,
        "file_url": reverse("operator:word_file", args=(each.pk,)),
    }


def _tabs(current: str) -> list[dict[str, object]]:
    labels = {"words": _("List in force"), "try_words": _("Try it"), "import_words": _("Import and history")}
    return [
        {"label": label, "url": reverse(f"operator:{name}"), "current": name == current, "count": None}
        for name, label in labels.items()
    ]
