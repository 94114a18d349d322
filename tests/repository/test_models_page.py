"""docs/models.md lists the models that the program knows, and says of each what the program knows of it."""

import re

from jiangxue.facecheck.vision.weights import ALL
from tests.repository.sources import document

_ROW = re.compile(r"^\| `([\w-]+)` \| `([\w.]+)` \| ([\d,]+) \| (\d) \| (\S+) \| (.+) \|$", re.MULTILINE)
_HASH = re.compile(r"^([0-9a-f]{64})  (\S+)$", re.MULTILINE)


def test_the_page_lists_every_model_with_file_size_tier_licence_and_source() -> None:
    listed = [
        (name, file, int(size.replace(",", "")), int(tier), licence, source)
        for name, file, size, tier, licence, source in _ROW.findall(document("models.md"))
    ]
    assert listed == [(w.id, w.file, w.size_bytes, w.tier, w.licence, w.source) for w in ALL]


def test_the_page_gives_every_hash() -> None:
    assert _HASH.findall(document("models.md")) == [(w.sha256, w.file) for w in ALL]


def test_the_page_says_of_every_model_what_happens_without_it() -> None:
    part = document("models.md").partition("## What each is for")[2]
    assert re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE) == [w.id for w in ALL]
