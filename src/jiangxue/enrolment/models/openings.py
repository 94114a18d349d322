"""Tables of applications to open a class."""

from typing import ClassVar

from django.db import models

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedTextField
from jiangxue.enrolment.models.background import BACKGROUND, HasBackground
from jiangxue.enrolment.rules.openings import OpeningState, StepKind, Stop


class ClassOpening(models.Model):
    """An application to open a class (开班申请); `training_class` is what came of it, while `OPENING` perhaps without everybody yet.

    `draft` is what it says beside its columns, as one value; once handed in nothing of it changes. `roster_kept_at` is when somebody
    said last that its roster is still needed.
    """

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"name", "draft"})

    institution = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey("courseware.Course", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("courseware.CourseVersion", on_delete=models.PROTECT, null=True, related_name="+")
    head_teacher = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()
    draft = models.JSONField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in OpeningState])
    created_at = models.DateTimeField()
    roster_kept_at = models.DateTimeField(null=True)
    training_class = models.OneToOneField(
        "enrolment.TrainingClass", on_delete=models.PROTECT, null=True, related_name="opening"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_opening_closes_after_opening",
                condition=models.Q(closes_on__gte=models.F("opens_on")),
            ),
            models.CheckConstraint(
                name="enrolment_opening_opened_has_class",
                condition=models.Q(state=OpeningState.OPENED.value, training_class__isnull=False)
                | models.Q(state=OpeningState.OPENING.value)
                | ~models.Q(state__in=(OpeningState.OPENED.value, OpeningState.OPENING.value))
                & models.Q(training_class=None),
            ),
        ]


class RosterEntry(HasBackground):
    """One person on the roster (花名册) of an application: as the institution wrote them down, before they have a place."""

    personal_data: ClassVar[PersonalData] = {
        "name": Personal(Category.IDENTITY, "saying whom the institution wants to train", Kept.TERM),
        "id_number": Personal(
            Category.IDENTITY, "one person, one account", Kept.TERM, Protection.SEALED, is_sensitive=True
        ),
        "id_number_index": Personal(
            Category.IDENTITY, "finding the account of a number", Kept.TERM, Protection.KEYED_INDEX, is_sensitive=True
        ),
        "phone": Personal(Category.CONTACT, "reaching somebody who has no account yet", Kept.TERM, Protection.SEALED),
        **BACKGROUND,
    }

    opening = models.ForeignKey(ClassOpening, on_delete=models.PROTECT, related_name="roster")
    name = models.CharField(max_length=60)
    id_type = models.CharField(max_length=20, choices=[(each.value, each.value) for each in IdType])
    id_number = SealedTextField()
    id_number_index = models.BinaryField(max_length=16)
    phone = SealedTextField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="enrolment_roster_number_once", fields=("opening", "id_number_index"))
        ]


class OpeningStep(models.Model):
    """What happened to an application, by whom and with which words (经办记录); appended, never edited.

    What was handed in stands in `application`, whole, and is known by its `sha256`; so does the decision about it.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "proving who applied for a class and who approved it", Kept.SUBJECT)
    }

    opening = models.ForeignKey(ClassOpening, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in StepKind])
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    words = models.CharField(max_length=500, blank=True)
    approval_no = models.CharField(max_length=60, blank=True)
    application = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(name="enrolment_steps_of_opening", fields=("opening", "id"))]
        constraints = [
            models.CheckConstraint(
                name="enrolment_step_handed_in_whole",
                condition=models.Q(kind="submitted", application__isnull=False, sha256__regex=r"^[0-9a-f]{64}$")
                | ~models.Q(kind="submitted") & models.Q(application__isnull=True),
            ),
            models.CheckConstraint(
                name="enrolment_step_returned_with_words", condition=~models.Q(kind="returned", words="")
            ),
            models.CheckConstraint(
                name="enrolment_step_approved_with_number", condition=~models.Q(kind="approved", approval_no="")
            ),
            models.UniqueConstraint(
                name="enrolment_step_opened_once", fields=("opening",), condition=models.Q(kind="opened")
            ),
        ]


class OpeningRun(models.Model):
    """That the worker opens the class of an application, for whom, and how far it has come (开班进度).

    `reached` is the last row of the roster that was dealt with, `done` how many were. Rows in `left_out` have no place: their people were
    registered otherwise meanwhile; those in `unreachable` have one, and an account without a mobile number. `stop` says why it stands still.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "saying who opens a class, and telling them when it is open", Kept.SUBJECT)
    }

    opening = models.OneToOneField(ClassOpening, on_delete=models.PROTECT, primary_key=True, related_name="run")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    left_out = models.JSONField(default=list)
    unreachable = models.JSONField(default=list)
    stop = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Stop])

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enrolment_opening_run_within_roster", condition=models.Q(done__lte=models.F("people"))
            )
        ]
