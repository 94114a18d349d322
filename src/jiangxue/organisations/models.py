"""Tables of organisations and regions."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedBytesField
from jiangxue.organisations.rules.papers import PaperKind


class Region(models.Model):
    """A province, city or district by its GB/T 2260 code; a code begins with that of the region it lies in."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"code", "name"})

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_region_code_shape",
                condition=models.Q(code__regex=r"^[1-9][0-9]([0-9]{2}([0-9]{2})?)?$"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A training institution (培训机构), an enterprise that trains its own people (企业), or a labour authority (主管部门)."""

    personal_data: ClassVar[PersonalData] = {
        "contact": Personal(Category.WORK, "being asked for by the authority", Kept.SUBJECT),
        "telephone": Personal(Category.WORK, "being reached by the authority", Kept.SUBJECT),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"name", "uscc", "address"})

    class Kind(models.TextChoices):
        """What an organisation is."""

        INSTITUTION = "institution", "institution"
        ENTERPRISE = "enterprise", "enterprise"
        AUTHORITY = "authority", "authority"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120, unique=True)
    uscc = models.CharField(max_length=18, null=True)  # noqa: DJ001 - unknown ones must not be equal
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    contact = models.CharField(max_length=60, blank=True, default="")
    telephone = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_kind_known",
                condition=models.Q(kind__in=("institution", "enterprise", "authority")),
            ),
            models.UniqueConstraint(name="organisations_uscc_once", fields=("uscc",)),
            models.CheckConstraint(
                name="organisations_uscc_shape", condition=models.Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def teaches(self) -> bool:
        """Say whether classes are held here: at institutions and enterprises."""
        return self.kind != self.Kind.AUTHORITY


class Paper(models.Model):
    """A licence or another paper (证照) of an organisation; a new one stands beside the old, a wrong one is withdrawn."""

    personal_data: ClassVar[PersonalData] = {
        "added_by": Personal(Category.WORK, "saying who wrote it down", Kept.SUBJECT),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"reference", "issuer", "note"})

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in PaperKind])
    reference = models.CharField(max_length=60)
    issuer = models.CharField(max_length=120)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    added_by = models.BigIntegerField()
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_paper_kind_known",
                condition=models.Q(kind__in=[kind.value for kind in PaperKind]),
            ),
            models.CheckConstraint(
                name="organisations_paper_ends_after_issue",
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("issued_on")),
            ),
        ]


class PaperFile(models.Model):
    """The file of a paper: a PDF as it was sent, or a picture written anew by us; sealed. The application cannot change it."""

    personal_data: ClassVar[PersonalData] = {
        "sealed": Personal(Category.WORK, "proving what an organisation may do", Kept.SUBJECT, Protection.SEALED),
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"name", "digest"})

    id = models.UUIDField(primary_key=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="file")
    name = models.CharField(max_length=120)
    is_picture = models.BooleanField()
    size_bytes = models.PositiveIntegerField()
    sealed = SealedBytesField()
    digest = models.CharField(max_length=64)
