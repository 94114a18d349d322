"""The table of courseware."""

from typing import ClassVar

from django.db import models

from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.djangokit.personal import PersonalData


class Media(models.Model):
    """Courseware (课件) that is ready to be learned: a folder of the courseware storage, whole, named once; only captions are added to it.

    A film (video or audio) is a folder of HLS renditions, locked by keys that are derived from `key_name`. A document is a folder of
    pages; `page_sizes` are `[width, height]` in pixels, in order. `report` is its quality report, empty until it is measured.
    `captions` is the name of the file of captions that its editors see now: each has a name of its own, so that what a class is shown
    does not change under it. `captions_sha256` is empty for captions that came before it was kept.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset(
        {"folder", "key_name", "page_sizes", "captions", "captions_sha256", "sha256", "source_sha256", "report"}
    )

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in LessonKind], default="video")
    folder = models.CharField(max_length=120, unique=True)
    key_name = models.CharField(max_length=32, blank=True)
    length_ms = models.PositiveIntegerField(default=0)
    page_sizes = models.JSONField(default=list)
    captions = models.CharField(max_length=40, blank=True)
    captions_sha256 = models.CharField(max_length=64, blank=True)
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
    def has_captions(self) -> bool:
        """Say whether there are captions."""
        return bool(self.captions)

    @property
    def pages(self) -> int:
        """Return how many pages a document has; a film has none."""
        return len(self.page_sizes)

    @property
    def extent(self) -> Extent:
        """Return how much there is to learn in it."""
        return Extent(LessonKind(self.kind), self.length_ms, self.pages)
