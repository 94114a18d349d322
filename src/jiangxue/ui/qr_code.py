"""Addresses as pictures that a phone's camera reads."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str, *, damage: str = "m", css_class: str = "qr-code") -> SafeString:
    """Return a QR code as an SVG element without script or style, black on white, that fills its place.

    It is readable with 15 % of it damaged, with `damage` "q" 25 %.
    """
    drawn = segno.make(address, error=damage, micro=False)
    svg = drawn.svg_inline(border=2, light="#fff", omitsize=True, svgclass=css_class, lineclass=None)
    return mark_safe(svg)  # noqa: S308 - drawn out of modules; no word of the address stands in it
