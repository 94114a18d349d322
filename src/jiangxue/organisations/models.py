"""Tables of organisations and regions."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import PersonalData


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
    """A training institution (培训机构) or a labour authority (主管部门)."""

    personal_data: ClassVar[PersonalData] = {}
    impersonal: ClassVar[frozenset[str]] = frozenset({"name"})

    class Kind(models.TextChoices):
        """What an organisation is."""

        INSTITUTION = "institution", "institution"
        AUTHORITY = "authority", "authority"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisations_kind_known", condition=models.Q(kind__in=("institution", "authority"))
            )
        ]

    def __str__(self) -> str:
        return self.name
