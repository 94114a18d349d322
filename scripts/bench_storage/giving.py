"""What is given out of an archive: the ZIP file with its proofs and the paper. Needs Django to be set up."""

from datetime import date

from django.conf import settings
from django.utils.translation import override

from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.archive.rules.container import contained
from jiangxue.archive.rules.members import members
from jiangxue.enrolment.models import Enrolment
from jiangxue.ledger.queries.proofs import proved_archive
from jiangxue.ledger.queries.readiness import readiness
from jiangxue.portals.archives.paper import Printing, paper_of
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.typesetting.pdf import pdf_of
from scripts.bench_storage.report import Given

_MOST = 5


def given(places: list[Enrolment], hours_each: float, today: date) -> list[Given]:
    """Make what some places' archives are given out as, and return how large it is."""
    return [_given(place, hours_each, today) for place in places[:_MOST]]


def _given(place: Enrolment, hours: float, today: date) -> Given:
    found = members(proved_archive(place.aid))
    printing = Printing(str(place.aid), readiness(place.aid), is_masked=False, today=today)
    with override("zh-hans"):
        paper = paper_of(records_and_dossier(place.aid)[1], printing)
        try:
            pdf: int | None = len(pdf_of(paper, settings.PAPER_FONTS))
        except FontsMissing:
            pdf = None
    return Given(hours, len(contained(found)), len(found["entries.jsonl"]), pdf)
