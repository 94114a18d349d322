"""Whatever the platform's keys seal is a sealed field: a rotation finds those by walking the models, and nothing else."""

import ast

from tests.repository.sources import files, name_of, nodes_of

_SEALING = {"src/jiangxue/djangokit/sealed.py", "src/jiangxue/djangokit/resealing.py"}
_UNDER_KEYS_OF_ARCHIVES = {("src/jiangxue/ledger/services/appending.py", "rings[event.aid]")}
"""An archive's own key, which is itself in a sealed field."""


def test_nothing_is_sealed_with_a_ring_outside_of_sealed_fields() -> None:
    sealing = {
        (name_of(path), ast.unparse(call.func.value))
        for path in files(".py", below=("src/jiangxue",))
        for call in nodes_of(path, ast.Call)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "seal"
    }
    with_a_ring = {(path, ring) for path, ring in sealing if "ring" in ring and path not in _SEALING}
    assert with_a_ring == _UNDER_KEYS_OF_ARCHIVES
