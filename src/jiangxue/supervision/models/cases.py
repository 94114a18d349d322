"""Tables of cases: what is to be cleared up, every step that follows, and the pictures of explanations. All of them append-only."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField
from jiangxue.supervision.rules.cases import Reason, Source

_RECORD = Personal(Category.ACTIVITY, "clearing up whether hours of training are recognised", Kept.TERM)
_WORK = Personal(Category.WORK, "saying why hours are looked at, and how that was decided", Kept.TERM)
_SAID = Personal(Category.OPINION, "hearing whom a case concerns", Kept.TERM)
_NO_TEXT = models.Q(text="")


class Case(models.Model):
    """A case (核查单) about a learner's place in a class, with the freeze of hours that it brought. Append-only. Clauses M6, C5.

    Its state is that of its last steps. `region` is that of the supervisor who opened it; `source` and `source_ref` say from which
    page, and what was seen there. `serial` stands on its papers.
    """

    personal_data: ClassVar[PersonalData] = {"grounds": _WORK, "question": _WORK, WHOLE_ROW: _RECORD}

    freeze = models.OneToOneField("archive.Freeze", on_delete=models.PROTECT, primary_key=True, related_name="+")
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveBigIntegerField()
    region = models.CharField(max_length=6)
    reason = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Reason])
    source = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Source])
    source_ref = models.CharField(max_length=80, blank=True)
    grounds = models.CharField(max_length=1000)
    question = models.CharField(max_length=1000)
    opened_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answer_by = models.DateField()
    due_on = models.DateField()

    class Meta:
        indexes = [models.Index(name="supervision_case_by_place", fields=("enrolment", "-opened_at"))]
        constraints = [
            models.UniqueConstraint(name="supervision_case_serial_once", fields=("serial",)),
            models.CheckConstraint(
                name="supervision_case_says_why", condition=~models.Q(grounds="") & ~models.Q(question="")
            ),
            models.CheckConstraint(
                name="supervision_case_due_after_answer", condition=models.Q(due_on__gte=models.F("answer_by"))
            ),
        ]


class CaseStep(models.Model):
    """What somebody did with a case, in order: explained, asked on, proposed, sent back, decided; or that its freeze has run out, which nobody did. Append-only.

    A proposal and a decision name their result and the days of which hours are not recognised. Who decides, or sends back, is not who
    proposed.
    """

    personal_data: ClassVar[PersonalData] = {"text": _SAID, WHOLE_ROW: _RECORD}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    text = models.CharField(max_length=1000, blank=True)
    result = models.CharField(max_length=12, blank=True)
    days = ArrayField(models.DateField(), default=list)
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_case_step_once", fields=("case", "ordinal")),
            models.UniqueConstraint(
                name="supervision_case_ends_once",
                fields=("case", "kind"),
                condition=models.Q(kind__in=("decided", "lapsed")),
            ),
            models.CheckConstraint(
                name="supervision_case_step_shape",
                condition=models.Q(kind="lapsed", by=None, text="", result="", proposed_by=None)
                | models.Q(kind__in=("explained", "asked"), by__isnull=False, result="", proposed_by=None)
                | models.Q(kind="proposed", by__isnull=False, proposed_by=None, result__in=("stands", "withheld"))
                | models.Q(kind="sent_back", by__isnull=False, proposed_by__isnull=False, result="")
                | models.Q(
                    kind="decided", by__isnull=False, proposed_by__isnull=False, result__in=("stands", "withheld")
                ),
            ),
            models.CheckConstraint(
                name="supervision_case_withholds_days",
                condition=models.Q(result="withheld", days__len__gt=0)
                | (~models.Q(result="withheld") & models.Q(days=[])),
            ),
            models.CheckConstraint(
                name="supervision_case_two_persons",
                condition=models.Q(proposed_by__isnull=True) | ~models.Q(by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="supervision_case_step_has_words",
                condition=models.Q(kind__in=("decided", "lapsed")) | ~_NO_TEXT,
            ),
        ]


class CasePicture(models.Model):
    """A picture that came with an explanation, written anew by us and sealed; never the bytes that were sent. The application cannot change it."""

    personal_data: ClassVar[PersonalData] = {
        "sealed": Personal(
            Category.OPINION, "hearing whom a case concerns", Kept.TERM, Protection.SEALED, is_sensitive=True
        ),
        WHOLE_ROW: _RECORD,
    }

    id = models.UUIDField(primary_key=True)
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="pictures")
    ordinal = models.PositiveSmallIntegerField()
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_case_picture_once", fields=("step", "ordinal")),
        ]
