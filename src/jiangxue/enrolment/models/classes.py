"""Tables of training classes, what is planned in them, and places in them."""

from typing import ClassVar

from django.db import models

from jiangxue.courseware.rules.content import Mode
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData
from jiangxue.enrolment.models.background import HasBackground
from jiangxue.enrolment.rules.plan import PlanStep
from jiangxue.enrolment.rules.term import Term, term_of


class TrainingClass(models.Model):
    """A class (班级): one course taught to a roster between two dates, by the version that it began with."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"code", "name"})

    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey("courseware.Course", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, related_name="+")
    head_teacher = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_class_closes_after_opening",
                condition=models.Q(closes_on__gte=models.F("opens_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def term(self) -> Term:
        """Return the stretch of time in which the class earns."""
        return term_of(self.opens_on, self.closes_on, self.closed_at)


class ClassTeacher(models.Model):
    """A teacher of a class beside its head teacher."""

    personal_data: ClassVar[PersonalData] = {}

    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="teachers")
    teacher = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="enrolment_teacher_once", fields=("training_class", "teacher"))]


class PlanItem(models.Model):
    """A lesson of a class that is held live (直播) or practised (实操), beside what is learned online; hours in hundredths of a 学时.

    It changes only before it begins; what it was stays in its changes.
    """

    personal_data: ClassVar[PersonalData] = {
        "teacher": Personal(Category.WORK, "saying who teaches it", Kept.SUBJECT),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"title", "place"})

    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="plan")
    mode = models.CharField(max_length=10, choices=[(mode.value, mode.value) for mode in (Mode.LIVE, Mode.PRACTICE)])
    title = models.CharField(max_length=120)
    hours = models.PositiveIntegerField()
    place = models.CharField(max_length=200, blank=True)
    teacher = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_plan_item_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="enrolment_plan_item_mode_known", condition=models.Q(mode__in=("live", "practice"))
            ),
        ]


class PlanChange(models.Model):
    """That an item of a plan was added, changed or cancelled by staff, why, and what it is since then. Append-only."""

    personal_data: ClassVar[PersonalData] = {
        "reason": Personal(Category.WORK, "saying why a lesson was moved or cancelled", Kept.SUBJECT),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"role", "values"})

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="changes")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in PlanStep])
    values = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="enrolment_plan_change_once", fields=("item", "ordinal")),
            models.CheckConstraint(
                name="enrolment_plan_change_has_reason",
                condition=models.Q(kind=PlanStep.ADDED.value) | ~models.Q(reason=""),
            ),
        ]


class Enrolment(HasBackground):
    """A learner's place in a class; `aid` is the random name of the archive it fills.

    From `erased_at` on, the ledger says that the archive is erased: nothing more is written into it.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "the record of learning that the training rules demand", Kept.TERM)
    }

    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="enrolments")
    learner = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    aid = models.UUIDField(unique=True)
    enrolled_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="enrolment_learner_once", fields=("training_class", "learner"))]
