"""Who may do what in the database, and what guards its tables: one line for each fact, the same for the same facts.

It is written beside a dump and compared after it was brought back: what a restore silently gives or takes is found by name.
"""

from django.db import connection

_SCHEMAS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
_GRANTS = """
(SELECT coalesce(string_agg(format('%s:%s%s', coalesce(g.rolname, 'PUBLIC'), a.privilege_type, CASE WHEN a.is_grantable THEN '*' ELSE '' END),
    ' ' ORDER BY coalesce(g.rolname, 'PUBLIC'), a.privilege_type), '')
 FROM aclexplode(coalesce({acl}, acldefault({kind}, {owner}))) a LEFT JOIN pg_roles g ON g.oid = a.grantee
 WHERE a.grantee <> {owner})
"""
"""The owner's own rights are left out: later versions of PostgreSQL know more of them, and an owner can always take them back."""


def _grants(acl: str, kind: str, owner: str) -> str:
    return _GRANTS.format(acl=acl, kind=kind, owner=owner)


_QUESTION = f"""
SELECT format('relation %s.%s %s owner=%s rls=%s/%s %s', n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner),
    c.relrowsecurity, c.relforcerowsecurity,
    {_grants("c.relacl", "CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\"", "c.relowner")})
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_SCHEMAS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
UNION ALL
SELECT format('column %s.%s.%s %s', n.nspname, c.relname, t.attname, {_grants("t.attacl", "'c'::\"char\"", "c.relowner")})
FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_SCHEMAS} AND t.attacl IS NOT NULL
UNION ALL
SELECT format('function %s.%s(%s) owner=%s definer=%s %s %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
    pg_get_userbyid(p.proowner), p.prosecdef, p.proconfig, {_grants("p.proacl", "'f'::\"char\"", "p.proowner")})
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {_SCHEMAS}
UNION ALL
SELECT format('trigger %s.%s.%s enabled=%s calls=%s type=%s', n.nspname, c.relname, t.tgname, t.tgenabled, t.tgfoid::regproc, t.tgtype)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_SCHEMAS} AND NOT t.tgisinternal
UNION ALL
SELECT format('constraint %s.%s.%s %s valid=%s', n.nspname, c.relname, k.conname, k.contype, k.convalidated)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_SCHEMAS} AND k.contype <> 'n'
UNION ALL
SELECT format('policy %s.%s.%s %s', n.nspname, c.relname, p.polname, p.polcmd)
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_SCHEMAS}
UNION ALL
SELECT format('schema %s %s', n.nspname, {_grants("n.nspacl", "'n'::\"char\"", "n.nspowner")}) FROM pg_namespace n WHERE {_SCHEMAS}
UNION ALL
SELECT format('default %s %s %s', coalesce(d.defaclnamespace::regnamespace::text, '-'), d.defaclobjtype,
    {_grants("d.defaclacl", "d.defaclobjtype", "d.defaclrole")})
FROM pg_default_acl d
"""  # noqa: S608 (our own text)


def rights() -> list[str]:
    """Return the facts, sorted."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION)
        return sorted(line for (line,) in cursor.fetchall())
