"""What institutions told of a learner: for the classes they are in, and on rosters of classes that are applied for; who told it, and how it is corrected. Clause M2; PIPL Articles 45, 46."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from jiangxue.accounts.queries.verification import verification_of
from jiangxue.accounts.rules.verification import Outcome
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import all_own_places
from jiangxue.enrolment.queries.own_roster import Line, own_roster_lines
from jiangxue.enrolment.queries.rosters import ShownEntry, shown_entries
from jiangxue.enrolment.rules.background import Told
from jiangxue.kernel.viewer import Viewer
from jiangxue.organisations.queries import region_names
from jiangxue.portals.opening_words import STATES
from jiangxue.portals.subsidy_words import group_said
from jiangxue.ui.id_types import ID_TYPES
from jiangxue.ui.roster_words import EDUCATIONS

type Facts = dict[str, str]


def told_of(viewer: Viewer) -> list[dict[str, object]]:
    """Return what was told of the viewer, class by class and roster by roster, each with its institution; what is empty is left out."""
    places = list(all_own_places(viewer))
    lines = _own_lines(viewer)
    names = region_names({each.domicile for each in (*places, *lines) if each.domicile})
    return [*_of_places(places, names), *_of_lines(lines, names)]


def roster_parts(viewer: Viewer) -> list[dict[str, object]]:
    """Return the lines of rosters for a copy, one each."""
    lines = _own_lines(viewer)
    shown, names = shown_entries(lines), region_names({each.domicile for each in lines if each.domicile})
    return [
        {
            _("Class"): line.opening.name,
            _("Told by"): line.opening.institution.name,
            _("Written down at"): line.created_at,
            _("State of the application"): str(STATES[line.opening.state]),
            **_identity(shown[line.pk]),
            **_background(line, names),
        }
        for line in lines
    ]


def _own_lines(viewer: Viewer) -> list[Line]:
    """Return the viewer's own lines; none where the source of identities says that name and number do not belong together: then they may be another's."""
    known = verification_of(viewer.account_id)
    if known is not None and known.outcome is Outcome.NOT_MATCHED:
        return []
    return own_roster_lines(viewer)


def _of_places(places: Sequence[Enrolment], names: Mapping[str, str]) -> list[dict[str, object]]:
    found = []
    for place in places:
        facts = _filled(_background(place, names))
        if facts:
            of = place.training_class
            found.append(_told(of.name, of.institution.name, _("for the class"), place.enrolled_at, facts))
    return found


def _of_lines(lines: Sequence[Line], names: Mapping[str, str]) -> list[dict[str, object]]:
    shown = shown_entries(lines)
    return [
        _told(
            line.opening.name,
            line.opening.institution.name,
            _("on the roster of its application: %(state)s") % {"state": STATES[line.opening.state]},
            line.created_at,
            _filled(_identity(shown[line.pk]) | _background(line, names)),
        )
        for line in lines
    ]


def _told(class_name: str, institution: str, where: str, at: object, facts: Facts) -> dict[str, object]:
    return {"class_name": class_name, "institution": institution, "where": where, "at": at, "facts": facts}


def _identity(entry: ShownEntry) -> Facts:
    return {
        _("Name"): entry.name,
        _("Kind of identity document"): str(ID_TYPES[entry.id_type]),
        _("Identity number"): entry.id_number,
        _("Mobile number"): entry.phone,
    }


def _background(told: Told, names: Mapping[str, str]) -> Facts:
    return {
        _("Priority group"): group_said(told.group),
        _("Education"): str(EDUCATIONS.get(told.education, "")),
        _("Region of domicile"): names.get(told.domicile, ""),
        _("Employer"): told.employer,
        _("Code of the employer"): told.employer_uscc,
    }


def _filled(facts: Facts) -> Facts:
    return {label: value for label, value in facts.items() if value}
