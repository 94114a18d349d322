"""Tables of occupations, of their imports, and of what is about to be imported."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.djangokit.personal import PersonalData
from jiangxue.occupations.rules.codes import CODE_SHAPE
from jiangxue.occupations.rules.levels import Level
from jiangxue.occupations.rules.table import LONGEST_NAME, LONGEST_OF_STANDARD, OccupationRow

_LEVELS = [level.value for level in Level]
_LEVEL = models.CharField(max_length=10, choices=[(value, value) for value in _LEVELS])


class Occupation(models.Model):
    """An occupation (职业) by its code; `retired_at` says since when no table has it: courses may still refer to it."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset(
        {"code", "name", "levels", "standard_name", "standard_code", "standard_edition"}
    )

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=LONGEST_NAME)
    levels = ArrayField(_LEVEL, default=list, blank=True)
    is_practical = models.BooleanField()
    standard_name = models.CharField(max_length=LONGEST_OF_STANDARD, blank=True)
    standard_code = models.CharField(max_length=LONGEST_OF_STANDARD, blank=True)
    standard_edition = models.CharField(max_length=LONGEST_OF_STANDARD, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="occupations_code_shape", condition=models.Q(code__regex=CODE_SHAPE)),
            models.CheckConstraint(name="occupations_name_given", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="occupations_levels_known", condition=models.Q(levels__contained_by=sorted(_LEVELS))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, row: OccupationRow) -> "Occupation":
        """Return an occupation in use as a table has it, unsaved."""
        return cls(
            code=row.code,
            name=row.name,
            levels=[level.value for level in row.levels],
            is_practical=row.is_practical,
            standard_name=row.standard_name,
            standard_code=row.standard_code,
            standard_edition=row.standard_edition,
        )

    @property
    def row(self) -> OccupationRow:
        """Return the occupation as a table has it."""
        levels = tuple(Level(value) for value in self.levels)
        standard = (self.standard_name, self.standard_code, self.standard_edition)
        return OccupationRow(self.code, self.name, levels, self.is_practical, *standard)


class OccupationTable(models.Model):
    """One import (职业目录): when, by whom, from which file, and how many occupations it held."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"source", "sha256"})

    imported_at = models.DateTimeField()
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="occupations_table_sha256_shape", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="occupations_table_not_empty", condition=models.Q(count__gt=0)),
        ]


class TableDraft(models.Model):
    """A file that was found fit and waits for its administrator to look at what it changes; another one takes its place."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"source", "content"})

    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)
    content = models.BinaryField()
    drafted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="occupations_one_draft_a_person", fields=("author",))]
