"""Tables of faces: templates, the pictures they were made from, which of them are alike and what staff said of them, attempts to show a face, and the pictures of checks."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField
from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose

_FACE = Personal(
    Category.IDENTITY, "confirming that the learner is who they say", Kept.SUBJECT, Protection.SEALED, is_sensitive=True
)
_LIKENESS = Personal(
    Category.IDENTITY, "finding pictures that were made from the enrolled ones", Kept.SUBJECT, is_sensitive=True
)
_ALIKE = Personal(Category.IDENTITY, "finding one face under several accounts", Kept.SUBJECT, is_sensitive=True)
_RECORD = Personal(Category.ACTIVITY, "the record of face checks that the training rules demand", Kept.TERM)


class FaceAttempt(models.Model):
    """One attempt to show a face (尝试), from its ticket to its outcome: to enrol, to answer a check, or to try a device. Clauses T3.1-T3.3, T4.

    `check_id` and `archive` are the check that it answers and the archive it is evidence for, both only names here; `bound` says what
    else its ticket was given for: session, lesson, position in ms, and whether colours are left out. `thresholds`, `script`, `facts`, `camera` and `models_used` are what it was
    judged by, what was asked, what was measured, what the page claimed of its camera, and hashes of the models. `was_challenged` says
    that something unforeseen had been shown: only then a broken attempt counts as one. `frame_marks` are the first eight bytes of each frame's SHA-256.
    """

    personal_data: ClassVar[PersonalData] = {
        "camera": Personal(Category.DEVICE, "telling cameras from software that pretends to be one", Kept.TERM),
        "device": Personal(Category.DEVICE, "asking for a face again on another device", Kept.TERM),
        "address": Personal(Category.DEVICE, "showing who may have stood in for another", Kept.TERM),
        WHOLE_ROW: _RECORD,
    }

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10)
    check_id = models.UUIDField(null=True)
    archive = models.UUIDField(null=True)
    bound = models.JSONField(default=dict)
    form = models.CharField(max_length=10)
    ordinal = models.PositiveSmallIntegerField(default=1)
    thresholds = models.JSONField()
    ticket_digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    was_challenged = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    codes = ArrayField(models.CharField(max_length=30), default=list)
    script = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    camera = models.JSONField(default=dict)
    models_used = models.JSONField(default=dict)
    frame_marks = models.BinaryField(default=b"")
    device = models.CharField(max_length=120, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(name="facecheck_attempt_by_account", fields=("account", "-issued_at")),
            models.Index(
                name="facecheck_attempt_by_archive",
                fields=("archive", "issued_at"),
                condition=~models.Q(archive=None),
            ),
            models.Index(name="facecheck_attempt_by_check", fields=("check_id",), condition=~models.Q(check_id=None)),
            models.Index(
                name="facecheck_attempt_enrolled",
                fields=("account", "-issued_at"),
                condition=models.Q(purpose=Purpose.ENROL.value, outcome=AttemptOutcome.PASSED.value),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="facecheck_attempt_one_open", fields=("account",), condition=models.Q(outcome="")
            ),
            models.CheckConstraint(
                name="facecheck_attempt_purpose_known",
                condition=models.Q(purpose=Purpose.CHECK.value, check_id__isnull=False, archive__isnull=False)
                | models.Q(
                    purpose__in=(Purpose.ENROL.value, Purpose.TRIAL.value), check_id__isnull=True, archive__isnull=True
                ),
            ),
            models.CheckConstraint(
                name="facecheck_attempt_form_known", condition=models.Q(form__in=[form.value for form in Form])
            ),
            models.CheckConstraint(
                name="facecheck_attempt_outcome_known",
                condition=models.Q(outcome="", finished_at=None)
                | (models.Q(outcome__in=[each.value for each in AttemptOutcome]) & ~models.Q(finished_at=None)),
            ),
            models.CheckConstraint(
                name="facecheck_attempt_in_order",
                condition=models.Q(expires_at__gt=models.F("issued_at"))
                & (models.Q(claimed_at=None) | models.Q(claimed_at__gte=models.F("issued_at")))
                & (models.Q(finished_at=None) | models.Q(finished_at__gte=models.F("issued_at"))),
            ),
        ]


class FacePicture(models.Model):
    """A picture of a check (抽检照片): made small, sealed, kept as long as the archive; the application cannot change it. Clause T3.3."""

    personal_data: ClassVar[PersonalData] = {
        "sealed": Personal(
            Category.IDENTITY,
            "showing later who was there, and that who enrols anew is the same",
            Kept.TERM,
            Protection.SEALED,
            is_sensitive=True,
        ),
        WHOLE_ROW: _RECORD,
    }

    id = models.UUIDField(primary_key=True)
    attempt = models.ForeignKey(FaceAttempt, on_delete=models.PROTECT, related_name="pictures")
    ordinal = models.PositiveSmallIntegerField()
    at_ms = models.PositiveIntegerField()
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="facecheck_picture_once", fields=("attempt", "ordinal"))]


class FaceTemplate(models.Model):
    """The stored vector of one person's face (人脸特征): the mean of three embeddings, sealed. It goes with the consent, and with the settlement of the last class.

    `model_sha256` names the model that made it: another model cannot be compared with it. `likenesses` are what near-duplicates of the
    enrolled pictures share.
    """

    personal_data: ClassVar[PersonalData] = {"sealed": _FACE, "likenesses": _LIKENESS, WHOLE_ROW: _RECORD}

    account = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, primary_key=True, related_name="+")
    attempt = models.OneToOneField(FaceAttempt, on_delete=models.PROTECT, related_name="+")
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)
    model_sha256 = models.CharField(max_length=64)
    likenesses = ArrayField(models.BigIntegerField(), default=list)
    enrolled_at = models.DateTimeField()


class EnrolledPicture(models.Model):
    """A picture from which a template was made: sealed, shown to reviewers alone, and gone with the template."""

    personal_data: ClassVar[PersonalData] = {"sealed": _FACE, WHOLE_ROW: _RECORD}

    id = models.UUIDField(primary_key=True)
    template = models.ForeignKey(FaceTemplate, on_delete=models.CASCADE, related_name="pictures")
    ordinal = models.PositiveSmallIntegerField()
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="facecheck_enrolled_picture_once", fields=("template", "ordinal"))]


class FaceComparison(models.Model):
    """That a template was compared with the `others` that were stored, once after its enrolment (比对登记人脸). It goes with the template."""

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _ALIKE}

    template = models.OneToOneField(
        FaceTemplate, on_delete=models.DO_NOTHING, primary_key=True, related_name="compared"
    )
    others = models.PositiveIntegerField()
    compared_at = models.DateTimeField()


class AlikeFaces(models.Model):
    """Two templates that lie so close that one person may have enrolled under both accounts (人脸相似): a fact for people to look at. It goes with either template.

    `permille` is their cosine in thousandths, `least_permille` from where on it is kept, `model_sha256` the model that made both.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _ALIKE}

    id = models.UUIDField(primary_key=True)
    one = models.ForeignKey(FaceTemplate, on_delete=models.DO_NOTHING, related_name="+")
    other = models.ForeignKey(FaceTemplate, on_delete=models.DO_NOTHING, related_name="+")
    permille = models.PositiveSmallIntegerField()
    least_permille = models.PositiveSmallIntegerField()
    model_sha256 = models.CharField(max_length=64)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="facecheck_alike_once", fields=("one", "other")),
            models.CheckConstraint(name="facecheck_alike_in_order", condition=models.Q(one__lt=models.F("other"))),
            models.CheckConstraint(
                name="facecheck_alike_enough", condition=models.Q(permille__gte=models.F("least_permille"))
            ),
        ]


class FaceAllowance(models.Model):
    """What staff have arranged for somebody's face checks (照顾安排): no colours that change, more time for each action. The last row counts; one with neither takes it back. Append-only.

    Why it was arranged is no business of this table: it may tell of an illness. It stands in the audit and in the archives.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(
            Category.IDENTITY, "asking nobody at a face check for what they cannot do", Kept.TERM, is_sensitive=True
        )
    }

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    without_flash = models.BooleanField()
    more_time = models.BooleanField()
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="facecheck_allowance_once", fields=("account", "ordinal")),
            models.CheckConstraint(
                name="facecheck_allowance_not_ones_own", condition=~models.Q(by=models.F("account"))
            ),
        ]


class DocumentComparison(models.Model):
    """What staff said who held an enrolment against the identity document (登记核对), once for each; `attempt` is the enrolment, and stays when the template goes. Append-only."""

    personal_data: ClassVar[PersonalData] = {
        "text": Personal(Category.WORK, "saying why an enrolled face is not that of the document", Kept.TERM),
        WHOLE_ROW: Personal(
            Category.IDENTITY, "confirming that the enrolled face is that of the identity document", Kept.TERM
        ),
    }

    attempt = models.OneToOneField(
        FaceAttempt, on_delete=models.PROTECT, primary_key=True, related_name="document_comparison"
    )
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12)
    how = models.CharField(max_length=12)
    text = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="facecheck_document_comparison_known",
                condition=models.Q(
                    outcome__in=[each.value for each in Comparison], how__in=[each.value for each in DocumentSeen]
                ),
            ),
            models.CheckConstraint(
                name="facecheck_document_comparison_has_words",
                condition=models.Q(outcome=Comparison.MATCHES.value) | ~models.Q(text=""),
            ),
            models.CheckConstraint(
                name="facecheck_document_comparison_not_ones_own", condition=~models.Q(by=models.F("account"))
            ),
        ]
