"""The charts of statistics as pictures to keep: PNG, set with the fonts of our papers, or SVG."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.portals.querying.figures import FIGURES
from jiangxue.portals.querying.frame import Asked, answered
from jiangxue.portals.querying.statistics import found_for
from jiangxue.typesetting.errors import FontsMissing
from jiangxue.typesetting.picture import png_of
from jiangxue.ui.charts import drawn

ENDINGS = {"png": "image/png", "svg": "image/svg+xml"}


def show(request: SignedRequest, chart: str, ending: str) -> HttpResponse:
    """Give out one chart; as SVG where no Chinese fonts are installed."""
    if chart not in FIGURES or ending not in ENDINGS:
        raise Http404

    def answer(asked: Asked) -> HttpResponse:
        found = found_for(asked)
        figure = FIGURES[chart](found)
        made = figure.chart
        stamp = _("Statistics as of %(at)s") % {"at": f"{timezone.localtime(found.as_of):%Y-%m-%d %H:%M}"}
        said = " · ".join(each for each in (stamp, figure.note) if each)
        content, kept = _content(drawn(made), f"{made.title}（{made.unit}）", said, ending)
        disposition = content_disposition_header(as_attachment=True, filename=f"{made.title}.{kept}") or "attachment"
        return HttpResponse(content, content_type=ENDINGS[kept], headers={"Content-Disposition": disposition})

    return answered(request, "statistics", answer)


def _content(svg: str, title: str, said: str, ending: str) -> tuple[bytes, str]:
    if ending == "png":
        try:
            return png_of(svg, title, said, settings.PAPER_FONTS), "png"
        except FontsMissing:
            pass
    return svg.encode(), "svg"
