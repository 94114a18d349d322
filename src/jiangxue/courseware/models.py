"""Tables of courses, modules, lessons and packaged media."""

from typing import ClassVar

from django.db import models


class Course(models.Model):
    """A course of one institution."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class Module(models.Model):
    """A chapter (章) of a course's outline."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(name="courseware_module_position", fields=("course", "position"))]


class Media(models.Model):
    """A packaged film: a folder of HLS renditions, named by the hash of its manifest."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    folder = models.CharField(max_length=120, unique=True)
    length_ms = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="courseware_media_has_length", condition=models.Q(length_ms__gt=0))]


class Lesson(models.Model):
    """A lesson (课节): the unit that is watched."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    media = models.OneToOneField(Media, on_delete=models.PROTECT, related_name="lesson")

    class Meta:
        ordering = ("module__position", "position")
        constraints = [models.UniqueConstraint(name="courseware_lesson_position", fields=("module", "position"))]

    @property
    def length_ms(self) -> int:
        """Return the length of the lesson's film."""
        return self.media.length_ms
