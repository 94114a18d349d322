"""What of a registration people may ask to have corrected, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CORRECTED_FIELDS: dict[str, str | Promise] = {"name": _("Name"), "id_number": _("Identity number")}
