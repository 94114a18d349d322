"""What is said of files, rows and cells of a roster: which cell, what is wrong, what to write."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import NumberFault
from jiangxue.enrolment.rules.roster.faults import FileFault
from jiangxue.enrolment.rules.roster.shapes import Column, Finding, Standing, What
from jiangxue.portals.number_words import number_flaw_said

FILE_FAULTS: Mapping[FileFault, str | Promise] = {
    FileFault.EMPTY: gettext_lazy(
        "There is nothing in this file, or only in hidden sheets. Please check that it is the right one."
    ),
    FileFault.TOO_LARGE: gettext_lazy(
        "The file is larger than 8 MB. Copy the list alone into a new workbook, without pictures, and send that."
    ),
    FileFault.NOT_A_TABLE: gettext_lazy(
        "This is no spreadsheet. Please send an Excel or WPS file (.xlsx, .xls) or a CSV file."
    ),
    FileFault.WEB_PAGE: gettext_lazy(
        "This is a web page that only carries the name of a spreadsheet. Open it in Excel or WPS, choose “Save as”, take .xlsx, and send that."
    ),
    FileFault.LOCKED: gettext_lazy(
        "The file has a password. Open it, save it without the password, and send it again."
    ),
    FileFault.DAMAGED: gettext_lazy(
        "The file cannot be read. Open it in Excel or WPS, copy the list into a new workbook, save that as .xlsx, and send it."
    ),
    FileFault.TOO_MUCH: gettext_lazy(
        "There is far more in this file than a roster: too many cells, or cells that are much too long. Copy the list alone into a new workbook and send that."
    ),
}
COLUMNS: Mapping[Column, str | Promise] = {
    Column.NAME: gettext_lazy("Name"),
    Column.ID_TYPE: gettext_lazy("Type of document"),
    Column.ID_NUMBER: gettext_lazy("Number of the document"),
    Column.PHONE: gettext_lazy("Mobile number"),
    Column.GROUP: gettext_lazy("Group of the learner"),
    Column.EDUCATION: gettext_lazy("Education of the learner"),
    Column.DOMICILE: gettext_lazy("Region of domicile"),
    Column.EMPLOYER: gettext_lazy("Employer of the learner"),
    Column.EMPLOYER_USCC: gettext_lazy("Credit code of the employer"),
}
STANDINGS: Mapping[Standing, str | Promise] = {
    Standing.NEW: gettext_lazy("will be added"),
    Standing.CHANGED: gettext_lazy("will be changed"),
    Standing.SAME: gettext_lazy("stays as it is"),
    Standing.UNFIT: gettext_lazy("to be mended"),
}
_SENTENCES: Mapping[What, str | Promise] = {
    What.NAME_MISSING: gettext_lazy("The name is missing. Write it as on the document."),
    What.NAME_UNFIT: gettext_lazy(
        "This cannot be a name: it holds digits or signs, or is longer than 60 characters. Write it as on the document."
    ),
    What.ID_TYPE_UNKNOWN: gettext_lazy(
        "This kind of document is not known. Write one of the words on the sheet “可填的词” of the template, for example 居民身份证."
    ),
    What.NUMBER_MISSING: gettext_lazy("The number of the document is missing. Write it as on the document."),
    What.NUMBER_ROUNDED: gettext_lazy(
        "The spreadsheet has taken the number for an amount and lost its last places; they cannot be brought back. Set the format of the column to “Text” first, then type the number anew from the document."
    ),
    What.TOO_YOUNG: gettext_lazy(
        "By the number this person is under 14 and cannot be registered on a roster. Please check the number."
    ),
    What.PHONE_UNFIT: gettext_lazy(
        "This is no mobile number of the mainland: it has 11 digits and begins with 1. Write one number alone, or leave the cell empty."
    ),
    What.GROUP_UNKNOWN: gettext_lazy(
        "This group is not known. Write one of: 高校毕业生, 农民工, 失业人员, 退役军人, 脱贫人口, 就业困难人员, 残疾人; or leave the cell empty."
    ),
    What.EDUCATION_UNKNOWN: gettext_lazy(
        "This education is not known. Write one of: 小学, 初中, 高中, 中专, 技校, 大专, 本科, 硕士, 博士; or leave the cell empty."
    ),
    What.DOMICILE_UNKNOWN: gettext_lazy(
        "This region is not known. Write its six digits, for example 440104, or province, city and district in full; or leave the cell empty."
    ),
    What.EMPLOYER_TOO_LONG: gettext_lazy(
        "The name of the employer is longer than 120 characters or holds signs that cannot be shown. Write it as on its licence."
    ),
    What.USCC_UNFIT: gettext_lazy(
        "This is no unified social credit code: it has 18 digits and capital letters, without I, O, S, V and Z. Check it against the licence, or leave the cell empty."
    ),
    What.OTHER_NAME: gettext_lazy(
        "The number is registered under another name already. Check name and number against the document; if both are right, the learner asks for a correction of the registration."
    ),
    What.MAY_NOT_LEARN: gettext_lazy(
        "The person with this number has asked for deletion, or the account is closed. Please talk to the learner first."
    ),
    What.HAS_LEFT: gettext_lazy(
        "This person was in the class and has left it. Whoever comes back is taken in by a person, not by a file."
    ),
    What.UNDER_AGE: gettext_lazy(
        "By the number this person is under 16 on the first day of the class and cannot be trained in it."
    ),
    What.LEARNS_ELSEWHERE: gettext_lazy(
        "This person is learning the same occupation and level in another class that is running. They can be taken in when that class is over, or when they have left it."
    ),
    What.PHONE_MISSING: gettext_lazy(
        "Without a mobile number the learner cannot set a password by code: they register with name and document, and find the class there. An application to open a class is only handed in with it."
    ),
    What.PHONE_TAKEN: gettext_lazy(
        "This mobile number belongs to another account. The learner is taken in without it, and registers with name and document."
    ),
    What.YOUNG: gettext_lazy("By the number this person is under 16. Please check that they may be trained."),
}


def sentence_of(finding: Finding, id_type: IdType) -> str:
    """Say what is to be mended, or to be known, and what to write."""
    match finding.what:
        case What.NUMBER_UNFIT:
            return number_flaw_said(NumberFault(finding.fault), finding.at, id_type)
        case What.REPEATED:
            return _("The same number stands in row %(line)d already. Keep one of the two rows.") % {
                "line": finding.line
            }
        case What.PHONE_REPEATED:
            words = _(
                "The same mobile number stands in row %(line)d already. A number belongs to one account: who comes second is taken in without it."
            )
            return words % {"line": finding.line}
        case what:
            return str(_SENTENCES[what])
