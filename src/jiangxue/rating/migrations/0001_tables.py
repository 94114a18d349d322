"""Ratings of courses and teachers, and what they were before they were changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, changes_only


class Migration(migrations.Migration):
    """Whose rating it is, of what and since when, stays; what it was before stays beside it."""

    initial = True

    dependencies = [
        ("courseware", "0005_catalogue"),
        ("enrolment", "0002_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stars", models.PositiveSmallIntegerField()),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("serial", models.PositiveIntegerField(default=1)),
                ("rated_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "standing",
                    models.CharField(
                        choices=[("shown", "shown"), ("held", "held"), ("hidden", "hidden")], max_length=10
                    ),
                ),
                ("was_hidden", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.course"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enrolment.enrolment"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.courseversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LecturerRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stars", models.PositiveSmallIntegerField(null=True)),
                (
                    "lecturer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.courselecturer"
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lecturers", to="rating.courserating"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RatingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.PositiveIntegerField()),
                ("stars", models.PositiveSmallIntegerField()),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("lecturers", models.JSONField()),
                (
                    "standing",
                    models.CharField(
                        choices=[("shown", "shown"), ("held", "held"), ("hidden", "hidden")], max_length=10
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="rating.courserating"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="courserating",
            index=models.Index(fields=["course", "-rated_at"], include=("stars",), name="rating_of_course"),
        ),
        migrations.AddIndex(
            model_name="courserating",
            index=models.Index(condition=models.Q(("standing", "held")), fields=["id"], name="rating_held"),
        ),
        migrations.AddConstraint(
            model_name="courserating",
            constraint=models.UniqueConstraint(fields=("enrolment",), name="rating_one_for_each_place"),
        ),
        migrations.AddConstraint(
            model_name="courserating",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="rating_stars_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="courserating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changed_at", None), ("serial", 1)),
                    models.Q(
                        ("changed_at__gte", models.F("rated_at")), ("changed_at__isnull", False), ("serial__gt", 1)
                    ),
                    _connector="OR",
                ),
                name="rating_changed_after_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserating",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("comment", ""), _negated=True), ("standing", "shown"), _connector="OR"),
                name="rating_without_comment_is_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", False), ("reason__regex", "\\S"), ("standing", "hidden")),
                    models.Q(("reason", ""), ("standing__in", ("shown", "held"))),
                    _connector="OR",
                ),
                name="rating_hidden_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="courserating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="rating_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturerrating",
            constraint=models.UniqueConstraint(fields=("rating", "lecturer"), name="rating_lecturer_once"),
        ),
        migrations.AddConstraint(
            model_name="lecturerrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars", None), models.Q(("stars__gte", 1), ("stars__lte", 5)), _connector="OR"),
                name="rating_lecturer_stars_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingchange",
            constraint=models.UniqueConstraint(fields=("rating", "serial"), name="rating_change_once"),
        ),
        changes_only(
            "rating_courserating",
            "stars, comment, serial, changed_at, standing, was_hidden, reason, decided_by_id, decided_at",
        ),
        changes_only("rating_lecturerrating", "stars"),
        append_only("rating_ratingchange"),
    ]
