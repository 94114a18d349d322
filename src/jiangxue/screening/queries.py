"""Which list is in force, what it finds, and what was found where.

What takes a viewer is for the security administrator, who keeps the list. The rest is for callers who know already that their viewer may
see the place, or the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, QuerySet

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.screening.errors import OutOfReach
from jiangxue.screening.models import Hit, ListedWord, Screening, WordList
from jiangxue.screening.rules.excerpts import Excerpt, excerpt_of
from jiangxue.screening.rules.finding import Finder, Found, Word
from jiangxue.screening.rules.normal import folded
from jiangxue.screening.rules.places import Place

KEEPERS = frozenset({Role.SECURITY_ADMINISTRATOR})
"""Who keeps the list of sensitive words."""

_LISTS_KEPT = 2
"""Lists whose finder a process keeps: the one in force, and one that has just taken its place."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A word found in a text, and the signs around it."""

    found: Found
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class InForce:
    """The list in force and what finds its words."""

    word_list: WordList
    finder: Finder

    def shown_in(self, text: str) -> list[Shown]:
        """Return what the list finds in a text; nothing is kept."""
        return [Shown(each, excerpt_of(text, each)) for each in self.finder.found_in(text)]


def list_in_force() -> WordList | None:
    """Return the newest list, or nothing while there is none."""
    return WordList.objects.select_related("author").order_by("-pk").first()


def words_in_force() -> InForce | None:
    """Return the list in force with its finder, which is built once in a process; or nothing while there is no list."""
    newest = list_in_force()
    return InForce(newest, _finder(newest.pk, newest.sha256)) if newest is not None else None


@lru_cache(maxsize=_LISTS_KEPT)
def _finder(list_id: int, sha256: str) -> Finder:
    """Build the finder of a list; the hash belongs to the key because an id alone could be that of another database."""
    found = ListedWord.objects.filter(word_list_id=list_id).values_list("word", "category")
    return Finder(Word(text, category) for text, category in found)


def found_in(text: str) -> list[Shown]:
    """Return what the list in force finds in a text; nothing is kept."""
    in_force = words_in_force()
    return in_force.shown_in(text) if in_force is not None else []


def last_screening(place: Place) -> Screening | None:
    """Return the last screening of a place, with its list; nothing if it was never screened."""
    return _screenings(place).select_related("word_list").order_by("-pk").first()


def hits_at(place: Place) -> QuerySet[Hit]:
    """Return what the last screening of a place found, decided or not, in the order in which it was first found."""
    last = _screenings(place).order_by("-pk").values("pk")[:1]
    return Hit.objects.filter(screening__in=last).select_related("decided_by", "word_list").order_by("pk")


def may_keep(viewer: Viewer) -> bool:
    """Say whether the viewer keeps the list of sensitive words."""
    return viewer.role in KEEPERS


def lists(viewer: Viewer) -> QuerySet[WordList]:
    """Return all lists, newest first, to whoever keeps them."""
    found = WordList.objects.select_related("author").order_by("-pk")
    return found if may_keep(viewer) else found.none()


def list_for(viewer: Viewer, list_id: int) -> WordList:
    """Return one list that the viewer keeps, or raise `OutOfReach`."""
    found = lists(viewer).filter(pk=list_id).first()
    if found is None:
        raise OutOfReach
    return found


def words_of(viewer: Viewer, word_list: WordList, *, like: str = "", category: str = "") -> QuerySet[ListedWord]:
    """Return the words of a list in the order of its file; `like` is looked for however it is written, `category` must be the same."""
    found = ListedWord.objects.filter(word_list=word_list).order_by("pk")
    if not may_keep(viewer):
        return found.none()
    if like:
        form = folded(like).text
        found = found.filter(normalised__contains=form) if form else found.none()
    return found.filter(category=category) if category else found


def categories_of(viewer: Viewer, word_list: WordList) -> Mapping[str, int]:
    """Return how many words each category of a list has, most first."""
    counted = words_of(viewer, word_list).order_by().values("category").annotate(words=Count("pk"))
    return dict(counted.order_by("-words", "category").values_list("category", "words"))


def _screenings(place: Place) -> QuerySet[Screening]:
    return Screening.objects.filter(place_kind=place.kind, place_ref=place.ref)
