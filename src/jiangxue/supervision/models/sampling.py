"""Tables of samples: each draw with the population that it was made from, whom it drew, and what was said of them. All of them append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData
from jiangxue.supervision.rules.sampling import MOST_DAYS, MOST_DRAWN, SampleWord

_LOOKED_AT = Personal(Category.ACTIVITY, "showing whom the authority looked at, and what it said", Kept.TERM)


class Draw(models.Model):
    """A sample that a supervisor drew (抽查), by a seed that somebody named. Append-only, so that nobody draws until a friend is left out unseen. Clause C5.

    `population` is every archive that could have been drawn, 16 bytes each, and `digest` the hash of its list; without `institution` and
    `training_class` the scope is all of `scope_region`. `region` is that of the authority.
    """

    personal_data: ClassVar[PersonalData] = {
        "named_by": Personal(Category.WORK, "saying who named the seed of a sample", Kept.SUBJECT),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"region", "scope_region", "seed", "population", "digest"})

    id = models.UUIDField(primary_key=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=6)
    at = models.DateTimeField()
    scope_region = models.CharField(max_length=6)
    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    training_class = models.ForeignKey("enrolment.TrainingClass", on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40)
    named_by = models.CharField(max_length=60)
    population = models.BinaryField()
    population_size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(name="supervision_draw_by_region", fields=("region", "-at"))]
        constraints = [
            models.CheckConstraint(
                name="supervision_draw_days_in_order", condition=models.Q(last_day__gte=models.F("first_day"))
            ),
            models.CheckConstraint(
                name="supervision_draw_size_bounded", condition=models.Q(size__gte=1, size__lte=MOST_DRAWN)
            ),
            models.CheckConstraint(
                name="supervision_draw_seed_named", condition=~models.Q(seed="") & ~models.Q(named_by="")
            ),
            models.CheckConstraint(
                name="supervision_draw_within_its_region",
                condition=models.Q(scope_region__startswith=models.F("region")),
            ),
        ]

    @property
    def days(self) -> int:
        """Return by how many days it was drawn, at most `MOST_DAYS`."""
        return min(MOST_DAYS, (self.last_day - self.first_day).days + 1)


class Drawn(models.Model):
    """One learner of a sample, by their place in a class, in the order of the seed. Append-only."""

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _LOOKED_AT}

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    ordinal = models.PositiveSmallIntegerField()
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_drawn_in_order", fields=("draw", "ordinal")),
            models.UniqueConstraint(name="supervision_drawn_once", fields=("draw", "enrolment")),
        ]


class DrawnWord(models.Model):
    """What a supervisor said of one learner of a sample; the last word counts, the earlier ones stay. Append-only."""

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _LOOKED_AT}

    drawn = models.ForeignKey(Drawn, on_delete=models.PROTECT, related_name="words")
    ordinal = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_drawn_word_once", fields=("drawn", "ordinal")),
            models.CheckConstraint(
                name="supervision_drawn_word_known",
                condition=models.Q(word__in=[word.value for word in SampleWord]),
            ),
        ]
