"""The table of uploads."""

from typing import ClassVar

from django.db import models

from jiangxue.courseware.models.course import Course
from jiangxue.courseware.models.media import Media
from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData


class Upload(models.Model):
    """A file that an editor sends for a course, from its first byte until it is courseware or refused.

    `state`: `receiving` until all `size` bytes are there, `waiting` for a worker, `working`, then `ready`, `refused` (the file's fault,
    `fault` is a `FileFault`) or `failed` (ours; it can be tried again). `worked_at` is a worker's sign of life: another one takes over
    where it is missing, and the `attempt` number keeps the first from writing any more. `done_permille` is how far the work has come.
    """

    personal_data: ClassVar[PersonalData] = {
        "name": Personal(Category.WORK, "finding a file again by the name that its author gave it", Kept.SUBJECT)
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"kind", "fault", "detail"})

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

    @property
    def can_be_dropped(self) -> bool:
        """Say whether it came to nothing that anything could name: it has not come whole, or was refused."""
        return self.state in (self.State.RECEIVING, self.State.REFUSED)
