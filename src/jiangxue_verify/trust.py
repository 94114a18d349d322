"""The trust list: whose signatures a reader believes (docs/formats/archive.md, Who is trusted)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone

from jiangxue_verify.errors import Unjudged
from jiangxue_verify.keys import LOG, WITNESS, KeyMalformed, VerifierKey, parse_key

MAX_BYTES = 64 * 1024
_NEED = re.compile(r"[0-9]{1,3}")
_SINCE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True)
class Trust:
    """Keys of one log and of witnesses, how many different witnesses must have signed, and since when (ms) they see the log."""

    keys: tuple[VerifierKey, ...]
    need: int
    since_ms: int = 0

    @property
    def origin(self) -> str:
        """Return the one name of the log."""
        return next(key.name for key in self.keys if key.kind == LOG)


def parse_trust(text: str) -> Trust:
    """Return the trust list in a text, or raise Unjudged: nothing can be checked by a list that contradicts itself."""
    keys: list[VerifierKey] = []
    needs: list[int] = []
    since: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            if word == "need" and _NEED.fullmatch(rest):
                needs.append(int(rest))
            elif word == "since" and _SINCE.fullmatch(rest):
                since.append(_moment_ms(rest, number))
            else:
                keys.append(_parse_statement(word, rest, number))
    _must_agree(keys, needs)
    if len(since) > 1:
        raise Unjudged("trust.since")
    return Trust(tuple(keys), needs[0], *since)


def _moment_ms(text: str, number: int) -> int:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise Unjudged("trust.line", number=number) from error
    return int(moment.timestamp()) * 1000


def _parse_statement(word: str, rest: str, number: int) -> VerifierKey:
    kind = {"log": LOG, "witness": WITNESS}.get(word)
    try:
        key = parse_key(rest)
    except KeyMalformed as error:
        raise Unjudged("trust.line", number=number) from error
    if key.kind != kind:
        raise Unjudged("trust.line", number=number)
    return key


def _must_agree(keys: list[VerifierKey], needs: list[int]) -> None:
    logs = {key.name for key in keys if key.kind == LOG}
    witnesses = {key.name for key in keys if key.kind == WITNESS}
    if len(logs) != 1:
        raise Unjudged("trust.log")
    if len(needs) != 1 or needs[0] > len(witnesses):
        raise Unjudged("trust.need")
    if len({key.public for key in keys}) < len(keys) or len({(key.name, key.key_id) for key in keys}) < len(keys):
        raise Unjudged("trust.twice")
