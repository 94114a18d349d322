"""Migrations: named, in one line, complete."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.repository.sources import files, text_of


def _ours() -> dict[str, dict[str, list[str]]]:
    """Return for each app of ours its migrations, each with its parents in the same app."""
    loader = MigrationLoader(None)
    found: dict[str, dict[str, list[str]]] = {}
    for (app, name), migration in loader.disk_migrations.items():
        if migration.__module__.startswith("jiangxue."):
            found.setdefault(app, {})[name] = [parent for of, parent in migration.dependencies if of == app]
    return found


def test_migrations_say_all_that_the_models_say(db: None) -> None:
    said = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_migrations_of_one_app_stand_in_one_line() -> None:
    for app, migrations in _ours().items():
        names = sorted(migrations)
        assert [migrations[name] for name in names] == [[], *([name] for name in names[:-1])], app


def test_migrations_have_names_that_say_something() -> None:
    assert not [name for migrations in _ours().values() for name in migrations if "_auto_" in name]


def test_migrations_import_no_models_and_no_rules() -> None:
    """What a migration did must not change when the code does; only djangokit's operations are promised to stay."""
    written = [path for path in files(".py", below=("src",)) if path.parent.name == "migrations"]
    allowed = ("from jiangxue.djangokit.", "import jiangxue.djangokit.")
    strange = [
        f"{path.name}: {line}"
        for path in written
        for line in text_of(path).splitlines()
        if line.startswith(("from jiangxue", "import jiangxue")) and not line.startswith(allowed)
    ]
    assert not strange
