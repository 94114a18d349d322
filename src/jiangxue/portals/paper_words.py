"""Papers (证照) of organisations in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jiangxue.organisations.rules.papers import FileStanding, PaperKind, PaperState

PAPER_KINDS: dict[PaperKind, str | Promise] = {
    PaperKind.BUSINESS_LICENCE: gettext_lazy("Business licence or certificate of legal person"),
    PaperKind.TRAINING_LICENCE: gettext_lazy("Licence to run a private school"),
    PaperKind.FILING: gettext_lazy("Filing with the authority"),
    PaperKind.CREDIT_CHECK: gettext_lazy("Credit check"),
    PaperKind.OTHER: gettext_lazy("Other paper"),
}
PAPER_STATES: dict[PaperState, str | Promise] = {
    PaperState.IN_FORCE: gettext_lazy("in force"),
    PaperState.EXPIRING: gettext_lazy("runs out soon"),
    PaperState.EXPIRED: gettext_lazy("run out"),
    PaperState.NOT_YET: gettext_lazy("not yet in force"),
}
FILE_STANDINGS: dict[FileStanding, str | Promise] = {
    FileStanding.LACKING: gettext_lazy("missing or run out"),
    FileStanding.ENDING: gettext_lazy("runs out soon"),
    FileStanding.COMPLETE: gettext_lazy("complete"),
}
