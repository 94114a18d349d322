"""What the program checks of itself before it migrates."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.module_loading import import_string


class ProjectConfig(AppConfig):
    """The composition root as an application."""

    name = "jiangxue.project"

    def ready(self) -> None:
        """Register the checks, and what only the composition root can put together."""
        from jiangxue.project import tables  # noqa: PLC0415  (models are not there yet when this module is read)

        tables.register()
        register(seal_keys_are_known, Tags.database)
        register(providers_are_there)


def seal_keys_are_known(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: object
) -> list[CheckMessage]:
    """Refuse to go on without a key that still seals something: `migrate` asks this, and `check --database default`."""
    from jiangxue.operations.queries import sealing_keys  # noqa: PLC0415  (models are not there yet when this module is read)

    if "default" not in (databases or ()):
        return []
    return [
        Error(
            f"the sealing key {number} still seals {count} values, and is not configured",
            hint="Name it in JIANGXUE_SEAL_KEYS, or in JIANGXUE_SEAL_KEY if its number is 1 (docs/keys.md).",
            id="jiangxue.E001",
        )
        for number, count in sorted(sealing_keys().lacking.items())
    ]


def providers_are_there(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    """Refuse to go on with a provider that cannot be loaded: people would find out on the page of their registration."""
    named = {"JIANGXUE_IDENTITY_SOURCE": settings.IDENTITY_SOURCE, "JIANGXUE_CODE_SENDER": settings.CODE_SENDER}
    return [
        Error(
            f"{name} names {path}, which cannot be loaded",
            hint="Name a class as package.module.Class, or leave the variable unset (docs/configuration.md).",
            id="jiangxue.E002",
        )
        for name, path in named.items()
        if path and not _is_there(path)
    ]


def _is_there(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True
