"""Tables of ratings and of what they were before they were changed."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData
from jiangxue.rating.rules.drafts import LONGEST_COMMENT, LONGEST_REASON, Standing

_IN_RANGE = models.Q(stars__gte=1, stars__lte=5)
_WORK = Personal(Category.WORK, "telling an author why a comment is not shown", Kept.TERM)
_OPINION = Personal(Category.OPINION, "what learners think of a course", Kept.TERM)


_STANDINGS = [(each.value, each.value) for each in Standing]


class CourseRating(models.Model):
    """What one learner thinks of the course of one class: stars that count always, and a comment that may be `held` or `hidden`.

    `serial` counts its versions from 1. `decided_by` is who last said what becomes of the comment, `reason` why it is hidden,
    `was_hidden` whether a comment of this rating ever was.
    """

    personal_data: ClassVar[PersonalData] = {
        "reason": _WORK,
        WHOLE_ROW: _OPINION,
    }

    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey("courseware.Course", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    serial = models.PositiveIntegerField(default=1)
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=10, choices=_STANDINGS)
    was_hidden = models.BooleanField(default=False)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    decided_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="rating_of_course", fields=("course", "-rated_at"), include=("stars",)),
            models.Index(name="rating_held", fields=("id",), condition=models.Q(standing="held")),
        ]
        constraints = [
            models.UniqueConstraint(name="rating_one_for_each_place", fields=("enrolment",)),
            models.CheckConstraint(name="rating_stars_in_range", condition=_IN_RANGE),
            models.CheckConstraint(
                name="rating_changed_after_given",
                condition=models.Q(serial=1, changed_at=None)
                | models.Q(serial__gt=1, changed_at__isnull=False, changed_at__gte=models.F("rated_at")),
            ),
            models.CheckConstraint(
                name="rating_without_comment_is_shown", condition=~models.Q(comment="") | models.Q(standing="shown")
            ),
            models.CheckConstraint(
                name="rating_hidden_has_reason",
                condition=models.Q(standing="hidden", reason__regex=r"\S", decided_by__isnull=False)
                | models.Q(standing__in=("shown", "held"), reason=""),
            ),
            models.CheckConstraint(
                name="rating_decided_whole",
                condition=models.Q(decided_by=None, decided_at=None)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]


class LecturerRating(models.Model):
    """The stars that a rating gives to one teacher of the course; none once the learner has taken them back."""

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _OPINION}

    rating = models.ForeignKey(CourseRating, on_delete=models.PROTECT, related_name="lecturers")
    lecturer = models.ForeignKey("courseware.CourseLecturer", on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rating_lecturer_once", fields=("rating", "lecturer")),
            models.CheckConstraint(name="rating_lecturer_stars_in_range", condition=models.Q(stars=None) | _IN_RANGE),
        ]


class RatingChange(models.Model):
    """What a rating was before a change, teachers' stars and what had become of its comment included; appended, never edited."""

    personal_data: ClassVar[PersonalData] = {
        "reason": _WORK,
        WHOLE_ROW: _OPINION,
    }

    rating = models.ForeignKey(CourseRating, on_delete=models.PROTECT, related_name="changes")
    serial = models.PositiveIntegerField()
    stars = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    lecturers = models.JSONField()
    standing = models.CharField(max_length=10, choices=_STANDINGS)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="rating_change_once", fields=("rating", "serial"))]
