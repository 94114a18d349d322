"""A reviewer may belong to an institution."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first review of a course is its institution's own."""

    dependencies = [
        ("accounts", "0001_tables"),
        ("organisations", "0001_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="accounts_role_has_its_organisation",
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("organisation__isnull", False),
                        (
                            "role__in",
                            ["course_editor", "head_teacher", "institution_administrator", "supervisor", "teacher"],
                        ),
                    ),
                    models.Q(
                        ("organisation__isnull", True),
                        (
                            "role__in",
                            ["audit_administrator", "learner", "security_administrator", "system_administrator"],
                        ),
                    ),
                    ("role", "reviewer"),
                    _connector="OR",
                ),
                name="accounts_role_has_its_organisation",
            ),
        ),
    ]
