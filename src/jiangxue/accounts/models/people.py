"""Tables of accounts, identities, roles and failed attempts to sign in."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jiangxue.accounts.rules.id_types import IdType, Sex
from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData, Protection
from jiangxue.djangokit.sealed import SealedTextField
from jiangxue.kernel.viewer import EXCLUSIVE_ROLES, INSTITUTION_ROLES, Role
from jiangxue.ui.masking import erased_name, restricted_name


def _values(roles: Iterable[Role]) -> list[str]:
    """Return roles as migrations write them: plain text, which stays true when the code moves."""
    return sorted(role.value for role in roles)


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by login name."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this login name."""
        return self.get(login_name=username)


class Account(AbstractBaseUser):
    """One person's way in (账号); one identity number, one account.

    From `restricted_at` on, what is held of them is only kept (限制处理).
    """

    personal_data: ClassVar[PersonalData] = {
        "login_name": Personal(Category.IDENTITY, "signing in", Kept.ACCOUNT),
        "name": Personal(Category.IDENTITY, "saying who learned, taught and decided", Kept.ACCOUNT),
        "password": Personal(Category.KEY, "signing in", Kept.ACCOUNT, Protection.HASHED),
    }

    login_name = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    password_changed_at = models.DateTimeField()
    restricted_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "login_name"
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_login_name_shape",
                condition=models.Q(login_name__regex=r"^[a-z][a-z0-9._-]{2,39}$"),
            )
        ]

    @property
    def staff_name(self) -> str:
        """Return the name that staff are shown, for pages to mask: none while processing is restricted."""
        if not self.name:
            return erased_name()
        return restricted_name() if self.restricted_at else self.name


class Identity(models.Model):
    """The numbers that identify a person: sealed, found only through keyed indexes.

    Beside them, open, what statistics ask for: the sex, and the month of birth (its first day), where the number tells them.
    """

    personal_data: ClassVar[PersonalData] = {
        "id_number": Personal(
            Category.IDENTITY,
            "real-name training: one person, one account",
            Kept.ACCOUNT,
            Protection.SEALED,
            is_sensitive=True,
        ),
        "id_number_index": Personal(
            Category.IDENTITY,
            "finding the account of a number",
            Kept.ACCOUNT,
            Protection.KEYED_INDEX,
            is_sensitive=True,
        ),
        "sex": Personal(Category.IDENTITY, "statistics, and who may be paid for", Kept.ACCOUNT),
        "born_in": Personal(Category.IDENTITY, "statistics, and who may be paid for", Kept.ACCOUNT),
        "phone": Personal(Category.CONTACT, "signing in by mobile number", Kept.ACCOUNT, Protection.SEALED),
        "phone_index": Personal(
            Category.CONTACT, "finding the account of a number", Kept.ACCOUNT, Protection.KEYED_INDEX
        ),
    }

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="identity")
    id_type = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in IdType], default=IdType.RESIDENT.value
    )
    id_number = SealedTextField()
    id_number_index = models.BinaryField(max_length=16)
    sex = models.CharField(max_length=6, blank=True, choices=[(each.value, each.value) for each in Sex])
    born_in = models.DateField(null=True)
    phone = SealedTextField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True)

    class Meta:
        constraints = [
            # Whatever the document is called: a number names one person, and a sign-in by it finds one account.
            models.UniqueConstraint(name="accounts_one_account_per_id_number", fields=("id_number_index",)),
            models.CheckConstraint(
                name="accounts_id_type_known", condition=models.Q(id_type__in=[each.value for each in IdType])
            ),
            models.CheckConstraint(name="accounts_born_in_is_a_month", condition=models.Q(born_in__day=1)),
            models.UniqueConstraint(name="accounts_one_account_per_phone", fields=("phone_index",)),
            models.CheckConstraint(
                name="accounts_phone_and_its_index",
                condition=models.Q(phone__isnull=True, phone_index__isnull=True)
                | models.Q(phone__isnull=False, phone_index__isnull=False),
            ),
        ]


class Membership(models.Model):
    """A role that an account holds, for an institution or authority where the role belongs to one.

    A reviewer of an institution makes the first review of its courses; one without makes the others.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.WORK, "saying what somebody may do and see", Kept.ACCOUNT)
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accounts_role_held_once",
                fields=("account", "role", "organisation"),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="accounts_administrators_are_exclusive",
                fields=("account",),
                condition=models.Q(role__in=_values(EXCLUSIVE_ROLES)),
            ),
            models.CheckConstraint(
                name="accounts_role_has_its_organisation",
                condition=models.Q(role__in=_values({*INSTITUTION_ROLES, Role.SUPERVISOR}), organisation__isnull=False)
                | models.Q(role__in=_values({Role.LEARNER, *EXCLUSIVE_ROLES}), organisation__isnull=True)
                | models.Q(role=Role.REVIEWER.value),
            ),
        ]


class FailedSignIn(models.Model):
    """One wrong password for one identifier, kept under its keyed index; removed by the next success."""

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(
            Category.DEVICE, "locking a sign-in after wrong passwords", Kept.SETTLED, Protection.KEYED_INDEX
        )
    }

    key = models.BinaryField(max_length=16, db_index=True)
    at = models.DateTimeField()
