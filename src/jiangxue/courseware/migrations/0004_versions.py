"""What the papers of a course say, its frozen versions, and captions with names of their own."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangxue.djangokit.append_only import append_only, changes_only

_FILL = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE courseware_lesson SET draft_title = title,
    course_id = (SELECT course_id FROM courseware_module WHERE id = module_id);
UPDATE courseware_media SET captions = 'captions.vtt' WHERE has_captions;
"""

CONTRIBUTORS = """
INSERT INTO courseware_contributor (course_id, account_id, since)
SELECT course_id, author_id, min(created_at) FROM (
    SELECT course_id, author_id, created_at FROM courseware_upload
    UNION ALL
    SELECT lesson.course_id, question.author_id, question.created_at
    FROM courseware_coursequestion question JOIN courseware_lesson lesson ON lesson.id = question.lesson_id
) AS work GROUP BY course_id, author_id
ON CONFLICT DO NOTHING;
"""
"""Who sent files or wrote questions before there were reviews had a part in the course as well."""


class Migration(migrations.Migration):
    """Lessons belong to their course also when an outline holds them no more."""

    dependencies: ClassVar = [
        ("courseware", "0003_courseware_of_every_kind"),
        ("occupations", "0001_tables"),
        ("organisations", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Contributor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CourseAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("method", models.CharField(blank=True, max_length=200)),
                ("weight", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CourseLecturer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("qualification", models.CharField(blank=True, max_length=120)),
                ("left_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CourseLicence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("holder", models.CharField(max_length=120)),
                ("valid_until", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CoursePlanned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("mode", models.CharField(choices=[("live", "live"), ("practice", "practice")], max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("hours", models.PositiveIntegerField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("work_content", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="CourseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("submitted_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_review", "in_review"),
                            ("withdrawn", "withdrawn"),
                            ("returned", "returned"),
                            ("rejected", "rejected"),
                            ("published", "published"),
                            ("replaced", "replaced"),
                        ],
                        max_length=10,
                    ),
                ),
                ("screened_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("review_due_on", models.DateField(null=True)),
                ("taken_down_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LessonKnowledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("work_content", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="VersionLesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("module_position", models.PositiveSmallIntegerField()),
                ("module_title", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("captions", models.CharField(blank=True, max_length=40)),
                (
                    "question_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                ("test_questions", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("module_position", "position"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="lesson",
            name="courseware_lesson_position",
        ),
        migrations.RemoveConstraint(
            model_name="module",
            name="courseware_module_position",
        ),
        migrations.AddField(
            model_name="course",
            name="aid",
            field=models.UUIDField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="course",
            name="basis_code",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="course",
            name="basis_edition",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="course",
            name="basis_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="course",
            name="entry_conditions",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="course",
            name="fee",
            field=models.CharField(
                choices=[("free", "free"), ("free_for_groups", "free_for_groups"), ("paid", "paid")],
                default="paid",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="free_for",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list),
        ),
        migrations.AddField(
            model_name="course",
            name="goals",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="course",
            name="is_imported",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="course",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("apprentice", "apprentice"),
                    ("five", "five"),
                    ("four", "four"),
                    ("three", "three"),
                    ("two", "two"),
                    ("one", "one"),
                    ("special", "special"),
                    ("chief", "chief"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="live_hours",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="course",
            name="materials",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="course",
            name="methods",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="course",
            name="occupation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="occupations.occupation",
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="online_hours",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="course",
            name="practice_hours",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="course",
            name="project_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("on_the_job", "on_the_job"),
                    ("employment", "employment"),
                    ("project", "project"),
                    ("special_ability", "special_ability"),
                    ("skill_level", "skill_level"),
                    ("startup", "startup"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="special_ability",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="course",
            name="supplier",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="course",
            name="target_group",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="coursequestion",
            name="purpose",
            field=models.CharField(
                choices=[("check_in", "check_in"), ("test", "test")], default="check_in", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="lesson",
            name="course",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="all_lessons",
                to="courseware.course",
            ),
        ),
        migrations.AddField(
            model_name="lesson",
            name="draft_title",
            field=models.CharField(default="", max_length=120),
        ),
        migrations.AddField(
            model_name="media",
            name="captions",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="media",
            name="captions_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunSQL(_FILL, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="media",
            name="has_captions",
        ),
        migrations.AlterField(
            model_name="lesson",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="all_lessons", to="courseware.course"
            ),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="draft_title",
            field=models.CharField(max_length=120),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="module",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="courseware.module"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("level", ""), ("special_ability", ""), _connector="OR"),
                name="courseware_course_level_or_ability",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ("check_in", "test"))), name="courseware_question_purpose_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable.DEFERRED,
                fields=("module", "position"),
                name="courseware_lesson_position",
            ),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable.DEFERRED,
                fields=("course", "position"),
                name="courseware_module_position",
            ),
        ),
        migrations.AddField(
            model_name="contributor",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="contributor",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contributors", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="courseassessment",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessment", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="courselecturer",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lecturers", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="courselicence",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="courselicence",
            name="proof",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="courseware.upload"
            ),
        ),
        migrations.AddField(
            model_name="courseplanned",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="planned", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="author",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="lessonknowledge",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="knowledge", to="courseware.lesson"
            ),
        ),
        migrations.AddField(
            model_name="versionlesson",
            name="lesson",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="taught", to="courseware.lesson"
            ),
        ),
        migrations.AddField(
            model_name="versionlesson",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="courseware.courseversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(fields=("course", "account"), name="courseware_contributor_once"),
        ),
        migrations.AddConstraint(
            model_name="courseplanned",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ("live", "practice"))), name="courseware_planned_is_live_or_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.UniqueConstraint(fields=("course", "serial"), name="courseware_version_serial"),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_review")), fields=("course",), name="courseware_version_one_in_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")), fields=("course",), name="courseware_version_one_published"
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("review_due_on__isnull", False),
                        ("state__in", ("published", "replaced")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("published", "replaced")), _negated=True),
                        ("published_at", None),
                        ("review_due_on", None),
                        ("taken_down_at", None),
                    ),
                    _connector="OR",
                ),
                name="courseware_version_published_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="courseversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False), ("state__in", ["rejected", "replaced", "returned", "withdrawn"])
                    ),
                    models.Q(
                        models.Q(("state__in", ["rejected", "replaced", "returned", "withdrawn"]), _negated=True),
                        ("ended_at", None),
                    ),
                    _connector="OR",
                ),
                name="courseware_version_ended_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionlesson",
            constraint=models.UniqueConstraint(fields=("version", "lesson"), name="courseware_version_lesson_once"),
        ),
        migrations.AddConstraint(
            model_name="versionlesson",
            constraint=models.UniqueConstraint(
                fields=("version", "module_position", "position"), name="courseware_version_lesson_position"
            ),
        ),
        append_only("courseware_versionlesson"),
        changes_only(
            "courseware_courseversion",
            "state, screened_at, ended_at, published_at, review_due_on, taken_down_at",
        ),
        migrations.RunSQL(CONTRIBUTORS, reverse_sql=migrations.RunSQL.noop),
    ]
