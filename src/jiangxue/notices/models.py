"""The table of messages."""

from typing import ClassVar

from django.db import models

from jiangxue.djangokit.personal import WHOLE_ROW, Category, Kept, Personal, PersonalData


class Notice(models.Model):
    """One message to one account (消息): what happened to which object, and until when it was not read.

    `params` holds what the sentence needs: titles, days, numbers, codes, never a name or number of a person.
    """

    personal_data: ClassVar[PersonalData] = {
        WHOLE_ROW: Personal(Category.ACTIVITY, "telling somebody what they wait for", Kept.HALF_YEAR)
    }

    account_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Told again before it is read, it is the same message, only newer. It also serves the number at the bell.
            models.UniqueConstraint(
                name="notices_one_unread_of_a_thing",
                fields=("account_id", "kind", "about_kind", "about_id"),
                condition=models.Q(read_at__isnull=True),
            ),
            models.CheckConstraint(
                name="notices_url_is_a_path",
                condition=models.Q(url="") | models.Q(url__regex=r"^/([^/\\]|$)"),
            ),
        ]
        indexes = [
            models.Index(name="notices_of_an_account", fields=("account_id", "-at", "-id")),
            models.Index(
                name="notices_about", fields=("about_kind", "about_id"), condition=models.Q(read_at__isnull=True)
            ),
        ]
