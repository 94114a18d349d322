"""Face checks in words, the same for learners, staff and archives: why one was due, what was asked, what was found and how it ended.

The names are those of docs/rules/face-checks.md; facecheck/rules and learning/rules/facing.py have the same. Words for findings say what a
program saw, never what somebody did.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = Mapping[str, str | Promise]

TRIGGERS: Words = {
    "random": _("drawn at random"),
    "first_of_day": _("first learning of the day"),
    "unpassed": _("the check before was not passed"),
    "device": _("on another device"),
    "break": _("after a break"),
    "lesson_start": _("a lesson begins"),
    "lesson_end": _("a lesson ends"),
    "elsewhere": _("the check before was made in another class"),
}
"""Why a face was due."""

ATTEMPT_OUTCOMES: Words = {
    "": _("attempt going on"),
    "passed": _("confirmed"),
    "again": _("not clear, once more"),
    "step_up": _("asked for a longer look"),
    "review": _("left to a person"),
    "failed": _("the learner was not confirmed"),
    "blocked": _("camera program, not accepted"),
    "broken": _("left or cut off"),
    "spared": _("service not available, not counted"),
}
"""How one attempt ended."""

PURPOSES: Words = {"enrol": _("enrolment of a face"), "check": _("face check"), "trial": _("device tried")}

FORMS: Words = {
    "short": _("short: one action"),
    "long": _("long: colours and actions"),
    "enrol": _("enrolment: colours and actions"),
    "step_up": _("longer look: colours and actions"),
    "trial": _("device tried, nothing asked"),
}

ACTIONS: Words = {
    "turn_left": _("turn to the left"),
    "turn_right": _("turn to the right"),
    "open_mouth": _("open the mouth"),
    "blink": _("blink"),
}

COLOURS: Words = {
    "#ff7878": _("red"),
    "#78ff78": _("green"),
    "#7878ff": _("blue"),
    "#78ffff": _("cyan"),
    "#ff78ff": _("magenta"),
    "#ffff78": _("yellow"),
}

FINDINGS: Words = {
    "virtual_camera": _("the camera bears the name of camera software"),
    "camera_sign": _("something about the camera is unusual"),
    "camera_software": _("the picture passes through camera software"),
    "frames_repeated": _("the same frames came again"),
    "camera_stalled": _("the picture stood still"),
    "unseen": _("too few clear pictures of the face"),
    "not_one_face": _("the face was away or changed place meanwhile"),
    "too_late": _("no picture came in time"),
    "frames_withheld": _("far fewer pictures came while colours were shown than before and after"),
    "face_unclear": _("likeness near the limit"),
    "other_face": _("likeness below the limit"),
    "other_face_again": _("likeness below the limit more than once"),
    "flash_not_followed": _("the face did not follow the colours"),
    "action_not_done": _("an action was not seen"),
    "other_action": _("another action was done"),
    "not_all_asked": _("not everything that this form asks was asked"),
    "without_flash": _("no colours were shown, as arranged for the learner; all actions were asked instead"),
    "no_live_face": _("neither colours nor actions were followed"),
    "no_live_face_again": _("neither colours nor actions were followed, more than once"),
    "light_on_all": _("the background was lit like the face"),
    "seems_not_live": _("the picture looks like a picture of a picture"),
    "near_duplicate": _("almost the same as an enrolled picture"),
}
"""What was found in an attempt, for staff and the archive."""

CODES: Words = {
    "not_seen_well": _("the face was not seen well"),
    "not_sure_it_is_you": _("not yet sure that it is the same person"),
    "not_live": _("colours or actions were not seen on the face"),
    "virtual_camera": _("camera program in use"),
    "camera_software": _("camera software or beauty filter"),
    "repeated_frames": _("the picture repeated itself"),
    "too_late": _("time was over"),
    "other_face": _("looks different from the enrolled pictures"),
    "flash_needed": _("colours were not wanted, and this form has them"),
}
"""What the learner is told of it: coarse on purpose."""

SIGNS: Words = {
    "virtual_label": _("name of a virtual camera"),
    "path_label": _("named like a file"),
    "fake_device": _("test device of the browser"),
    "generated_track": _("picture drawn by a program"),
    "other_track": _("unusual kind of picture source"),
    "no_label": _("camera without a name"),
    "random_label": _("name without meaning"),
    "firefox_fake": _("test picture of Firefox"),
    "not_native": _("an extension stands between page and camera"),
    "camera_software": _("camera software"),
    "no_usb_id": _("no USB number in the name"),
    "no_capabilities": _("camera tells no abilities"),
    "no_controls": _("no control of exposure, focus or white balance"),
    "odd_facing": _("rear camera"),
    "odd_rate": _("unusual frame rate"),
    "one_size": _("only one picture size"),
    "odd_size": _("picture larger than the camera's largest"),
}
"""What is unusual about a camera; names are easily forged, and honest cameras give such signs as well."""

UNAVAILABLE: Words = {
    "no_camera": _("no camera on the device"),
    "denied": _("camera not allowed"),
    "in_use": _("camera did not start"),
    "insecure": _("address without encryption"),
    "old_browser": _("browser too old"),
    "no_service": _("face check not reachable"),
}
"""Why a check could not be made, by the page's word."""

WAYS: Words = {"face": _("confirmed by face"), "supervised": _("confirmed by staff"), "unchosen": _("not chosen yet")}
"""By which way somebody's identity is confirmed."""


def word_of(words: Words, name: str) -> str | Promise:
    """Return the word for a name, or the name itself where a record bears one that this program does not know any more."""
    return words.get(name, name)
