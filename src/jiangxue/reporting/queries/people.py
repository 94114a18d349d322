"""The columns that say who a row is about and in which class, shared by sheets. Personal ones are masked unless somebody may have them whole."""

import logging
from collections.abc import Mapping

from django.utils.translation import gettext as _

from jiangxue.accounts.models import Account, Identity
from jiangxue.djangokit.sealed import reveal
from jiangxue.kernel.crypto import NotGenuine
from jiangxue.reporting.queries.scope import AGE, EDUCATION, GROUP
from jiangxue.reporting.queries.sheets import Raw, Reader
from jiangxue.reporting.rules.sheets import Column, Kind
from jiangxue.ui.course_words import LEVELS, PRIORITY_GROUPS, PROJECT_TYPES
from jiangxue.ui.id_types import ID_TYPES, SEXES
from jiangxue.ui.masking import masked_identity, masked_name
from jiangxue.ui.roster_words import EDUCATIONS

log = logging.getLogger(__name__)

type Cell = tuple[Column, Reader]

PERSON = f"""
place.id AS place_id, place.training_class_id AS class_id, place.learner_id, account.name, account.restricted_at,
identity.id_type, identity.id_number, identity.sex, {AGE} AS age, {GROUP} AS group_name, {EDUCATION} AS education
"""
TAUGHT = """
class.code AS class_code, class.name AS class_name, class.opens_on, class.closes_on,
version.title AS course, version.occupation_name, version.level,
institution.name AS institution, region.name AS region
"""
CLASSES = """
JOIN courseware_courseversion AS version ON version.id = class.version_id
JOIN organisations_organisation AS institution ON institution.id = class.institution_id
JOIN organisations_region AS region ON region.code = institution.region_id
"""


def plain(key: str, title: str, kind: Kind = Kind.TEXT) -> Cell:
    """Return a column whose value stands as it is."""
    return Column(key, title, kind), lambda raw: raw[key]


def word(key: str, title: str, words: Mapping[str, object]) -> Cell:
    """Return a column whose value is a name of the code, written in words."""
    return Column(key, title, Kind.TEXT), lambda raw: str(words[raw[key]]) if raw[key] else ""


def person_cells(*, masked: bool) -> list[Cell]:
    """Return who somebody is: name, document and its number."""
    return [
        (Column("name", _("Name"), Kind.TEXT), lambda raw: _name(raw, masked=masked)),
        word("id_type", _("Kind of document"), ID_TYPES),
        (Column("id_number", _("Number of the document"), Kind.IDENTITY), lambda raw: _number(raw, masked=masked)),
    ]


def background_cells() -> list[Cell]:
    """Return what statistics tell learners apart by."""
    return [
        word("sex", _("Sex"), SEXES),
        plain("age", _("Age at the opening"), Kind.NUMBER),
        word("group_name", _("Priority group"), PRIORITY_GROUPS),
        word("education", _("Education"), EDUCATIONS),
    ]


def class_cells() -> list[Cell]:
    """Return in which class a row is, and whose."""
    return [
        plain("class_code", _("Class code")),
        plain("class_name", _("Class")),
        plain("course", _("Course")),
        plain("institution", _("Training institution")),
        plain("region", _("Region of the institution")),
    ]


def aim_cells() -> list[Cell]:
    """Return what a class leads to."""
    return [
        plain("occupation_name", _("Occupation")),
        word("level", _("Level"), LEVELS),
        word("project", _("Project type"), PROJECT_TYPES),
    ]


def _name(raw: Raw, *, masked: bool) -> str:
    shown = Account(name=raw["name"], restricted_at=raw["restricted_at"]).staff_name
    return masked_name(shown) if masked else shown


def _number(raw: Raw, *, masked: bool) -> str:
    if raw["id_number"] is None:
        return ""
    try:
        number = reveal(Identity(account_id=raw["learner_id"], id_number=raw["id_number"]), "id_number")
    except NotGenuine:  # one number that was tampered with must not keep all other rows from being read
        log.exception("identity_number_not_genuine", extra={"account": raw["learner_id"]})
        return ""
    return masked_identity(number) if masked else number
