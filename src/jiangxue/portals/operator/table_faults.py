"""What is wrong with a table of occupations, in words that say what to do."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.occupations.errors import Fault, What

SENTENCES: dict[What, str | Promise] = {
    What.TOO_LARGE: _("The file is larger than 4 MB. Please send only the table, as CSV."),
    What.NO_TEXT: _("This is no CSV file in UTF-8 or GB18030. In a spreadsheet, save it as “CSV UTF-8”."),
    What.NO_ROWS: _("Below the header there is no occupation. Please check that it is the right file."),
    What.TOO_MANY_ROWS: _("There are more than 5,000 occupations; from this line on it is too much."),
    What.BROKEN_QUOTES: _(
        "A quotation mark is not closed or stands in the wrong place; from this line on nothing can be read."
    ),
    What.OTHER_HEADER: _("The first line must be the header, with these seven columns in this order."),
    What.TOO_MANY_CELLS: _(
        "The line has more cells than the header. Put text that holds a comma into quotation marks."
    ),
    What.UNFIT_CODE: _("The code must look like 6-31-01-03: one digit from 1 to 8, then three times two digits."),
    What.CODE_REPEATED: _("This code stands in line %(other_line)d already. Keep one of the two."),
    What.NO_NAME: _("The name of the occupation is missing."),
    What.UNKNOWN_LEVEL: _(
        "There is no such level. Write, for example, 五级;四级;三级, and leave it empty where there are none."
    ),
    What.LEVEL_REPEATED: _("This level is written twice."),
    What.NEITHER_YES_NOR_NO: _("In the column 实操类 write 是 or 否."),
    What.TOO_LONG: _("Too long: names have at most 60 characters, cells about the standard at most 120."),
    What.UNREADABLE: _("This cell holds characters that cannot be shown. Please type it again."),
    What.FORMULA: _("This cell begins like a formula of a spreadsheet (= + - @). Write the text without that sign."),
}
_LONGEST_SHOWN = 40


def fault_lines(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Return each fault with its line, what stands there, and what to do."""
    return [
        {
            "line": fault.line,
            "cell": fault.cell if len(fault.cell) <= _LONGEST_SHOWN else f"{fault.cell[:_LONGEST_SHOWN]}…",
            "sentence": str(SENTENCES[fault.what]) % {"other_line": fault.other_line},
        }
        for fault in faults
    ]
