"""Courseware of every kind: films under keys, documents in pages, and uploads on their way to either."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Films that stand already are those of the demonstration: they have captions and a poster, and stay unlocked until they are made anew."""

    dependencies: ClassVar = [
        ("courseware", "0002_course_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("kind", models.CharField(blank=True, max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("receiving", "Receiving"),
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("ready", "Ready"),
                            ("refused", "Refused"),
                            ("failed", "Failed"),
                        ],
                        default="receiving",
                        max_length=10,
                    ),
                ),
                ("fault", models.CharField(blank=True, max_length=30)),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("done_permille", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("worked_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="media",
            name="courseware_media_has_length",
        ),
        migrations.AddField(
            model_name="media",
            name="has_captions",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="media",
            name="has_poster",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="media",
            name="key_name",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="media",
            name="kind",
            field=models.CharField(
                choices=[("video", "video"), ("audio", "audio"), ("document", "document")],
                default="video",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="media",
            name="page_sizes",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="media",
            name="report",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="media",
            name="source_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="media",
            name="length_ms",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="media",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("key_name", ""),
                        ("kind", "document"),
                        ("length_ms", 0),
                        models.Q(("page_sizes", []), _negated=True),
                    ),
                    models.Q(models.Q(("kind", "document"), _negated=True), ("length_ms__gt", 0), ("page_sizes", [])),
                    _connector="OR",
                ),
                name="courseware_media_has_length_or_pages",
            ),
        ),
        migrations.RunSQL(
            "UPDATE courseware_media SET has_captions = true, has_poster = true", reverse_sql=migrations.RunSQL.noop
        ),
        migrations.AddField(
            model_name="upload",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="courseware.course"
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="media",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="upload", to="courseware.media"
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "working"))),
                fields=["worked_at"],
                name="courseware_upload_in_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("size"))), name="courseware_upload_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("media__isnull", False), ("state", "ready")),
                    models.Q(models.Q(("state", "ready"), _negated=True), ("media", None)),
                    _connector="OR",
                ),
                name="courseware_upload_ready_has_media",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), models.Q(("fault", ""), _negated=True)),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("fault", "")),
                    _connector="OR",
                ),
                name="courseware_upload_refused_has_fault",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state__in", ("ready", "refused", "failed"))),
                    models.Q(
                        models.Q(("state__in", ("ready", "refused", "failed")), _negated=True), ("finished_at", None)
                    ),
                    _connector="OR",
                ),
                name="courseware_upload_ended_has_time",
            ),
        ),
    ]
