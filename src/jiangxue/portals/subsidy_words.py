"""What is said of who pays for a learner's training, and whether it may be subsidised: apart from the right to learn. Clause C6."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.rules.content import Facts, Fee
from jiangxue.enrolment.rules.subsidies import Because, Eligibility, Judged
from jiangxue.ui.course_words import PRIORITY_GROUPS

_BECAUSE: dict[Because, str | Promise] = {
    Because.REGION: gettext_lazy("not for this region"),
    Because.GROUP: gettext_lazy("not for this group"),
    Because.SEX: gettext_lazy("not for this sex"),
    Because.BIRTH: gettext_lazy("month of birth outside the table"),
    Because.TOO_YOUNG: gettext_lazy("too young on the first day"),
    Because.TOO_OLD: gettext_lazy("over the age limit on the first day"),
    Because.NO_TABLE: gettext_lazy("no table of conditions in force"),
}
_MISSING: dict[Because, str | Promise] = {
    Because.SEX: gettext_lazy("the document does not tell the sex"),
    Because.BIRTH: gettext_lazy("the document does not tell the date of birth"),
    Because.NO_TABLE: gettext_lazy("no table of conditions in force"),
}


def subsidy_said(judged: Judged) -> str:
    """Return whether the conditions of subsidy fit, with the reason: 符合, 不符合（……）, 资料不足（……）."""
    match judged.eligibility:
        case Eligibility.FITS:
            return _("conditions fit (%(basis)s)") % {"basis": judged.basis} if judged.basis else _("conditions fit")
        case Eligibility.NOT:
            return _("conditions do not fit (%(why)s)") % {"why": _BECAUSE[judged.because or Because.REGION]}
        case Eligibility.UNKNOWN:
            return _("not enough known (%(why)s)") % {"why": _MISSING[judged.because or Because.BIRTH]}


def group_said(group: str) -> str:
    """Return what a group is called; empty for nobody's."""
    return str(PRIORITY_GROUPS[group]) if group in PRIORITY_GROUPS else ""


def fee_of(facts: Facts, group: str) -> str:
    """Return whether somebody of a group learns free: 免费, 免费（农民工）, 自费."""
    if facts.fee is Fee.FREE:
        return _("learns free of charge")
    if facts.fee is Fee.FREE_FOR_GROUPS and group in facts.free_for:
        return _("learns free of charge (%(group)s)") % {"group": group_said(group)}
    return _("pays the fee")
