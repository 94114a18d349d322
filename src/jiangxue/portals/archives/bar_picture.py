"""The minute bar as a picture for paper: readable in black and white."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jiangxue.ui.kinds import Look
from jiangxue.ui.minute_bar import WIDTH, MinuteBar, Piece

INK, LINE, SEAL = "#1b2f4e", "#8a94a3", "#b3261e"
_HEIGHT = 24
_PATTERNS = mark_safe(
    '<defs><pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="12" height="12" fill="#ffffff"/><rect width="5" height="12" fill="#1b2f4e"/></pattern>'
    '<pattern id="rules" width="12" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="12" height="8" fill="#ffffff"/><rect width="12" height="3" fill="#1b2f4e"/></pattern></defs>'
)
_FILLS: dict[Look, str] = {
    Look.CONFIRMED: INK,
    Look.PROVISIONAL: "url(#hatch)",
    Look.CORRECTED: "url(#rules)",
    Look.REFUSED: "#ffffff",
    Look.REPEAT: "#dfe3e8",
}


def bar_picture(bar: MinuteBar) -> SafeString:
    """Return the bar as SVG: confirmed solid, provisional hatched, corrected ruled, refused outlined, check-ins as red seals."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" preserveAspectRatio="none">'
        '{}<rect width="{}" height="{}" fill="#f3f4f6"/>{}{}</svg>',
        WIDTH, _HEIGHT, WIDTH, _HEIGHT, _PATTERNS, WIDTH, _HEIGHT,
        format_html_join("", "{}", ((_piece(piece),) for piece in bar.pieces)),
        format_html_join(
            "",
            '<rect x="{}" y="5" width="5" height="14" fill="{}" stroke="{}" stroke-width="1.5"/>',
            ((seal.x, "#ffffff" if seal.hollow else SEAL, SEAL) for seal in bar.seals),
        ),
    )  # fmt: skip


def _piece(piece: Piece) -> SafeString:
    return format_html(
        '<rect x="{}" y="1" width="{}" height="22" fill="{}" stroke="{}" stroke-width="{}"/>',
        piece.x,
        piece.width,
        _FILLS[piece.look],
        LINE,
        1 if piece.look is Look.REFUSED else 0,
    )
