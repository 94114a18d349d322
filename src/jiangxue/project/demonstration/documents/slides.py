"""Writing a text as a PPT file, 16 by 9."""

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.util import Inches

from jiangxue.project.demonstration.documents.archives import without_times
from jiangxue.project.demonstration.documents.fixed import AUTHOR, WRITTEN_AT
from jiangxue.project.demonstration.documents.slide_chart import draw_chart, draw_table
from jiangxue.project.demonstration.documents.slide_parts import (
    HEIGHT,
    LEFT,
    PALE,
    RIGHT,
    WIDTH,
    Board,
    Place,
    Words,
    draw_foot,
    draw_frame,
    draw_seal,
    new_board,
    saved,
)
from jiangxue.project.demonstration.documents.texts.sheets import (
    Circuit,
    Comparison,
    Cover,
    Device,
    Group,
    Groups,
    Sheet,
    SlidesText,
    Spans,
    Station,
)
from jiangxue.project.demonstration.media.palette import INK, QUIET, READ, RULE, SEAL

_POINTS_TOP, _POINT_STEP = 1.95, 1.18


def slides_file(text: SlidesText) -> bytes:
    """Return the .pptx of a text."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    properties = presentation.core_properties
    properties.title, properties.subject, properties.comments = text.title, text.subtitle, text.notice
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = WRITTEN_AT
    properties.language = "zh-CN"
    for number, sheet in enumerate(text.sheets, 1):
        board = _drawn(presentation, text, sheet)
        draw_foot(board, f"{text.title}　　{text.notice}", f"{number} / {len(text.sheets)}")
    return without_times(saved(presentation))


def _drawn(presentation: Slides, text: SlidesText, sheet: Sheet) -> Board:
    board = new_board(presentation)
    if not isinstance(sheet, Cover):
        draw_frame(board, sheet.title)
    match sheet:
        case Cover():
            _draw_cover(board, text, sheet)
        case Groups():
            _draw_groups(board, sheet)
        case Device():
            _draw_device(board, sheet)
        case Spans():
            draw_chart(board, sheet, Place(7.2, 1.75, 5.3, 4.9))
            _draw_points(board, sheet.points, 6.3, 24)
        case Comparison():
            draw_table(board, sheet, Place(LEFT, 1.85, RIGHT - LEFT, 4.2))
            board.words((sheet.note,), Place(LEFT - 0.1, 6.2, RIGHT - LEFT, 0.5), Words(18, READ))
        case Circuit():
            _draw_circuit(board, sheet)
    return board


def _draw_cover(board: Board, text: SlidesText, cover: Cover) -> None:
    draw_seal(board, Place(LEFT, 0.95, 1.05, 1.05), 44)
    board.words((text.subtitle,), Place(LEFT + 1.25, 1.2, 9, 0.6), Words(24, QUIET))
    board.title(text.title, Place(LEFT - 0.1, 2.25, RIGHT - LEFT, 1.2), Words(60, bold=True))
    board.bar(Place(LEFT, 3.65, 1.0, 0.06), INK)
    for number, point in enumerate(cover.points):
        top = 4.05 + number * 0.78
        board.bar(Place(LEFT, top + 0.24, 0.13, 0.13), INK)
        board.words((point,), Place(LEFT + 0.3, top, 11, 0.65), Words(28))


def _draw_points(board: Board, points: tuple[str, ...], width: float, size: float) -> None:
    for number, point in enumerate(points):
        top = _POINTS_TOP + number * _POINT_STEP
        board.bar(Place(LEFT, top + 0.21, 0.14, 0.14), INK)
        board.words((point,), Place(LEFT + 0.3, top, width - 0.3, 1.1), Words(size))


def _draw_groups(board: Board, sheet: Groups) -> None:
    for number, group in enumerate(sheet.groups):
        _draw_group(board, group, LEFT + number * 5.95)
    board.words((sheet.note,), Place(LEFT - 0.1, 6.2, RIGHT - LEFT, 0.5), Words(18, READ))


def _draw_group(board: Board, group: Group, left: float) -> None:
    board.bar(Place(left, 1.85, 5.58, 0.95), PALE)
    board.words((group.name,), Place(left + 0.1, 1.98, 2.0, 0.6), Words(28, bold=True))
    board.words((group.work,), Place(left + 2.0, 2.07, 3.5, 0.55), Words(20, READ))
    for number, member in enumerate(group.members):
        top = 2.95 + number * 0.79
        board.words((member.letters,), Place(left + 0.1, top, 1.3, 0.6), Words(28, SEAL, bold=True))
        board.words((member.name,), Place(left + 2.0, top, 3.5, 0.6), Words(28))
        board.bar(Place(left, top + 0.69, 5.58, 0.015), RULE)


def _draw_device(board: Board, sheet: Device) -> None:
    _draw_points(board, sheet.points, 8.2, 26)
    board.bar(Place(9.3, 1.95, 0.02, 4.5), RULE)
    board.sign(sheet.sign, Place(10.15, 1.95, 1.5, 3.0))
    centred = Words(44, SEAL, bold=True, align=PP_ALIGN.CENTER)
    board.words((sheet.member.letters,), Place(9.5, 5.05, 2.9, 0.85), centred)
    board.words((sheet.member.name,), Place(9.5, 5.9, 2.9, 0.6), Words(22, QUIET, align=PP_ALIGN.CENTER))


def _draw_circuit(board: Board, sheet: Circuit) -> None:
    board.words(("主回路",), Place(LEFT - 0.1, 1.7, 3, 0.45), Words(20, READ, bold=True))
    _draw_row(board, sheet.main, 2.2)
    board.words(("控制回路",), Place(LEFT - 0.1, 4.0, 3, 0.45), Words(20, READ, bold=True))
    _draw_row(board, sheet.control, 4.5)
    board.words((sheet.note,), Place(LEFT - 0.1, 6.2, RIGHT - LEFT, 0.5), Words(20, SEAL, bold=True))


def _draw_row(board: Board, stations: tuple[Station, ...], top: float) -> None:
    step = (RIGHT - LEFT + 0.45) / len(stations)
    for number, station in enumerate(stations):
        left, wide = LEFT + number * step, step - 0.45
        words = Words(18, align=PP_ALIGN.CENTER)
        texts = (station.letters, station.name, station.work)
        box = board.box(texts, Place(left, top, wide, 1.5), words, fill=_ground(station))
        box.text_frame.paragraphs[0].runs[0].font.bold = True
        if number:
            board.arrow((left - 0.45, top + 0.75), (left, top + 0.75))


def _ground(station: Station) -> tuple[int, int, int]:
    """The contactor is in both circuits, and stands out in both."""
    return PALE if station.letters == "KM" else (255, 255, 255)
