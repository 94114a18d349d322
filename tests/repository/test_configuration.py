"""Every environment variable that is read is explained in docs/configuration.md."""

import ast
import re
from pathlib import Path

from tests.repository.sources import document, files, name_of, nodes_of, text_of

_NAME = re.compile(r"[A-Z][A-Z0-9_]+")
_ENVIRONMENTS = re.compile(r"\b(environ|environment|variables|getenv)\b")
_IN_SHELL = re.compile(r"\$\{?([A-Z][A-Z0-9_]*)")
_SET_IN_SHELL = re.compile(
    r"^\s*(?:readonly |local |export )?([A-Z][A-Z0-9_]*)=|\bfor ([A-Z][A-Z0-9_]*) in", re.MULTILINE
)
_IN_NODE = re.compile(r"process\.env(?:\.|\[\")([A-Z][A-Z0-9_]*)")
_EVERYBODYS = {"HOME", "PATH"}


def _read_by_python(path: Path) -> set[str]:
    """Return names in capitals that stand in a call, a subscript or a question about an environment."""
    return {
        inner.value
        for node in nodes_of(path, ast.Call, ast.Subscript, ast.Compare)
        if _ENVIRONMENTS.search(ast.unparse(node))
        for inner in ast.iter_child_nodes(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and _NAME.fullmatch(inner.value)
    }


def _read_by_shell(path: Path) -> set[str]:
    code = "\n".join(line for line in text_of(path).splitlines() if not line.lstrip().startswith("#"))
    own = {name for names in _SET_IN_SHELL.findall(code) for name in names}
    return set(_IN_SHELL.findall(code)) - own - _EVERYBODYS


def _read() -> dict[str, str]:
    """Return each variable that is read, with a file that reads it."""
    found: dict[str, str] = {}
    for path in files(".py", below=("src", "scripts", "tests")):
        found |= dict.fromkeys(_read_by_python(path), name_of(path))
    for path in files(".sh", below=("scripts",)):
        found |= dict.fromkeys(_read_by_shell(path), name_of(path))
    for path in files(".ts", ".mjs", below=("scripts", "web")):
        found |= dict.fromkeys(_IN_NODE.findall(text_of(path)), name_of(path))
    return found


def test_every_variable_that_is_read_is_explained() -> None:
    explained = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", document("configuration.md")))
    assert not {name: path for name, path in _read().items() if name not in explained}


def test_the_search_finds_what_is_read_in_every_way() -> None:
    """Names of each kind of reading, so that the test above cannot pass by finding nothing."""
    assert {"PORT", "DATABASE_URL", "JIANGXUE_SEAL_KEY", "JIANGXUE_DEMO", "PYTHON", "CHROMIUM"} <= set(_read())


def test_every_variable_that_is_explained_occurs() -> None:
    written = "\n".join(text_of(path) for path in files(".py", ".sh", ".mjs", ".ts"))
    assert not [
        name
        for name in re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", document("configuration.md"), re.MULTILINE)
        if name not in written
    ]
