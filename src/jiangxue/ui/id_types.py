"""Which document identifies a person, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ID_TYPES: dict[str, str | Promise] = {"resident": _("Resident identity card")}
