"""What was found in an attempt that was left for another may be written down once; everything else that is finished stays as it is."""

from typing import ClassVar

from django.db import migrations

_WHEN = """
DROP TRIGGER facecheck_faceattempt_finished_stays ON facecheck_faceattempt;
CREATE TRIGGER facecheck_faceattempt_finished_stays BEFORE UPDATE ON facecheck_faceattempt
    FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION facecheck_refuse_finished();
ALTER TABLE facecheck_faceattempt ENABLE ALWAYS TRIGGER facecheck_faceattempt_finished_stays;
"""
_FINISHED = "OLD.outcome <> ''"
_LEFT = "OLD.outcome = 'broken' AND OLD.script = '{}'::jsonb AND NEW.outcome NOT IN ('', 'passed')"


class Migration(migrations.Migration):
    """Let what was found in an attempt that was left be told after it."""

    dependencies: ClassVar = [("facecheck", "0002_guards")]
    operations: ClassVar = [
        migrations.RunSQL(_WHEN.format(when=f"{_FINISHED} AND NOT ({_LEFT})"), _WHEN.format(when=_FINISHED)),
    ]
