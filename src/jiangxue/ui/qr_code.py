"""Addresses as pictures that a phone's camera reads."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str, *, scale: int = 5) -> SafeString:
    """Return a QR code as an SVG element without script or style; `scale` is the width of a module in pixels."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, scale=scale, svgclass="qr-code")
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - drawn out of modules; no word of the address stands in it
