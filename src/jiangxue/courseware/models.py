"""Tables of courses, modules, lessons, courseware, uploads and the questions of check-ins."""

from itertools import combinations
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.questions import LONGEST_OPTION, LONGEST_TEXT, MOST_OPTIONS


def _all_differ(options: str) -> models.Q:
    """Return the condition that no two options are the same; places beyond the last option are null, and null equals nothing."""
    condition = models.Q()
    for one, other in combinations(range(MOST_OPTIONS), 2):
        condition &= ~models.Q(**{f"{options}__{one}": models.F(f"{options}__{other}")})
    return condition


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
    """Courseware (课件) that is ready to be learned: a folder of the courseware storage, whole, named once; only captions are added to it.

    A film (video or audio) is a folder of HLS renditions, locked by keys that are derived from `key_name`. A document is a folder of
    pages; `page_sizes` are `[width, height]` in pixels, in order. `report` is its quality report, empty until it is measured.
    """

    personal_data: ClassVar[frozenset[str]] = frozenset()

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in LessonKind], default="video")
    folder = models.CharField(max_length=120, unique=True)
    key_name = models.CharField(max_length=32, blank=True)
    length_ms = models.PositiveIntegerField(default=0)
    page_sizes = models.JSONField(default=list)
    has_captions = models.BooleanField(default=False)
    has_poster = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="courseware_media_has_length_or_pages",
                condition=models.Q(kind=LessonKind.DOCUMENT.value, length_ms=0, key_name="") & ~models.Q(page_sizes=[])
                | ~models.Q(kind=LessonKind.DOCUMENT.value) & models.Q(length_ms__gt=0, page_sizes=[]),
            )
        ]

    @property
    def pages(self) -> int:
        """Return how many pages a document has; a film has none."""
        return len(self.page_sizes)

    @property
    def extent(self) -> Extent:
        """Return how much there is to learn in it."""
        return Extent(LessonKind(self.kind), self.length_ms, self.pages)


class Lesson(models.Model):
    """A lesson (课节): the unit that is learned."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    media = models.OneToOneField(Media, on_delete=models.PROTECT, related_name="lesson")

    class Meta:
        ordering = ("module__position", "position")
        constraints = [models.UniqueConstraint(name="courseware_lesson_position", fields=("module", "position"))]


class Upload(models.Model):
    """A file that an editor sends for a course, from its first byte until it is courseware or refused.

    `state`: `receiving` until all `size` bytes are there, `waiting` for a worker, `working`, then `ready`, `refused` (the file's fault,
    `fault` is a `FileFault`) or `failed` (ours; it can be tried again). `worked_at` is a worker's sign of life: another one takes over
    where it is missing, and the `attempt` number keeps the first from writing any more. `done_permille` is how far the work has come.
    """

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class State(models.TextChoices):
        """Where an upload stands."""

        RECEIVING = "receiving"
        WAITING = "waiting"
        WORKING = "working"
        READY = "ready"
        REFUSED = "refused"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="uploads")
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    kind = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVING)
    fault = models.CharField(max_length=30, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    done_permille = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    media = models.OneToOneField(Media, on_delete=models.PROTECT, null=True, related_name="upload")

    class Meta:
        indexes = [
            models.Index(
                name="courseware_upload_in_work",
                fields=("worked_at",),
                condition=models.Q(state__in=("waiting", "working")),
            )
        ]
        constraints = [
            models.CheckConstraint(name="courseware_upload_size", condition=models.Q(received__lte=models.F("size"))),
            models.CheckConstraint(
                name="courseware_upload_ready_has_media",
                condition=models.Q(state="ready", media__isnull=False)
                | ~models.Q(state="ready") & models.Q(media=None),
            ),
            models.CheckConstraint(
                name="courseware_upload_refused_has_fault",
                condition=models.Q(state="refused") & ~models.Q(fault="")
                | ~models.Q(state="refused") & models.Q(fault=""),
            ),
            models.CheckConstraint(
                name="courseware_upload_ended_has_time",
                condition=models.Q(state__in=("ready", "refused", "failed"), finished_at__isnull=False)
                | ~models.Q(state__in=("ready", "refused", "failed")) & models.Q(finished_at=None),
            ),
        ]

    @property
    def can_be_tried_again(self) -> bool:
        """Say whether the work on it has failed, and what was sent of it is still there."""
        return self.state == self.State.FAILED and self.received == self.size > 0


class CourseQuestion(models.Model):
    """A question (课程问题) about a lesson that a check-in may ask. What was asked is evidence: it is retired, never edited."""

    personal_data: ClassVar[frozenset[str]] = frozenset()

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=LONGEST_TEXT)
    options = ArrayField(models.CharField(max_length=LONGEST_OPTION))
    right_index = models.PositiveSmallIntegerField()
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="courseware_question_has_text", condition=models.Q(text__regex=r"\S")),
            models.CheckConstraint(
                name="courseware_question_options_number",
                condition=models.Q(options__len__gte=2, options__len__lte=5),
            ),
            models.CheckConstraint(
                name="courseware_question_options_have_text", condition=~models.Q(options__contains=[""])
            ),
            models.CheckConstraint(name="courseware_question_options_differ", condition=_all_differ("options")),
            models.CheckConstraint(
                name="courseware_question_right_one_is_an_option",
                condition=models.Q(right_index__lt=models.F("options__len")),
            ),
            models.CheckConstraint(
                name="courseware_question_retired_after_creation",
                condition=models.Q(retired_at=None) | models.Q(retired_at__gte=models.F("created_at")),
            ),
        ]
