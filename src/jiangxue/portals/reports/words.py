"""The quality report (质量检测报告) in words: what is measured, and what to do about it. Clause T1.4."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.errors import CaptionFault
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import Check, Verdict

type Words = str | Promise

CHECKS: dict[Check, Words] = {
    Check.RESOLUTION: _("Picture size"),
    Check.FRAME_RATE: _("Frame rate"),
    Check.VIDEO_CODEC: _("Video codec"),
    Check.AUDIO_CODEC: _("Audio codec"),
    Check.SAMPLE_RATE: _("Audio sample rate"),
    Check.BIT_RATE: _("Video bit rate"),
    Check.DURATION: _("Measured length"),
    Check.DECODING: _("Places that cannot be decoded"),
    Check.LOUDNESS: _("Average loudness"),
    Check.TRUE_PEAK: _("True peak"),
    Check.SILENCE: _("Longest silence"),
    Check.BLACK: _("Longest black picture"),
    Check.FREEZE: _("Share of still pictures"),
    Check.PAGES: _("Number of pages"),
    Check.FONTS: _("Fonts that are missing"),
    Check.TEXT: _("Pages with text"),
}

VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.PASS: _("Passed"),
    Verdict.WARN: _("With remarks"),
    Verdict.FAIL: _("Failed"),
    Verdict.INFORMATION: _("For information"),
}
VERDICT_ICONS = {
    Verdict.PASS: "check-circle",
    Verdict.WARN: "exclamation-triangle",
    Verdict.FAIL: "x-circle",
    Verdict.INFORMATION: "info-circle",
}
SENTENCES: dict[Verdict, Words] = {
    Verdict.PASS: _("The file is fit to be learned from."),
    Verdict.WARN: _("The file can be used. Learners would have it easier if what is marked below were mended."),
    Verdict.FAIL: _("Please mend what is marked below and send the file again before learners see it."),
}

ADVICE: dict[Check, Words] = {
    Check.RESOLUTION: _("Record or export it larger; small pictures make the writing on slides hard to read."),
    Check.FRAME_RATE: _("Export it with at least as many pictures a second as required, or movements look jerky."),
    Check.AUDIO_CODEC: _("The film has no sound. If that is not meant so, check the microphone and export it again."),
    Check.SAMPLE_RATE: _("Record the sound at 44,100 Hz or more; below, speech sounds dull."),
    Check.DURATION: _(
        "The length does not fit what the file declares; it may be cut off. Play it to the end, then export again."
    ),
    Check.DECODING: _("At these places the file is damaged. Play them on your computer, then export the file again."),
    Check.LOUDNESS: _(
        "The sound is much louder or softer than usual. The platform evens it out as far as it can; recording it closer to the microphone is better."
    ),
    Check.TRUE_PEAK: _("The sound is overdriven at its loudest. Turn the recording level down."),
    Check.SILENCE: _(
        "Nothing is heard for long. Check whether the microphone was off, and cut out what is not needed."
    ),
    Check.BLACK: _("The picture is black for long. Cut these places out."),
    Check.FONTS: _("These fonts are not in the file, so others take their place. Embed the fonts, or save it as PDF."),
    Check.TEXT: _(
        "These pages are pictures only: nothing on them can be read aloud or enlarged as text. Use the original document instead of a scan."
    ),
}
RESOLUTION_OF_DOCUMENT = _("Use a picture with more pixels, or scan it again at 200 dpi or more.")

ROWS: dict[Check, Words] = {
    Check.DECODING: _("cannot be decoded"),
    Check.SILENCE: _("silence"),
    Check.BLACK: _("black"),
    Check.FREEZE: _("still"),
}
"""What the rows of the timeline are called, in order."""

PAGE_REMARKS: dict[Check, Words] = {Check.FONTS: _("fonts are missing"), Check.TEXT: _("no text")}
"""What is said of a page that a finding marks."""

CAPTION_FAULTS: dict[CaptionFault, Words] = {
    CaptionFault.TOO_LARGE: _(
        "The file is larger than 1 MB. Captions of one film are much smaller; please choose the right file."
    ),
    CaptionFault.NOT_UTF8: _(
        "The text is not encoded as UTF-8. Open it in the Notepad, choose “Save as” and the encoding UTF-8, and send the new file."
    ),
    CaptionFault.NO_CAPTIONS: _(
        "This is no file of captions: a VTT file begins with WEBVTT, an SRT file with the number 1 and a time."
    ),
    CaptionFault.NO_CUES: _("There is no caption in the file."),
    CaptionFault.NO_TIME: _(
        "Here a time should stand, such as 00:00:01.000 --> 00:00:04.000, and an empty line between two captions."
    ),
    CaptionFault.EMPTY_SPAN: _("This caption ends before it begins."),
    CaptionFault.OUT_OF_ORDER: _(
        "This caption begins before the one above it. Captions must stand in the order of time."
    ),
    CaptionFault.BEYOND_END: _("This caption ends after the film. Do these captions belong to this film?"),
    CaptionFault.MARKUP: _("Here stands a tag that captions cannot have. Only <b>, <i> and <u> may be used."),
    CaptionFault.OUTSIDE_STYLE: _(
        "This style fetches something from elsewhere, which is not allowed. Remove the block STYLE."
    ),
}


def advice_of(check: Check, kind: LessonKind, verdict: Verdict) -> Words:
    """Return what to do about a finding; nothing where nothing need be done."""
    if verdict not in (Verdict.WARN, Verdict.FAIL):
        return ""
    if check is Check.RESOLUTION and kind is LessonKind.DOCUMENT:
        return RESOLUTION_OF_DOCUMENT
    return ADVICE.get(check, "")
