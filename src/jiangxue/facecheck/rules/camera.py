"""What the page's word on its camera is a sign of. Labels are easily forged, so no sign clears anybody. The text is docs/rules/face-checks.md, cameras."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from jiangxue.facecheck.rules import camera_labels as labels
from jiangxue.facecheck.rules.camera_claims import CameraClaims, Value

SLOWEST, FASTEST = 5, 60
"""Frames a second that cameras give."""
CONTROLS = ("exposureMode", "focusMode", "whiteBalanceMode")
GENERATED = ("CanvasCaptureMediaStreamTrack", "MediaStreamTrackGenerator", "VideoTrackGenerator")


class Grade(StrEnum):
    """What a sign leads to: no check with this camera, a closer look, or a note for rules that may be learned later."""

    NOTE = "note"
    STEP_UP = "step_up"
    BLOCK = "block"


class Sign(StrEnum):
    """What is odd about a camera."""

    VIRTUAL_LABEL = "virtual_label"
    PATH_LABEL = "path_label"
    FAKE_DEVICE = "fake_device"
    GENERATED_TRACK = "generated_track"
    OTHER_TRACK = "other_track"
    NO_LABEL = "no_label"
    RANDOM_LABEL = "random_label"
    FIREFOX_FAKE = "firefox_fake"
    NOT_NATIVE = "not_native"
    CAMERA_SOFTWARE = "camera_software"
    NO_USB_ID = "no_usb_id"
    NO_CAPABILITIES = "no_capabilities"
    NO_CONTROLS = "no_controls"
    ODD_FACING = "odd_facing"
    ODD_RATE = "odd_rate"
    ONE_SIZE = "one_size"
    ODD_SIZE = "odd_size"

    @property
    def grade(self) -> Grade:
        """Return what it leads to."""
        return _GRADES.get(self, Grade.NOTE)


def signs_of(claims: CameraClaims) -> tuple[Sign, ...]:
    """Return every sign that the page's word on its camera gives, whatever it is."""
    return tuple(sign for sign, applies in _SIGNS.items() if applies(claims))


def _is_chromium(claims: CameraClaims) -> bool:
    return "Chrome/" in claims.agent


def _is_desktop_chromium(claims: CameraClaims) -> bool:
    return _is_chromium(claims) and not any(word in claims.agent for word in ("Android", "Mobile", "iPhone", "iPad"))


def _lacks_capabilities(claims: CameraClaims) -> bool:
    return _is_chromium(claims) and _largest(claims, "width") is None


def _lacks_controls(claims: CameraClaims) -> bool:
    return (
        _is_chromium(claims) and bool(claims.capabilities) and not any(name in claims.capabilities for name in CONTROLS)
    )


def _has_odd_rate(claims: CameraClaims) -> bool:
    rate = _number(claims.settings, "frameRate")
    return rate is not None and not SLOWEST <= rate <= FASTEST


def _has_one_size(claims: CameraClaims) -> bool:
    """A film as camera can be no larger than it is; a sensor nearly always can."""
    sizes = [(_number(claims.settings, name), _largest(claims, name)) for name in ("width", "height")]
    return all(size is not None and size == largest for size, largest in sizes)


def _has_odd_size(claims: CameraClaims) -> bool:
    sizes = [(_number(claims.settings, name), _largest(claims, name)) for name in ("width", "height")]
    return any(size is not None and largest is not None and size > largest for size, largest in sizes)


def _number(properties: Mapping[str, Value], name: str) -> float | None:
    value = properties.get(name)
    return float(value) if isinstance(value, int | float) else None


def _largest(claims: CameraClaims, name: str) -> float | None:
    bounds = claims.capabilities.get(name)
    return _number(bounds, "max") if isinstance(bounds, dict) else None


_SIGNS: dict[Sign, Callable[[CameraClaims], bool]] = {
    Sign.VIRTUAL_LABEL: lambda claims: labels.is_virtual(claims.label),
    Sign.PATH_LABEL: lambda claims: labels.is_path(claims.label),
    Sign.FAKE_DEVICE: lambda claims: labels.is_fake(claims.label),
    Sign.GENERATED_TRACK: lambda claims: claims.constructor in GENERATED,
    Sign.OTHER_TRACK: lambda claims: claims.constructor not in {"MediaStreamTrack", *GENERATED},
    Sign.NO_LABEL: lambda claims: not claims.label,
    Sign.RANDOM_LABEL: lambda claims: labels.is_random(claims.label),
    Sign.FIREFOX_FAKE: lambda claims: claims.label == "Default Video Device",
    Sign.NOT_NATIVE: lambda claims: not claims.native,
    Sign.CAMERA_SOFTWARE: lambda claims: labels.is_software(claims.label),
    Sign.NO_USB_ID: lambda claims: _is_desktop_chromium(claims) and not labels.has_usb_id(claims.label),
    Sign.NO_CAPABILITIES: _lacks_capabilities,
    Sign.NO_CONTROLS: _lacks_controls,
    Sign.ODD_FACING: lambda claims: claims.settings.get("facingMode") == "environment",
    Sign.ODD_RATE: _has_odd_rate,
    Sign.ONE_SIZE: _has_one_size,
    Sign.ODD_SIZE: _has_odd_size,
}

_GRADES = {
    Sign.VIRTUAL_LABEL: Grade.BLOCK,
    Sign.PATH_LABEL: Grade.BLOCK,
    Sign.FAKE_DEVICE: Grade.BLOCK,
    Sign.GENERATED_TRACK: Grade.BLOCK,
    Sign.OTHER_TRACK: Grade.STEP_UP,
    Sign.NO_LABEL: Grade.STEP_UP,
    Sign.RANDOM_LABEL: Grade.STEP_UP,
    Sign.FIREFOX_FAKE: Grade.STEP_UP,
    Sign.NOT_NATIVE: Grade.STEP_UP,
}
"""The others have honest causes more often than not."""
