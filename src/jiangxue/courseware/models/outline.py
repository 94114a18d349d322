"""The tables of a course's outline, as its editors have it now; what is taught is a version's."""

from typing import ClassVar

from django.db import models

from jiangxue.courseware.models.course import Course
from jiangxue.courseware.models.media import Media
from jiangxue.djangokit.personal import PersonalData


class Module(models.Model):
    """A chapter (章) of a course's outline."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"title"})

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                name="courseware_module_position",
                fields=("course", "position"),
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class Lesson(models.Model):
    """A lesson (课节): the unit that is learned. Its courseware is never exchanged: other courseware makes another lesson of it.

    `module` and `draft_title` are what the editors have now; a lesson that they have taken out has no module, and is taught where a
    version holds it. `title` is what it was last published as, by which records know it.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"title", "draft_title"})

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="all_lessons")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    draft_title = models.CharField(max_length=120)
    media = models.OneToOneField(Media, on_delete=models.PROTECT, related_name="lesson")

    class Meta:
        ordering = ("module__position", "position")
        constraints = [
            models.UniqueConstraint(
                name="courseware_lesson_position",
                fields=("module", "position"),
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class LessonKnowledge(models.Model):
    """A knowledge point (知识点) of a lesson, and the work content (工作内容) of the standard that it serves."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"text", "work_content"})

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="knowledge")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    work_content = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("position",)
