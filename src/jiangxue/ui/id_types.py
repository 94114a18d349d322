"""Which document identifies a person, and what it tells, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ID_TYPES: dict[str, str | Promise] = {
    "resident": _("Resident identity card"),
    "hk_macao_permit": _("Mainland travel permit for Hong Kong and Macao residents"),
    "taiwan_permit": _("Mainland travel permit for Taiwan residents"),
    "residence_permit": _("Residence permit for Hong Kong, Macao and Taiwan residents"),
    "foreign_permanent": _("Permanent resident identity card of a foreigner"),
    "passport": _("Passport"),
}

SEXES: dict[str, str | Promise] = {"male": _("male"), "female": _("female")}
