"""Which sheet of a file is the roster, where its header ends, and which column says what."""

from collections.abc import Iterator
from string import ascii_uppercase

from django import forms
from django.utils.translation import gettext as _

from jiangxue.enrolment.queries.roster_files import Shown
from jiangxue.enrolment.rules.roster.headers import header_in
from jiangxue.enrolment.rules.roster.shapes import NEEDED, Choice, Column, Line, Sheet
from jiangxue.portals.institution.rosters.words import COLUMNS

_LINES_OFFERED = 20
_LONGEST_SHOWN = 24


class SheetForm(forms.Form):
    """Another sheet of the file; its header is looked for anew."""

    sheet = forms.TypedChoiceField(coerce=int)

    def __init__(self, shown: Shown, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["sheet"]
        assert isinstance(field, forms.TypedChoiceField)
        field.label = _("Sheet of the file")
        field.choices = [(number, _sheet_label(sheet, number)) for number, sheet in enumerate(shown.sheets)]
        field.initial = shown.choice.sheet
        field.widget.attrs["class"] = "control"
        self._sheets = shown.sheets

    def choice(self) -> Choice:
        """Return how the chosen sheet is best understood."""
        number = self.cleaned_data["sheet"]
        return header_in(self._sheets[number], number)


class ColumnsForm(forms.Form):
    """Where the header ends, and in which column what stands; the same column cannot say two things."""

    header_at = forms.TypedChoiceField(coerce=int)

    def __init__(self, shown: Shown, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        sheet, self._sheet = shown.sheets[shown.choice.sheet], shown.choice.sheet
        header = self.fields["header_at"]
        assert isinstance(header, forms.TypedChoiceField)
        header.label, header.initial = _("The header ends in row"), shown.choice.header_at
        header.choices = [(0, _("There is no header")), *_header_lines(sheet, shown.choice.header_at)]
        header.widget.attrs["class"] = "control"
        offered = list(_columns(sheet, shown.choice.header_at))
        for column in Column:
            self.fields[column.value] = _field(column, offered, shown.choice.columns.get(column))

    def clean(self) -> dict[str, object]:
        """Refuse a column that is chosen twice."""
        said = super().clean() or self.cleaned_data
        taken: set[int] = set()
        for column in Column:
            at = said.get(column.value)
            if at in ("", None):
                continue
            if at in taken:
                self.add_error(column.value, _("This column is chosen for something else already."))
            taken.add(at)
        return said

    def choice(self) -> Choice:
        """Return what was chosen."""
        said = self.cleaned_data
        columns = {column: said[column.value] for column in Column if said[column.value] not in ("", None)}
        return Choice(self._sheet, said["header_at"], columns)


def _field(column: Column, offered: list[tuple[int, str]], chosen: int | None) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=column in NEEDED,
        label=str(COLUMNS[column]),
        choices=[("", _("not in this file")), *offered],
        initial="" if chosen is None else chosen,
        error_messages={"required": _("Choose the column in which this stands.")},
    )
    field.widget.attrs["class"] = "control"
    return field


def _sheet_label(sheet: Sheet, number: int) -> str:
    name = sheet.name or _("Table")
    return _("%(name)s (%(rows)d rows)") % {"name": name, "rows": len(sheet.lines)} if sheet.lines else name


def _header_lines(sheet: Sheet, chosen: int) -> Iterator[tuple[int, str]]:
    for line in sheet.lines:
        if line.at <= max(chosen, sheet.lines[0].at + _LINES_OFFERED):
            said = " ".join(cell for cell in line.cells if cell)[:_LONGEST_SHOWN]
            yield line.at, _("row %(at)d: %(said)s") % {"at": line.at, "said": said}


def _columns(sheet: Sheet, header_at: int) -> Iterator[tuple[int, str]]:
    header = next((line for line in sheet.lines if line.at == header_at), Line(0, ()))
    for at in range(sheet.width):
        said = header.cell(at)[:_LONGEST_SHOWN]
        yield (
            at,
            _("column %(letters)s: %(said)s") % {"letters": letters_of(at), "said": said} if said else letters_of(at),
        )


def letters_of(at: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, B … Z, AA."""
    above, rest = divmod(at, len(ascii_uppercase))
    return (letters_of(above - 1) if above else "") + ascii_uppercase[rest]
