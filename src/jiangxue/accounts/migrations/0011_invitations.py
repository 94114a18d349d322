"""Staff are invited by a link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the invitations."""

    dependencies = [
        ("accounts", "0010_second_factor"),
        ("organisations", "0002_papers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("learner", "learner"),
                            ("teacher", "teacher"),
                            ("head_teacher", "head_teacher"),
                            ("course_editor", "course_editor"),
                            ("institution_administrator", "institution_administrator"),
                            ("reviewer", "reviewer"),
                            ("supervisor", "supervisor"),
                            ("system_administrator", "system_administrator"),
                            ("security_administrator", "security_administrator"),
                            ("audit_administrator", "audit_administrator"),
                        ],
                        max_length=40,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("token_index", models.BinaryField(max_length=16)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("token_index",), name="accounts_invitation_token_once"),
                    models.CheckConstraint(
                        condition=models.Q(("account", None), ("ended_at__isnull", False), _connector="OR"),
                        name="accounts_invitation_taken_is_ended",
                    ),
                ],
            },
        ),
    ]
