"""Telling supervisors that a sample has shown something to look at, in the transaction of what was said. Clause C5."""

from datetime import datetime

from jiangxue.accounts.queries.recipients import supervisors_nearest
from jiangxue.kernel.clock import learning_day
from jiangxue.notices.services import clear, tell
from jiangxue.supervision.models import Draw, DrawnWord
from jiangxue.supervision.rules.sampling import SampleWord


def tell_of_word(draw: Draw, word: SampleWord, *, by_id: int, at: datetime) -> None:
    """Tell the colleagues of who looks that somebody of a sample should be looked at more closely; once nobody is, no more."""
    about = ("sample", draw.pk)
    if word is SampleWord.LOOK_CLOSER:
        params = {"drawn_on": learning_day(draw.at).isoformat()}
        tell(
            supervisors_nearest(draw.region, without=[by_id]),
            kind="sample.look_closer",
            about=about,
            params=params,
            at=at,
        )
    elif not _is_anybody_left(draw):
        clear(["sample.look_closer"], about=about, at=at)


def _is_anybody_left(draw: Draw) -> bool:
    words = DrawnWord.objects.filter(drawn__draw=draw).order_by("drawn", "-ordinal").distinct("drawn")
    return SampleWord.LOOK_CLOSER in words.values_list("word", flat=True)
