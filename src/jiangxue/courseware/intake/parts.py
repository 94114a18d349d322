"""XML parts, read without entities and within limits. Only in the caged process.

Expat itself is used, because it says when a DOCTYPE begins, before any entity of it could grow.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from jiangxue.courseware.intake.errors import FileRefused
from jiangxue.courseware.intake.shapes import IntakeLimits
from jiangxue.courseware.rules.files import FileFault

_USUAL = IntakeLimits()


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name without prefix, its attributes without prefixes."""

    name: str
    attributes: dict[str, str]


def elements_of(xml: bytes) -> list[Element]:
    """Return all elements of a small part, in order."""
    found: list[Element] = []
    parse(xml, start=found.append)
    return found


def hold_xml(xml: bytes, limits: IntakeLimits) -> None:
    """Refuse a part with a DOCTYPE, with too many elements, or nested too deep."""
    depth, count = 0, 0

    def start(_: Element) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > limits.deepest or count > limits.most_elements:
            raise FileRefused(FileFault.BOMB, "xml")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parse(xml, start=start, end=end)


def parse(
    xml: bytes,
    *,
    start: Callable[[Element], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through a part; names lose their prefixes. Refuse what is no XML, or has a DOCTYPE."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: start(
        Element(_bare(name), {_bare(key): value for key, value in attributes.items()})
    )
    if end is not None:
        parser.EndElementHandler = lambda name: end(_bare(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
    except (expat.ExpatError, ValueError) as bad:
        raise FileRefused(FileFault.DAMAGED, "xml") from bad


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise FileRefused(FileFault.BOMB, "DOCTYPE")
