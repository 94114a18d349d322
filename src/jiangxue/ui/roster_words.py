"""The words of what is told of a learner for one class."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EDUCATIONS: dict[str, str | Promise] = {
    "primary": _("Primary school"),
    "junior_middle": _("Junior middle school"),
    "senior_middle": _("Senior middle school"),
    "secondary_vocational": _("Secondary vocational school"),
    "technical_school": _("Technical school"),
    "junior_college": _("Junior college"),
    "bachelor": _("Bachelor"),
    "master": _("Master"),
    "doctor": _("Doctor"),
}
