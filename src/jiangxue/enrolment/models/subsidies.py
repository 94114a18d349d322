"""The table of imported conditions of subsidy."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import PersonalData
from jiangxue.enrolment.rules.subsidies import SubsidyRow
from jiangxue.enrolment.rules.subsidy_table import from_values


class SubsidyTable(models.Model):
    """One version of the conditions of subsidy (补贴条件表), in force from a day until the next one is; appended, never edited."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"source", "sha256", "rows"})

    valid_from = models.DateField()
    imported_at = models.DateTimeField()
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="enrolment_subsidy_table_one_a_day", fields=("valid_from",)),
            models.CheckConstraint(
                name="enrolment_subsidy_table_sha256_shape", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    @property
    def lines(self) -> tuple[SubsidyRow, ...]:
        """Return its lines."""
        return from_values(self.rows)
