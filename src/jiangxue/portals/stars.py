"""Ratings as pages show them: stars, averages, how they are spread, their trend, comments."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangxue.rating.models import CourseRating
from jiangxue.rating.queries.figures import Figures, LecturerFigures
from jiangxue.rating.rules.drafts import STARS, Standing
from jiangxue.rating.rules.figures import Average, Month

MOST = STARS[0]
CHART_HEIGHT, MONTH_WIDTH = 60, 30
STAR_WORDS: dict[int, str | Promise] = {
    5: gettext_lazy("very good"),
    4: gettext_lazy("good"),
    3: gettext_lazy("middling"),
    2: gettext_lazy("not good"),
    1: gettext_lazy("bad"),
}
STANDING_LABELS: dict[Standing, str | Promise] = {
    Standing.SHOWN: gettext_lazy("shown to everybody"),
    Standing.HELD: gettext_lazy("waits for a person to look at it"),
    Standing.HIDDEN: gettext_lazy("hidden"),
}


def drawn(stars: int) -> str:
    """Return stars as signs: ★★★★☆."""
    return "★" * stars + "☆" * (MOST - stars)


def stars_said(stars: int) -> str:
    """Return stars in words: 4 星."""
    return ngettext("%(stars)d star", "%(stars)d stars", stars) % {"stars": stars}


def average_shown(average: Average) -> dict[str, object]:
    """Return an average with the number of people whose ratings it is made of."""
    people = ngettext("%(people)d person rated", "%(people)d people rated", average.count) % {"people": average.count}
    return {
        "count": average.count,
        "figure": average.said,
        "drawn": drawn((average.tenths + 5) // 10),
        "people": people if average.count else _("nobody has rated yet"),
    }


def figures_shown(figures: Figures, lecturers: Iterable[LecturerFigures] = ()) -> dict[str, object]:
    """Return all figures for ui/rating_figures.html."""
    return {
        "average": average_shown(figures.average),
        "shares": [
            {"label": stars_said(share.stars), "count": share.count, "percent": share.percent}
            for share in figures.spread
        ],
        "months": [_month(at, month) for at, month in enumerate(figures.trend)] if figures.average.count else [],
        "chart": {"width": MONTH_WIDTH * len(figures.trend), "height": CHART_HEIGHT},
        "lecturers": [{"name": each.name, "average": average_shown(each.average)} for each in lecturers],
    }


def comment_shown(rating: CourseRating) -> dict[str, object]:
    """Return a rating with its comment; what is held or hidden is not quoted."""
    is_shown = rating.standing == Standing.SHOWN
    return {
        "stars": rating.stars,
        "drawn": drawn(rating.stars),
        "stars_said": stars_said(rating.stars),
        "comment": rating.comment if is_shown else "",
        "withheld": "" if is_shown else STANDING_LABELS[Standing(rating.standing)],
        "reason": rating.reason,
        "name": rating.enrolment.learner.staff_name,
        "class_name": rating.enrolment.training_class.name,
        "rated_at": rating.rated_at,
        "changed_at": rating.changed_at,
    }


def _month(at: int, month: Month) -> dict[str, object]:
    height = month.average.tenths * CHART_HEIGHT // (10 * MOST)
    return {
        "first": month.first,
        "average": average_shown(month.average),
        "x": at * MONTH_WIDTH,
        "y": CHART_HEIGHT - height,
        "height": height,
    }
