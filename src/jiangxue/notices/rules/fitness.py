"""What a message may be made of."""

import re
from collections.abc import Mapping

from jiangxue.notices.errors import UnfitNotice

type Params = Mapping[str, str | int]

MOST_PARAMS = 8
LONGEST_VALUE = 120
"""Characters: the title of a class or a course, a day, a code. Whatever is longer is read on the page that the message leads to."""

_KIND = re.compile(r"[a-z][a-z_]{1,29}\.[a-z][a-z_]{1,28}")
_NAME = re.compile(r"[a-z][a-z_]{0,29}")
_PATH = re.compile(r"/(?![/\\])[^\s\\]{0,198}")
_NEVER = frozenset({"code", "id_number", "name", "password", "person", "phone", "secret", "token"})


def require_fit(kind: str, params: Params, url: str) -> None:
    """Refuse messages that have no stable code, or could hold what is not for a list: long texts, persons, secrets, addresses elsewhere.

    `kind` is like `appeal.decided`; at most 8 `params`, each a number or a text of at most 120 characters; `url` is empty, where the
    page follows from the kind, or a path of this platform of at most 200 characters. Raises `UnfitNotice`. Source: clauses M2, C5.
    """
    if not _KIND.fullmatch(kind):
        raise UnfitNotice(f"no kind: {kind!r}")
    if url and not _PATH.fullmatch(url):
        raise UnfitNotice(f"no path of this platform: {url!r}")
    if len(params) > MOST_PARAMS:
        raise UnfitNotice(f"{len(params)} parameters")
    for name, value in params.items():
        _require_fit_param(name, value)


def _require_fit_param(name: str, value: object) -> None:
    if not _NAME.fullmatch(name) or name in _NEVER:
        raise UnfitNotice(f"no parameter for a message: {name!r}")
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number and not (isinstance(value, str) and len(value) <= LONGEST_VALUE):
        raise UnfitNotice(f"{name} is neither a number nor a short text")
