"""Names by which cameras that are programs give themselves away; whoever renames one is not found here. Sources: docs/rules/face-checks.md, cameras."""

import re
import unicodedata

VIRTUAL = (
    "akvcam",
    "altercam",
    "avatarify",
    "camtwist",
    "deepfacelive",
    "dummy video device",
    "fake camera",
    "fake webcam",
    "fakewebcam",
    "manycam",
    "mmhmm",
    "obs",
    "obsvirtualcamera",
    "snap camera",
    "sparkocam",
    "splitcam",
    "spoutcam",
    "unity video capture",
    "v4l2loopback",
    "vcam",
    "virtual cam",
    "virtual camera",
    "virtual video",
    "virtual webcam",
    "virtualcam",
    "virtualcamera",
    "vmix",
    "webcamoid",
    "xsplit",
    "youcam",
)
"""Whole words, lower case: films, screens and changed faces come from these. OBSBOT and iVCam are other words."""

VIRTUAL_CHINESE = (
    "虚拟摄像",
    "虚拟相机",
    "虚拟视频",
    "虛擬攝影",
    "虛擬攝像",
    "虛擬相機",
    "有他相机",
    "无他相机",
    "直播伴侣",
)
"""The same in Chinese, where words have no ends."""

SOFTWARE = (
    "camo",
    "droidcam",
    "epoccam",
    "iriun",
    "ivcam",
    "logi capture",
    "nvidia broadcast",
)
"""Programs before a real camera, or before that of a telephone: honest people have them."""

_PATH = re.compile(
    r"^(file:|\.{0,2}/|~/|[a-z]:[\\/]|\\\\)|\.(mjpe?g|y4m|yuv|mp4|m4v|webm|mkv|avi|mov|gif|png|jpe?g)$", re.IGNORECASE
)
_FAKE = re.compile(r"^fake[_ ]device[_ ]?\d*$", re.IGNORECASE)
_RANDOM = re.compile(r"^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$|^[0-9a-z+/_-]{32,}={0,2}$", re.IGNORECASE)
_USB_ID = re.compile(r"\([0-9a-f]{4}:[0-9a-f]{4}\)$", re.IGNORECASE)


def is_virtual(label: str) -> bool:
    """Say whether a label names a known virtual camera, or calls itself one."""
    return _has_words(label, VIRTUAL) or any(word in _joined(label) for word in VIRTUAL_CHINESE)


def is_software(label: str) -> bool:
    """Say whether a label names a program that stands before a real camera."""
    return _has_words(label, SOFTWARE)


def is_path(label: str) -> bool:
    """Say whether a label is the name of a file: Chromium calls a film as camera by its path."""
    return bool(_PATH.search(label))


def is_fake(label: str) -> bool:
    """Say whether it is the test picture of Chromium."""
    return bool(_FAKE.search(label))


def is_random(label: str) -> bool:
    """Say whether a label is no name at all: Chromium calls a canvas by random signs."""
    return bool(_RANDOM.search(label))


def has_usb_id(label: str) -> bool:
    """Say whether a label ends with the id of a USB device, as desktop Chromium writes it."""
    return bool(_USB_ID.search(label))


def _has_words(label: str, words: tuple[str, ...]) -> bool:
    """Say whether any of the words stands in a label as a whole; underscores, hyphens and brackets part words."""
    plain = unicodedata.normalize("NFKC", label).casefold()
    spaced = " ".join(re.findall(r"[^\W_]+", plain))
    return any(f" {word} " in f" {spaced} " for word in words)


def _joined(label: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", label))
