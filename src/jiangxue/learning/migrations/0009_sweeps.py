"""When the sweeper came last; and a settled check stays as it is."""

from django.conf import settings
from django.db import migrations, models

_SETTLED_STAYS = """
REVOKE DELETE, TRUNCATE ON learning_check FROM jiangxue_app;
CREATE FUNCTION learning_refuse_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a settled check stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER learning_check_settled_stays BEFORE UPDATE ON learning_check
    FOR EACH ROW WHEN (OLD.outcome <> '') EXECUTE FUNCTION learning_refuse_settled();
CREATE TRIGGER learning_check_stays BEFORE DELETE ON learning_check
    FOR EACH ROW EXECUTE FUNCTION learning_refuse_settled();
ALTER TABLE learning_check ENABLE ALWAYS TRIGGER learning_check_settled_stays;
ALTER TABLE learning_check ENABLE ALWAYS TRIGGER learning_check_stays;
"""
_SETTLED_MAY_CHANGE = """
DROP TRIGGER learning_check_settled_stays ON learning_check;
DROP TRIGGER learning_check_stays ON learning_check;
DROP FUNCTION learning_refuse_settled();
GRANT DELETE ON learning_check TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Keep when the sweeper came, and guard settled checks."""

    dependencies = [
        ("learning", "0008_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="interruption",
            name="learning_interruption_kind_known",
        ),
        migrations.AddConstraint(
            model_name="interruption",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("started", "overloaded", "stalled"))),
                name="learning_interruption_kind_known",
            ),
        ),
        migrations.RunSQL(_SETTLED_STAYS, reverse_sql=_SETTLED_MAY_CHANGE),
    ]
