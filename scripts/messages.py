"""The message catalogues, without gettext: extract what pages say, check that all of it is translated, compile.

`update` adds new messages to the catalogue and drops those no longer used; `check` fails when `update` would change something
or a translation is missing; `compile` writes what Django reads. Python and templates are read the way Django reads them.
"""

import sys
from collections.abc import Iterator
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from scripts.layout import REPOSITORY

SOURCES = REPOSITORY / "src" / "jiangxue"
CATALOGUE = SOURCES / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "ngettext": (1, 2),
}


def main() -> int:
    """Run the command that the command line names and return its status."""
    commands = {"update": update, "check": check, "compile": compile_catalogue}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print("usage: python -m scripts.messages update | check | compile")
        return 2
    return commands[sys.argv[1]]()


def update() -> int:
    """Bring the catalogue up to the sources and say what still wants a translation."""
    catalogue = _updated()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, omit_header=False, sort_output=True, no_location=True, width=0, ignore_obsolete=True)
    for message in _untranslated(catalogue):
        print(f"not translated: {message}")
    return 0


def check() -> int:
    """Fail when messages lack a translation or the catalogue is behind the sources."""
    known = {str(message.id) for message in _read() if message.id}
    found = {str(message.id) for message in _found() if message.id}
    faults = [f"not in the catalogue: {text}" for text in sorted(found - known)]
    faults += [f"no longer used: {text}" for text in sorted(known - found)]
    faults += [f"not translated: {text}" for text in _untranslated(_read())]
    for fault in faults:
        print(fault)
    if faults:
        print("Run `python -m scripts.messages update` and translate what is missing.")
    return 1 if faults else 0


def compile_catalogue() -> int:
    """Write the compiled catalogue beside its source."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, _read())
    return 0


def _read() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def _updated() -> Catalog:
    catalogue = _read() if CATALOGUE.exists() else Catalog(locale="zh_Hans")
    template = Catalog()
    for message in _found():
        template.add(message.id, context=message.context)
    catalogue.update(template, no_fuzzy_matching=True)
    return catalogue


def _found() -> Catalog:
    found = Catalog()
    for text in _sources():
        for _line, message, _comments, context in extract("python", BytesIO(text), KEYWORDS):
            found.add(message, context=context)
    return found


def _sources() -> Iterator[bytes]:
    for path in sorted(SOURCES.rglob("*.py")):
        yield path.read_bytes()
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        yield templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def _untranslated(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(texts):
            yield str(message.id)


if __name__ == "__main__":
    sys.exit(main())
