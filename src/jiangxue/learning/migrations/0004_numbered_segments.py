"""A session is sealed part by part while it runs: numbered segments with their packed beats, and how far a session is sealed."""

from typing import ClassVar

from django.db import migrations, models

_SEALED_SO_FAR = """
UPDATE learning_studysession AS session SET
    sealed_at = coalesce(closed_at, opened_at),
    sealings = (SELECT count(DISTINCT sealing) FROM learning_segment WHERE session_id = session.id),
    sealed_state = opening || jsonb_build_object('reached_ms', (opening ->> 'reached_ms')::bigint + coalesce(
        (SELECT sum(credited_ms) FROM learning_segment WHERE session_id = session.id), 0
    ));
"""
_NEVER = "1970-01-01T00:00:00Z"


class Migration(migrations.Migration):
    """Number the segments; rows that are there already become the first and only sealing of their session."""

    dependencies: ClassVar = [("learning", "0003_hot_path")]
    operations: ClassVar = [
        migrations.AddField("segment", "sealing", models.PositiveIntegerField(default=1), preserve_default=False),
        migrations.AddField("segment", "first_n", models.PositiveIntegerField(default=1), preserve_default=False),
        migrations.AddField("segment", "last_n", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.AddField("segment", "start", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField("segment", "after", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField("segment", "beats", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField("segment", "lease_held", models.JSONField(null=True)),
        migrations.AddIndex(
            "segment",
            models.Index(
                condition=models.Q(("lease_held__isnull", False)), fields=["day"], name="learning_segment_differing"
            ),
        ),
        migrations.RemoveConstraint("segment", "learning_segment_once_a_day"),
        migrations.AddConstraint(
            "segment",
            models.UniqueConstraint(fields=("session", "sealing", "day"), name="learning_segment_once"),
        ),
        migrations.AddConstraint(
            "segment",
            models.CheckConstraint(
                condition=models.Q(("first_n__lte", models.F("last_n") + 1)), name="learning_segment_beats_in_order"
            ),
        ),
        migrations.AddField("studysession", "sealings", models.PositiveIntegerField(default=0)),
        migrations.AddField("studysession", "sealed_n", models.PositiveIntegerField(default=0)),
        migrations.AddField("studysession", "sealed_at", models.DateTimeField(default=_NEVER), preserve_default=False),
        migrations.AddField("studysession", "sealed_state", models.JSONField(default=dict), preserve_default=False),
        migrations.AddIndex(
            "studysession",
            models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["sealed_at"], name="learning_session_to_seal"
            ),
        ),
        migrations.RunSQL(_SEALED_SO_FAR, reverse_sql=""),
    ]
