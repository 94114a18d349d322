"""The shape of a PPT's text: one sheet after another, of a few kinds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A device by the letters it has in drawings, and its name."""

    letters: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Devices that do the same kind of work."""

    name: str
    work: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Two groups side by side."""

    title: str
    groups: tuple[Group, Group]
    note: str


@dataclass(frozen=True, slots=True)
class Device:
    """One device: its sign in drawings, and what to know of it."""

    title: str
    member: Member
    sign: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """One bar of a chart, from a value to a value."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Spans:
    """A chart of bars beside a few lines."""

    title: str
    axis: str
    spans: tuple[Span, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things beside each other."""

    title: str
    head: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Station:
    """One station of a circuit."""

    letters: str
    name: str
    work: str


@dataclass(frozen=True, slots=True)
class Circuit:
    """The main circuit of a motor above the circuit that controls it."""

    title: str
    main: tuple[Station, ...]
    control: tuple[Station, ...]
    note: str


type Sheet = Cover | Groups | Device | Spans | Comparison | Circuit


@dataclass(frozen=True, slots=True)
class SlidesText:
    """A whole PPT; its slug names the folder of its file."""

    slug: str
    title: str
    subtitle: str
    notice: str
    sheets: tuple[Sheet, ...]
