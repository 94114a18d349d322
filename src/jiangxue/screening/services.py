"""Importing the list of sensitive words, screening texts by it, and deciding about what was found. Clause M3."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.kernel.viewer import Viewer
from jiangxue.screening.errors import (
    AlreadyDecided,
    ListUnchanged,
    NoteTooLong,
    NotTheirsToKeep,
    OutOfReach,
    WordsWouldGo,
)
from jiangxue.screening.models import LONGEST_NOTE, Hit, ListedWord, Screening, WordList
from jiangxue.screening.queries import hits_at, list_in_force, may_keep, words_in_force
from jiangxue.screening.rules.excerpts import excerpt_of
from jiangxue.screening.rules.finding import Finder, Word
from jiangxue.screening.rules.list_changes import changes_between
from jiangxue.screening.rules.places import Place, ScreenedText
from jiangxue.screening.rules.word_file import ListedDraft, read_words

_LISTS = hashlib.sha256(b"lists of sensitive words").digest()
_LONGEST_SOURCE = 120
_ROWS_AT_ONCE = 5_000


@transaction.atomic
def import_words(  # noqa: PLR0913  (who, what, whence, with whose consent, when)
    *, viewer: Viewer, content: bytes, name: str, by: Actor, now: datetime, agreed: str = ""
) -> WordList:
    """Put the words of a file in force, whole or not at all.

    Words go only with consent: `agreed` is the `agreement_on` this file and the list that it replaces.
    Raises `NotTheirsToKeep`, `UnfitWords`, `ListUnchanged` or `WordsWouldGo`.
    """
    if not may_keep(viewer):
        raise NotTheirsToKeep
    drafts = read_words(content)
    lock_until_commit(_LISTS)
    replaced = list_in_force()
    changes = changes_between(_words_by_form(replaced), {draft.normalised: draft.word for draft in drafts})
    if changes.is_empty:
        raise ListUnchanged
    agreement = agreement_on(content, replaced)
    if changes.removed and agreed != agreement:
        raise WordsWouldGo(
            removed=[(word.text, word.category) for word in changes.removed],
            added=len(changes.added),
            moved=len(changes.moved),
            agreement=agreement,
        )
    made = WordList.objects.create(
        imported_at=now,
        author_id=viewer.account_id,
        source=PurePath(name).name[:_LONGEST_SOURCE],
        sha256=hashlib.sha256(content).hexdigest(),
        word_count=len(drafts),
        added=len(changes.added),
        removed=len(changes.removed),
        moved=len(changes.moved),
    )
    _list(drafts, made)
    audit.record("words.imported", by=by, at=now, about=("word_list", made.pk))
    return made


def agreement_on(content: bytes, replaced: WordList | None) -> str:
    """Return what stands for one file in the place of one list; whoever hands it in has been shown what that changes."""
    serial = replaced.pk if replaced else 0
    return hashlib.sha256(f"{serial}/{hashlib.sha256(content).hexdigest()}".encode()).hexdigest()


@transaction.atomic
def screen(*, place: Place, texts: Sequence[ScreenedText], now: datetime) -> list[Hit]:
    """Find the words of the list in force in all texts of a place, keep the hits, and return those that are there now.

    What was found before keeps its row and its decision, also under another list. While there is no list, nothing is found and kept.
    """
    in_force = words_in_force()
    if in_force is None:
        return []
    lock_until_commit(hashlib.sha256(f"screening {place.kind} {place.ref}".encode()).digest())
    found = [hit for text in texts for hit in _hits(place, text, in_force.finder)]
    screening = Screening.objects.create(
        place_kind=place.kind,
        place_ref=place.ref,
        word_list=in_force.word_list,
        screened_at=now,
        text_count=len(texts),
        hit_count=len(found),
    )
    _keep(place, found, screening)
    return list(hits_at(place))


@transaction.atomic
def decide(  # noqa: PLR0913  (who, what, which, why, whence, when)
    *, viewer: Viewer, hit_id: int, decision: Hit.Decision, note: str, by: Actor, now: datetime
) -> Hit:
    """Say what becomes of a hit, or raise `AlreadyDecided`, `NoteTooLong` or `OutOfReach`.

    Whoever has decided may decide again; the audit log keeps each decision. Whether the viewer is the one to decide, and how long,
    is the caller's to know.
    """
    if len(note.strip()) > LONGEST_NOTE:
        raise NoteTooLong(LONGEST_NOTE)
    hit = Hit.objects.select_for_update().filter(pk=hit_id).first()
    if hit is None:
        raise OutOfReach
    if hit.decision and hit.decided_by_id != viewer.account_id:
        raise AlreadyDecided(hit.decision)
    hit.decision = decision
    hit.decided_by_id = viewer.account_id
    hit.decided_at = max(hit.found_at, now)
    hit.note = note.strip()
    hit.save(update_fields=["decision", "decided_by", "decided_at", "note"])
    audit.record(f"hit.{decision}", by=by, at=now, about=("hit", hit.pk))
    return hit


def _list(drafts: Iterable[ListedDraft], made: WordList) -> None:
    rows = [
        ListedWord(word_list=made, word=draft.word.text, category=draft.word.category, normalised=draft.normalised)
        for draft in drafts
    ]
    ListedWord.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)


def _words_by_form(word_list: WordList | None) -> dict[str, Word]:
    if word_list is None:
        return {}
    listed = ListedWord.objects.filter(word_list=word_list).order_by("pk")
    return {form: Word(text, category) for form, text, category in listed.values_list("normalised", "word", "category")}


def _hits(place: Place, text: ScreenedText, finder: Finder) -> Iterable[Hit]:
    """Yield what is found in a text; the same word with the same signs around it is one question to a person, at its first place."""
    asked: set[tuple[str, str, str]] = set()
    for found in finder.found_in(text.text):
        excerpt = excerpt_of(text.text, found)
        question = (found.word, found.category, excerpt.text)
        if question in asked:
            continue
        asked.add(question)
        yield Hit(
            place_kind=place.kind,
            place_ref=place.ref,
            where=dict(text.where_at(found.start)),
            word=found.word,
            category=found.category,
            start=found.start,
            end=found.end,
            excerpt=excerpt.text,
            excerpt_start=len(excerpt.before),
        )


def _keep(place: Place, found: Iterable[Hit], screening: Screening) -> None:
    """Add what was not found before, and note of the rest that it is still there."""
    known = {_key(hit): hit.pk for hit in Hit.objects.filter(place_kind=place.kind, place_ref=place.ref)}
    new: dict[tuple[object, ...], Hit] = {}
    again: list[int] = []
    for hit in found:
        key = _key(hit)
        if key in known:
            again.append(known[key])
        else:
            hit.word_list, hit.screening, hit.found_at = screening.word_list, screening, screening.screened_at
            new[key] = hit
    Hit.objects.filter(pk__in=again).update(screening=screening)
    Hit.objects.bulk_create(new.values(), batch_size=_ROWS_AT_ONCE)


def _key(hit: Hit) -> tuple[object, ...]:
    return (_sorted(hit.where), hit.word, hit.category, hit.start, hit.excerpt)


def _sorted(where: Mapping[str, str | int]) -> tuple[tuple[str, str | int], ...]:
    return tuple(sorted(where.items()))
