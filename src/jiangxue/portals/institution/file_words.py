"""What an editor is told about a file: where it stands, why it is refused, and what to do."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from jiangxue.courseware.models import Upload
from jiangxue.courseware.rules.files import FileFault, FileKind


@dataclass(frozen=True, slots=True)
class FaultWords:
    """Why a file is refused, and what to do."""

    sentence: str | Promise
    advice: str | Promise


KINDS: dict[FileKind, str | Promise] = {
    FileKind.VIDEO: _("video"),
    FileKind.AUDIO: _("audio"),
    FileKind.PDF: _("PDF document"),
    FileKind.DOCX: _("Word document"),
    FileKind.DOC: _("Word document (old format)"),
    FileKind.PPTX: _("PPT slides"),
    FileKind.PPT: _("PPT slides (old format)"),
    FileKind.IMAGE: _("picture"),
}

STATES: dict[str, str | Promise] = {
    Upload.State.RECEIVING: _("not sent completely"),
    Upload.State.WAITING: _("waiting to be converted"),
    Upload.State.WORKING: _("being converted"),
    Upload.State.READY: _("ready"),
    Upload.State.REFUSED: _("cannot be used"),
    Upload.State.FAILED: _("could not be converted"),
}

FAILED = FaultWords(
    _("The platform could not convert this file; that is not the fault of the file."),
    _(
        "Please try again, or send it once more. If it fails again, tell the platform's support the name of the file and the time."
    ),
)

FAULTS: dict[FileFault, FaultWords] = {
    FileFault.EMPTY: FaultWords(
        _("The file is empty."), _("Please open it on your computer, save it again and send the saved file.")
    ),
    FileFault.UNKNOWN: FaultWords(
        _("This is not a kind of file that can be learned from here."),
        _("Please send a video (MP4 is best), audio, PDF, Word, PPT or a picture."),
    ),
    FileFault.WRONG_NAME: FaultWords(
        _("The ending of the file's name does not fit what is in the file."),
        _("Please open it in the program it was made with, save it under its proper format and send that."),
    ),
    FileFault.TRUNCATED: FaultWords(
        _("The end of the file is missing."),
        _(
            "It was probably not copied or exported completely. Please check that it opens to the end, then send it again."
        ),
    ),
    FileFault.DAMAGED: FaultWords(
        _("The file is damaged and cannot be read."),
        _("Please check that it opens on your computer; export it once more and send the new file."),
    ),
    FileFault.ENCRYPTED: FaultWords(
        _("The file is protected by a password."), _("Please take the password or protection off and send it again.")
    ),
    FileFault.MACRO: FaultWords(
        _("The document contains macros (small programs)."),
        _("Please save it as an ordinary DOCX or PPTX without macros, or as PDF, and send that."),
    ),
    FileFault.SCRIPT: FaultWords(
        _("The document contains scripts that run by themselves."),
        _("Please print it to a new PDF (print, then save as PDF) and send that."),
    ),
    FileFault.OUTSIDE_REFERENCE: FaultWords(
        _("The document fetches content from the network or from other files."),
        _("Please insert pictures and media into the document itself, remove the links to files, and send it again."),
    ),
    FileFault.ATTACHMENT: FaultWords(
        _("Other files are embedded in the document."),
        _("Please remove the embedded files; what is needed of them can be sent as a file of its own."),
    ),
    FileFault.POLYGLOT: FaultWords(
        _("Something else is hidden behind the content of this file."),
        _("Please export it once more from the program it was made with and send the new file."),
    ),
    FileFault.BOMB: FaultWords(
        _("Unpacked, the file would be unreasonably large."),
        _("Please make the pictures in it smaller, or save it as PDF, and send that."),
    ),
    FileFault.TOO_LARGE_PICTURE: FaultWords(
        _("A picture has too many pixels."),
        _("Please make the picture smaller (4000 pixels wide is enough) and send it again."),
    ),
    FileFault.TOO_LONG: FaultWords(
        _("The film is too long for one lesson."),
        _("Please cut it into several parts and send each as a file of its own."),
    ),
    FileFault.TOO_MANY_PAGES: FaultWords(
        _("The document has too many pages for one lesson."),
        _("Please divide it into several documents and send each of them."),
    ),
    FileFault.NO_PAGES: FaultWords(
        _("The document has no page that could be shown."),
        _("Please check its content, save it again and send the saved file."),
    ),
    FileFault.NO_TRACK: FaultWords(
        _("There is neither picture nor sound in the file."),
        _("Please check that it plays on your computer; export it as MP4 and send that."),
    ),
    FileFault.UNKNOWN_CODEC: FaultWords(
        _("The picture or sound is in a format that the platform does not know."),
        _("Please export it as MP4 (picture H.264, sound AAC) and send that."),
    ),
    FileFault.OVER_BUDGET: FaultWords(
        _("Converting the file takes more time or memory than one file may use."),
        _("Please make it smaller or divide it: films of at most 1080 lines, documents with smaller pictures."),
    ),
    FileFault.CRASHED: FaultWords(
        _("The file made the converter end; usually it is damaged."),
        _("Please export it once more, PDF for documents and MP4 for films, and send the new file."),
    ),
    FileFault.NOT_READY: FaultWords(
        _("The platform cannot convert this kind of file at the moment."),
        _("Please tell the platform's support; a PDF or an MP4 can be sent meanwhile."),
    ),
}


_ENDING = re.compile("[a-z0-9]{2,5}")
_WRONG_ENDING = gettext_noop(
    "The ending of the file's name does not fit: by what is in it, it is a file of the kind %(ending)s."
)
_RIGHT_ENDING = gettext_noop(
    "Please let its name end in .%(ending)s and send it. If it does not open then, save it in the program it was made with and send that."
)


def words_of(upload: Upload) -> FaultWords | None:
    """Return why a file did not become courseware and what to do, or None for one that did or still may."""
    if upload.state == Upload.State.FAILED:
        return FAULTS[FileFault.NOT_READY] if upload.detail == FileFault.NOT_READY else FAILED
    if upload.fault == FileFault.WRONG_NAME and _ENDING.fullmatch(upload.detail):
        return FaultWords(
            gettext(_WRONG_ENDING) % {"ending": upload.detail.upper()},
            gettext(_RIGHT_ENDING) % {"ending": upload.detail},
        )
    return FAULTS[FileFault(upload.fault)] if upload.fault else None
