"""What is wrong with the number of an identity document, in plain words that name the place. Clause M1."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.rules.id_types import OF_18_PLACES, IdType
from jiangxue.accounts.rules.number_flaws import OLD_DATE_AT, NumberFault

_SHAPES: dict[IdType, str | Promise] = {
    IdType.HK_MACAO_PERMIT: gettext_lazy(
        "The number of this permit is the letter H or M and 8 digits. Please check it."
    ),
    IdType.TAIWAN_PERMIT: gettext_lazy("The number of this permit has 8 digits. Please check it."),
    IdType.FOREIGN_PERMANENT: gettext_lazy(
        "The number of this card has 18 digits, or 3 letters and 12 digits on older ones. Please check it."
    ),
    IdType.PASSPORT: gettext_lazy("The number of a passport has 5 to 15 letters and digits. Please check it."),
}
_LETTERS: dict[IdType, str | Promise] = {
    IdType.HK_MACAO_PERMIT: gettext_lazy("Place %(at)d of the number should be the letter H or M. Please check it."),
    IdType.FOREIGN_PERMANENT: gettext_lazy("Place %(at)d of the number should be a letter. Please check it."),
    IdType.PASSPORT: gettext_lazy("Place %(at)d of the number should be a letter or a digit. Please check it."),
}
_BEGINNINGS: dict[IdType, str | Promise] = {
    IdType.RESIDENT: gettext_lazy(
        "Places 1 and 2 of the identity number are no province of the mainland. Please check them, and the kind of document."
    ),
    IdType.RESIDENCE_PERMIT: gettext_lazy(
        "The number of this permit begins with 810000, 820000 or 830000. Please check it, and the kind of document."
    ),
    IdType.FOREIGN_PERMANENT: gettext_lazy(
        "The 18 digits of this card begin with 9. Please check them, and the kind of document."
    ),
}


def number_flaw_said(fault: NumberFault, at: int, id_type: IdType = IdType.RESIDENT) -> str:
    """Say which place of a number is to be checked; what is 18 places long is called an identity number."""
    match fault:
        case NumberFault.LENGTH:
            return _length_said(id_type, at)
        case NumberFault.NOT_A_DIGIT:
            return _digit_said(id_type, at)
        case NumberFault.NOT_A_LETTER:
            return str(_LETTERS[id_type]) % {"at": at}
        case NumberFault.BEGINNING:
            return str(_BEGINNINGS[id_type])
        case NumberFault.NO_DATE:
            return _date_said(at)
        case NumberFault.CHECK:
            return _("Place 18 of the identity number does not fit. Please check it.")


def _length_said(id_type: IdType, length: int) -> str:
    if id_type in _SHAPES:
        return str(_SHAPES[id_type])
    return _("An identity number has 18 places, this one has %(length)d. Please check it.") % {"length": length}


def _digit_said(id_type: IdType, at: int) -> str:
    if id_type is IdType.PASSPORT:
        return _("A passport number holds at least one digit. Please check it.")
    if id_type in OF_18_PLACES:
        return _("Place %(at)d of the identity number should be a digit. Please check it.") % {"at": at}
    return _("Place %(at)d of the number should be a digit. Please check it.") % {"at": at}


def _date_said(at: int) -> str:
    if at == OLD_DATE_AT:
        return _("Places 8 to 13 of the number are no date of birth. Please check them.")
    return _("Places 7 to 14 of the identity number are no date of birth. Please check them.")
