"""What a page says of its camera, cut to what can be kept: names that are known, in bounded lengths, without what marks a device."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

LONGEST_LABEL = 200
LONGEST_AGENT = 400
LONGEST_WORD = 40
LONGEST_LIST = 8
LARGEST = 1_000_000_000
NAMES = (
    "width",
    "height",
    "aspectRatio",
    "frameRate",
    "facingMode",
    "resizeMode",
    "exposureMode",
    "exposureTime",
    "exposureCompensation",
    "focusMode",
    "focusDistance",
    "whiteBalanceMode",
    "colorTemperature",
    "iso",
    "brightness",
    "contrast",
    "saturation",
    "sharpness",
    "pan",
    "tilt",
    "zoom",
    "torch",
    "backgroundBlur",
)
"""Properties of a video track (W3C Media Capture and Streams, Image Capture); `deviceId` and `groupId` would mark a device and are not kept."""

type Scalar = str | int | float | bool
type Value = Scalar | list[Scalar] | dict[str, Scalar]


@dataclass(frozen=True, slots=True)
class CameraClaims:
    """The page's word on its camera: good for signs, for rules that may be learned later, and for nothing else."""

    label: str = ""
    constructor: str = ""
    inputs: int = 0
    settings: Mapping[str, Value] = field(default_factory=dict)
    capabilities: Mapping[str, Value] = field(default_factory=dict)
    supported: tuple[str, ...] = ()
    native: bool = False
    frame_callback: bool = False
    screen: tuple[int, ...] = ()
    agent: str = ""

    @classmethod
    def from_claims(cls, claimed: object) -> "CameraClaims":
        """Read whatever stands in `camera` of a page's first message; what is no such thing is left out, and nothing is refused."""
        said = claimed if isinstance(claimed, Mapping) else {}
        screen, supported = said.get("screen"), said.get("supported")
        return cls(
            label=_text(said.get("label"), LONGEST_LABEL),
            constructor=_text(said.get("constructor"), LONGEST_WORD),
            inputs=_count(said.get("inputs")),
            settings=_properties(said.get("settings")),
            capabilities=_properties(said.get("capabilities")),
            supported=tuple(name for name in NAMES if isinstance(supported, list) and name in supported),
            native=said.get("native") is True,
            frame_callback=said.get("frame_callback") is True,
            screen=tuple(map(_count, screen[:2])) if isinstance(screen, list) else (),
            agent=_text(said.get("agent"), LONGEST_AGENT),
        )

    def facts(self) -> dict[str, object]:
        """Return what is kept of it, fit for JSON."""
        return asdict(self) | {"supported": list(self.supported), "screen": list(self.screen)}


def _text(value: object, longest: int) -> str:
    """Return a text that any database and page takes: blanks are blanks, and what cannot be printed is left out."""
    if not isinstance(value, str):
        return ""
    plain = re.sub(r"\s+", " ", value[: 4 * longest])
    return "".join(sign for sign in plain if sign.isprintable()).strip()[:longest]


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST else 0


def _properties(value: object) -> dict[str, Value]:
    said = value if isinstance(value, Mapping) else {}
    read = {name: _value(said[name]) for name in NAMES if name in said}
    return {name: kept for name, kept in read.items() if kept is not None}


def _value(value: object) -> Value | None:
    if isinstance(value, list):
        return [kept for each in value[:LONGEST_LIST] if (kept := _scalar(each)) is not None]
    if isinstance(value, Mapping):
        bounds = {name: _scalar(value.get(name)) for name in ("min", "max", "step")}
        return {name: kept for name, kept in bounds.items() if kept is not None}
    return _scalar(value)


def _scalar(value: object) -> Scalar | None:
    if isinstance(value, str):
        return _text(value, LONGEST_WORD)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) <= LARGEST:
        return value
    return None
