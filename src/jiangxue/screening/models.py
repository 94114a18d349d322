"""Tables of lists of words, screenings and hits."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData
from jiangxue.screening.rules.excerpts import LONGEST_EXCERPT, MOST_SHOWN, Excerpt
from jiangxue.screening.rules.finding import Word
from jiangxue.screening.rules.word_file import LONGEST_CATEGORY, LONGEST_WORD

LONGEST_NOTE = 500


class WordList(models.Model):
    """A version of the list of sensitive words (敏感词库), as one file brought it; appended, never edited. The newest is in force.

    `source` is the file's name, `sha256` that of its bytes. `added`, `removed` and `moved` (to another category) are against the list before it.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"source", "sha256"})

    imported_at = models.DateTimeField()
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    word_count = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="screening_list_has_words", condition=models.Q(word_count__gt=0)),
            models.CheckConstraint(
                name="screening_list_changes_fit", condition=models.Q(added__lte=models.F("word_count"))
            ),
            models.CheckConstraint(
                name="screening_list_sha256_shape", condition=models.Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]


class ListedWord(models.Model):
    """A word of one list, its category in free text, and the `normalised` form in which it is looked for."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"word", "category", "normalised"})

    word_list = models.ForeignKey(WordList, on_delete=models.PROTECT, related_name="words")
    word = models.CharField(max_length=LONGEST_WORD)
    category = models.CharField(max_length=LONGEST_CATEGORY)
    normalised = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="screening_word_once_in_a_list", fields=("word_list", "normalised")),
            models.CheckConstraint(
                name="screening_word_is_whole",
                condition=~models.Q(word="") & ~models.Q(category="") & ~models.Q(normalised=""),
            ),
        ]

    @property
    def as_word(self) -> Word:
        """Return it as the rules take it."""
        return Word(self.word, self.category)


class Screening(models.Model):
    """One look at all texts of a place, by one list (筛查); appended, so that a place without hits is known to have been screened.

    A place is of a `place_kind` such as "course_version" and has an id of that kind, `place_ref`.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"place_kind", "place_ref"})

    place_kind = models.CharField(max_length=40)
    place_ref = models.CharField(max_length=64)
    word_list = models.ForeignKey(WordList, on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()
    text_count = models.PositiveIntegerField()
    hit_count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(name="screening_of_place", fields=("place_kind", "place_ref", "id"))]


class Hit(models.Model):
    """A listed word that was found at a place (命中), until and after a person has decided about it.

    `where` leads to the text within the place, `start` and `end` count signs of that text. The excerpt has the word at `excerpt_start`.
    `word_list` is the list that found it first; `screening` the last that found it: when a later one of the place did not, it is gone.
    """

    personal_data: ClassVar[PersonalData] = {
        "excerpt": Personal(Category.OPINION, "letting a person judge a sensitive word where it stands", Kept.SUBJECT),
        "note": Personal(Category.WORK, "saying why a person judged so", Kept.SUBJECT),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"place_kind", "place_ref", "where", "word", "category"})

    class Decision(models.TextChoices):
        """What a person said of a hit."""

        HARMLESS = "harmless"
        TO_CHANGE = "to_change"

    place_kind = models.CharField(max_length=40)
    place_ref = models.CharField(max_length=64)
    where = models.JSONField()
    word = models.CharField(max_length=LONGEST_WORD)
    category = models.CharField(max_length=LONGEST_CATEGORY)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    excerpt = models.CharField(max_length=LONGEST_EXCERPT)
    excerpt_start = models.PositiveSmallIntegerField()
    word_list = models.ForeignKey(WordList, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="hits")
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="screening_hit_once",
                fields=("place_kind", "place_ref", "where", "word", "category", "start", "excerpt"),
            ),
            models.CheckConstraint(name="screening_hit_has_length", condition=models.Q(end__gt=models.F("start"))),
            models.CheckConstraint(
                name="screening_hit_decided_whole",
                condition=models.Q(decision="", decided_by=None, decided_at=None, note="")
                | models.Q(decision__in=("harmless", "to_change"), decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="screening_hit_decided_after_found",
                condition=models.Q(decided_at=None) | models.Q(decided_at__gte=models.F("found_at")),
            ),
        ]

    @property
    def shown(self) -> Excerpt:
        """Return the excerpt with the word in its middle apart."""
        ends = self.excerpt_start + min(self.end - self.start, MOST_SHOWN)
        return Excerpt(self.excerpt[: self.excerpt_start], self.excerpt[self.excerpt_start : ends], self.excerpt[ends:])
