"""Tables of proofs of hours: what each says under its code, and that one was withdrawn. Both append-only."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData

_PROVED = Personal(Category.ACTIVITY, "verifying a printed proof of hours", Kept.TERM)


class HoursProof(models.Model):
    """A proof of a learner's hours in a class (学时证明), as it was printed. Append-only. Clauses T1.3, C5.

    `code` is random, and what the public page is asked by; `says` is what was proved, `digest` its hash: the same facts keep their code. The last proof of a place counts.
    """

    personal_data: ClassVar[PersonalData] = {WHOLE_ROW: _PROVED}

    code = models.CharField(max_length=16, primary_key=True)
    enrolment = models.ForeignKey("enrolment.Enrolment", on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    says = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supervision_hours_proof_in_order", fields=("enrolment", "ordinal")),
            models.CheckConstraint(
                name="supervision_hours_proof_code_shape",
                condition=models.Q(code__regex=r"^[0-9A-HJKMNP-TV-Z]{16}$"),
            ),
        ]


class WithdrawnProof(models.Model):
    """That a proof holds no longer, and why. Append-only."""

    personal_data: ClassVar[PersonalData] = {
        "reason": Personal(Category.WORK, "saying why a proof of hours was withdrawn", Kept.TERM),
        WHOLE_ROW: _PROVED,
    }

    proof = models.OneToOneField(HoursProof, on_delete=models.PROTECT, primary_key=True, related_name="withdrawn")
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(name="supervision_proof_withdrawn_with_reason", condition=~models.Q(reason="")),
        ]
