"""Who may register themselves. Clauses M1, M2; decision 0028."""

from datetime import date

from jiangxue.accounts.errors import TooYoung
from jiangxue.accounts.rules.id_types import IdType, age_on, told_by
from jiangxue.accounts.rules.number_flaws import fit_number

ALONE_FROM = 14
"""From which age, in years, somebody agrees to the processing of their data alone (PIPL Article 31)."""


def fit_document(id_type: IdType, text: str, today: date) -> str:
    """Return the number of somebody who registers themselves as it is kept, or raise `NumberUnfit` or, where it tells so, `TooYoung`."""
    number = fit_number(id_type, text, today)
    born = told_by(id_type, number).born
    if born is not None and age_on(born, today) < ALONE_FROM:
        raise TooYoung
    return number
