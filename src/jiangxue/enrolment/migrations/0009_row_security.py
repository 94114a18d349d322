"""Row-level security of classes, places and what hangs on them. Decision 0045."""

from django.db import migrations
from django.db.migrations.operations.base import Operation

from jiangxue.djangokit.row_security import seen_where, seen_with, with_parent

SCOPE = """
CREATE FUNCTION scope_part(part integer) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT split_part(coalesce(current_setting('jiangxue.scope', true), ''), ':', part)
$$;
CREATE FUNCTION scope_is_program() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT scope_part(1) = 'program' $$;
CREATE FUNCTION scope_account() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN scope_part(1) IN ('institution', 'region', 'own') THEN nullif(scope_part(3), '')::bigint END
$$;
CREATE FUNCTION scope_institutions() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT CASE scope_part(1)
        WHEN 'institution' THEN ARRAY[nullif(scope_part(2), '')::bigint]
        WHEN 'region' THEN ARRAY(
            SELECT id FROM organisations_organisation
            WHERE scope_part(2) <> '' AND starts_with(region_id, scope_part(2))
        )
        ELSE '{}'
    END
$$;
CREATE FUNCTION scope_own_classes() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT DISTINCT training_class_id FROM enrolment_enrolment WHERE learner_id = scope_account())
$$;
"""
UNSCOPE = """
DROP FUNCTION scope_own_classes();
DROP FUNCTION scope_institutions();
DROP FUNCTION scope_account();
DROP FUNCTION scope_is_program();
DROP FUNCTION scope_part(integer);
"""
_OWN = "{} = (SELECT scope_account())"
_OF_INSTITUTION = "institution_id = ANY ((SELECT scope_institutions())::bigint[])"
_OF_OWN_CLASS = "{} = ANY ((SELECT scope_own_classes())::bigint[])"


def _in_class_of_institution(table: str) -> str:
    found = f"parent.id = {table}.training_class_id AND parent.{_OF_INSTITUTION}"
    return f"EXISTS (SELECT FROM enrolment_trainingclass parent WHERE {found})"


def _roster_of_institution(table: str) -> str:
    found = f"parent.id = {table}.opening_id AND parent.{_OF_INSTITUTION}"
    return f"EXISTS (SELECT FROM enrolment_classopening parent WHERE {found})"


def _of_person(table: str, column: str = "account_id") -> Operation:
    return seen_where(
        table, f"{_OWN.format(column)} OR {with_parent(table, column, 'enrolment_enrolment', 'learner_id')}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0008_roster_terms"),
        ("accounts", "0011_invitations"),
        ("facecheck", "0007_documents"),
        ("organisations", "0002_papers"),
    ]

    operations = [
        migrations.RunSQL(SCOPE, reverse_sql=UNSCOPE),
        seen_where("enrolment_trainingclass", f"{_OF_INSTITUTION} OR {_OF_OWN_CLASS.format('id')}"),
        seen_where(
            "enrolment_enrolment", f"{_OWN.format('learner_id')} OR {_in_class_of_institution('enrolment_enrolment')}"
        ),
        seen_with("enrolment_classteacher", "training_class_id", "enrolment_trainingclass"),
        seen_with("enrolment_planitem", "training_class_id", "enrolment_trainingclass"),
        seen_with("enrolment_planchange", "item_id", "enrolment_planitem"),
        seen_where("enrolment_classopening", f"{_OF_INSTITUTION} OR {_OF_OWN_CLASS.format('training_class_id')}"),
        seen_with("enrolment_openingrun", "opening_id", "enrolment_classopening"),
        seen_with("enrolment_openingstep", "opening_id", "enrolment_classopening"),
        seen_where(
            "enrolment_promise",
            f"{with_parent('enrolment_promise', 'opening_id', 'enrolment_classopening')}"
            f" OR {with_parent('enrolment_promise', 'enrolment_id', 'enrolment_enrolment')}",
        ),
        seen_where("enrolment_rosterentry", f"{_roster_of_institution('enrolment_rosterentry')}"),
        seen_where(
            "enrolment_rosterfile",
            f"{_roster_of_institution('enrolment_rosterfile')} OR {_in_class_of_institution('enrolment_rosterfile')}",
        ),
        _of_person("accounts_identity"),
        _of_person("facecheck_facetemplate"),
        seen_with("facecheck_enrolledpicture", "template_id", "facecheck_facetemplate", "account_id"),
        _of_person("facecheck_faceattempt"),
        seen_with("facecheck_facepicture", "attempt_id", "facecheck_faceattempt"),
        _of_person("facecheck_faceallowance"),
        _of_person("facecheck_documentcomparison"),
    ]
