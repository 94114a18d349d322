"""Facts worth a look (异常线索) in words: what was seen and what usually causes it; never an accusation.

The names are those of learning/rules/anomalies.py.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Seen:
    """A kind of fact: its name in lists, and the sentence that says what was seen and what it may come from."""

    label: str | Promise
    sentence: str | Promise


ANOMALIES: dict[str, Seen] = {
    "shared_device": Seen(
        _("Same device, same address"),
        _(
            "Learners used a device of the same description at the same network address at the same time, or within a minute of one another. People of one household or one office may do so; ask them where they learned."
        ),
    ),
    "shared_address": Seen(
        _("Many at one address"),
        _(
            "Three or more learners were learning at the same network address at the same time. In a computer room, a dormitory or a workplace this is normal."
        ),
    ),
    "starts_together": Seen(
        _("Began in the same second"),
        _(
            "Learners began to learn within one second while hardly anybody else began near that time. They may have agreed on a time; look at whether it happens again."
        ),
    ),
    "quick_answers": Seen(
        _("Very quick check-ins"),
        _("Check-ins were answered in less than 0.7 seconds, quicker than the prompt can be read."),
    ),
    "steady_answers": Seen(
        _("Check-ins alike to a fraction of a second"),
        _(
            "All check-ins took nearly the same time, within about a tenth of a second. People usually differ by seconds."
        ),
    ),
    "measures_apart": Seen(
        _("Two measures differ"),
        _(
            "The time that the page reports for its check-ins differs from the server's measure by more than 5 seconds. A slow network may be the cause."
        ),
    ),
    "misses_on_day": Seen(
        _("Check-ins missed on one day"),
        _(
            "On one day as many check-ins were missed, in number and in share, as the rule in force wants looked at. The head teacher should ask the learner for the reason."
        ),
    ),
    "misses_in_period": Seen(
        _("Check-ins missed again and again"),
        _(
            "Three or more check-ins were missed within seven days. Ask whether the sound is on and whether the prompts are seen."
        ),
    ),
    "enrolment_not_the_learner": Seen(
        _("Enrolled face not that of the document"),
        _(
            "Staff compared the enrolled face with the identity document, and said that it is another person. The stored face data were deleted; learned time was not changed by it. Speak with the learner, and look at the time that earlier face checks confirmed."
        ),
    ),
    "corrected_after_compared": Seen(
        _("Name or number corrected after the comparison"),
        _(
            "Staff had compared the enrolled face with the identity document and found it to be the learner; then name or number was corrected. Have the document shown once more."
        ),
    ),
    "same_face": Seen(
        _("Enrolled face like another learner's"),
        _(
            "The faces that were enrolled under two accounts are alike. Twins, brothers and sisters may be, now and then strangers, and somebody may have two accounts because of an older document. Check each learner in person or by video against their identity document. No time is affected."
        ),
    ),
    "camera_oddities": Seen(
        _("Unusual cameras"),
        _(
            "Three or more face checks were passed with a camera that reports unusual properties, or nearly each time with a camera of another name. Simple or old cameras, add-ons for privacy and changing computers do that. Ask which camera is used; if it stays unclear, check the learner in person or by video."
        ),
    ),
    "near_the_limit": Seen(
        _("Likeness often near the limit"),
        _(
            "Three or more face checks were passed with a likeness only just above what is asked for. Glasses, another hairstyle, or bad light at the enrolment may be the cause. Check the learner once in person or by video."
        ),
    ),
    "colours_never_seen": Seen(
        _("Colours never seen"),
        _(
            "At three or more face checks colours were shown, and it could not once be told whether the face took them on. In bright rooms and by a window this is common. Advise a brighter screen and less light from elsewhere; if it stays so, check the learner once in person or by video."
        ),
    ),
    "unbroken_days": Seen(
        _("Long days without a break"),
        _(
            "On three or more days at least four hours were credited without one second paused, hidden or without signal. Diligent people manage that too."
        ),
    ),
}
"""Every kind that may be found; an unknown one is a fault of the program and raises KeyError."""
