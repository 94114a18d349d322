"""The shape of a written document: blocks one below the other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption; `shares` are the relative widths of its columns."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing by its name, and the caption below it."""

    name: str
    caption: str


type Block = Heading | Paragraph | Steps | Table | Drawing


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A whole document; its slug names the folder of its file."""

    slug: str
    title: str
    subtitle: str
    notice: str
    blocks: tuple[Block, ...]
