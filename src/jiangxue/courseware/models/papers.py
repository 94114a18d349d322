"""The table of licences."""

from typing import ClassVar

from django.db import models

from jiangxue.courseware.models.course import Course
from jiangxue.courseware.models.uploads import Upload
from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData


class CourseLicence(models.Model):
    """The proof that imported resources are lawfully used (引进资源合法使用证明); `proof` is a file of the course, seen as pages."""

    personal_data: ClassVar[PersonalData] = {
        "holder": Personal(Category.IDENTITY, "proving that material of others may be used", Kept.SUBJECT)
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"title"})

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="licences")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    holder = models.CharField(max_length=120)
    valid_until = models.DateField(null=True)
    proof = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="licences")
