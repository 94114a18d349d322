"""What a paper is made of, whichever file it becomes: blocks in order, all words in them ready to be read."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section, which may begin on a page of its own."""

    text: str
    starts_page: bool = False
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; each line is a paragraph. A note is set smaller."""

    lines: tuple[str, ...]
    is_note: bool = False
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and what it says."""

    rows: tuple[tuple[str, str], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width, and whether figures stand in it."""

    title: str
    share: int
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a group's row has one text on the left and one on the right, a total is set apart."""

    cells: tuple[str, ...]
    is_group: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of the training flow; what is proof of it wears the seal's colour."""

    title: str
    lines: tuple[str, ...]
    is_proof: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """The training flow: a picture in PDF, a table in Word."""

    steps: tuple[FlowStep, ...]
    heads: tuple[str, str]
    svg: SafeString
    kind: str = field(default="flow", init=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """One drawn bar: what it is of, its picture (SVG, stretched to the width there is), and what it comes to."""

    label: str
    svg: SafeString
    note: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under each other: pictures in PDF; Word has their labels and notes alone."""

    rows: tuple[Bar, ...]
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to be filled in by hand, side by side."""

    labels: tuple[str, ...]
    kind: str = field(default="blanks", init=False)


@dataclass(frozen=True, slots=True)
class SealSpace:
    """Room for a seal (公章), beside it whose seal it is and the day."""

    caption: str
    owner: str
    day: str
    kind: str = field(default="seal", init=False)


@dataclass(frozen=True, slots=True)
class Code:
    """An address to be read by a camera (QR code, SVG) beside lines that say it; Word has the lines alone."""

    svg: SafeString
    lines: tuple[str, ...]
    kind: str = field(default="code", init=False)


type Block = Heading | Text | Facts | Table | Flow | Bars | Blanks | SealSpace | Code


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what it is called, what it is about, what stands at the head of every page, and its blocks.

    With a cover, the blocks of the cover stand on a page of their own. `page_words` counts the pages, in words around two numbers.
    """

    title: str
    subject: str
    running_head: tuple[str, str]
    page_words: tuple[str, str, str]
    issuer: str
    written_on: date
    blocks: tuple[Block, ...]
    cover: tuple[Block, ...] = ()
    is_landscape: bool = False
