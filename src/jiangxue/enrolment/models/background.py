"""What an institution tells of a learner beside who they are."""

from django.db import models

from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData
from jiangxue.enrolment.rules.background import Education

_WHY = "statistics by group that the authority asks for, and who pays"
BACKGROUND: PersonalData = {
    "group": Personal(Category.IDENTITY, _WHY, Kept.TERM),
    "education": Personal(Category.IDENTITY, _WHY, Kept.TERM),
    "domicile": Personal(Category.IDENTITY, _WHY, Kept.TERM),
    "employer": Personal(Category.WORK, _WHY, Kept.TERM),
    "employer_uscc": Personal(Category.WORK, _WHY, Kept.TERM),
}


class HasBackground(models.Model):
    """The facts of a roster: one of the groups for whom training may be free (重点群体), education, region of domicile, and employer."""

    group = models.CharField(max_length=30, blank=True, choices=[(each.value, each.value) for each in PriorityGroup])
    education = models.CharField(max_length=30, blank=True, choices=[(each.value, each.value) for each in Education])
    domicile = models.CharField(max_length=6, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    employer_uscc = models.CharField(max_length=18, blank=True)

    class Meta:
        abstract = True
