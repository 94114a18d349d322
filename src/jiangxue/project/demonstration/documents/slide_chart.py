"""The chart and the table of a PPT."""

from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches

from jiangxue.project.demonstration.documents.slide_parts import PALE, WHITE, Board, Place, Words, emu, rgb, set_type
from jiangxue.project.demonstration.documents.texts.sheets import Comparison, Spans
from jiangxue.project.demonstration.media.palette import INK, QUIET, RULE, Colour


def draw_chart(board: Board, sheet: Spans, place: Place) -> None:
    """Draw each span as a column that begins at its low value: an unseen column carries it."""
    chart = _new_chart(board, sheet, place)
    set_type(chart.font, Words(16))
    chart.has_legend = False
    _write_chart_title(chart, sheet.axis)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 50, 100
    carrier, seen = plot.series
    carrier.format.fill.background()
    seen.format.fill.solid()
    seen.format.fill.fore_color.rgb = rgb(INK)
    for number, span in enumerate(sheet.spans):
        label = seen.points[number].data_label
        label.text_frame.text = f"{span.low}～{span.high}"
        label.position = XL_LABEL_POSITION.CENTER
        set_type(label.text_frame.paragraphs[0].runs[0].font, Words(16, WHITE, bold=True))
    _set_axes(chart)


def _new_chart(board: Board, sheet: Spans, place: Place) -> Chart:
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [span.name for span in sheet.spans]
    data.add_series("下限", [span.low for span in sheet.spans])  # type: ignore[no-untyped-call]
    data.add_series("范围", [span.high - span.low for span in sheet.spans])  # type: ignore[no-untyped-call]
    # The library says that it returns the chart; it returns the frame around it.
    frame: Any = board.slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_STACKED, *emu(place), data)  # type: ignore[arg-type]
    frame.name = sheet.axis
    chart: Chart = frame.chart
    return chart


def _write_chart_title(chart: Chart, text: str) -> None:
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    frame = chart.chart_title.text_frame
    frame.text = text
    set_type(frame.paragraphs[0].runs[0].font, Words(16, QUIET))


def _set_axes(chart: Chart) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.maximum_scale, values.minimum_scale, values.major_unit = 20, 0, 5
    values.major_gridlines.format.line.color.rgb = rgb(RULE)
    values.format.line.fill.background()
    set_type(values.tick_labels.font, Words(14, QUIET))
    names.format.line.color.rgb = rgb(INK)
    set_type(names.tick_labels.font, Words(18))


def draw_table(board: Board, sheet: Comparison, place: Place) -> None:
    """Draw the comparison as a table with its own colours."""
    rows = (sheet.head, *sheet.rows)
    frame = board.slide.shapes.add_table(len(rows), len(sheet.head), *emu(place))
    frame.name = sheet.title
    table = frame.table
    for column, width in enumerate((2.2, 3.6, place.width - 5.8)):
        table.columns[column].width = Inches(width)
    for at, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cell = table.cell(at, column)
            cell.text, cell.vertical_anchor = text, MSO_ANCHOR.MIDDLE
            ground: Colour = INK if at == 0 else (PALE if at % 2 == 0 else WHITE)
            cell.fill.solid()  # type: ignore[no-untyped-call]
            cell.fill.fore_color.rgb = rgb(ground)
            words = Words(22, WHITE, bold=True) if at == 0 else Words(22, bold=column == 0)
            set_type(cell.text_frame.paragraphs[0].runs[0].font, words)
