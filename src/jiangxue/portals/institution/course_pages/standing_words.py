"""Where a course or a version of it stands, in words. Clauses T1.4, M6."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.rules.standing import Stage, Standing
from jiangxue.courseware.rules.versions import State
from jiangxue.portals.review_words import STATES, STEPS
from jiangxue.review.rules.opinions import Step

_LOOKS = {
    Stage.PUBLISHED: "ok",
    Stage.RETURNED: "warn",
    Stage.REJECTED: "warn",
    Stage.TAKEN_DOWN: "warn",
}


def standing_line(standing: Standing, steps: Mapping[int, Step]) -> dict[str, object]:
    """Return where a course stands: the words, how they look, and what there is to add."""
    return {
        "stage": standing.stage.value,
        "label": _label(standing, steps),
        "look": _LOOKS.get(standing.stage, ""),
        "notes": _notes(standing),
        "is_review_near": standing.is_review_near,
        "review_due_on": standing.published.review_due_on if standing.published else None,
    }


def version_state(version: CourseVersion, steps: Mapping[int, Step] | None = None) -> str:
    """Return where a version stands; `steps` names the next review of each that is being reviewed."""
    if steps and version.pk in steps:
        return _in_review(steps[version.pk])
    if version.taken_down_at is not None:
        return _("%(state)s, taken down") % {"state": STATES[State(version.state)]}
    return str(STATES[State(version.state)])


def _label(standing: Standing, steps: Mapping[int, Step]) -> str:
    version = standing.version
    if version is None:
        return _("Draft")
    if standing.stage is Stage.IN_REVIEW:
        return _in_review(steps.get(version.ref, Step.INITIAL))
    if standing.stage is Stage.PUBLISHED:
        return _("Published, version %(serial)d") % {"serial": version.serial}
    if standing.stage is Stage.TAKEN_DOWN:
        return _("Taken down")
    if standing.stage is Stage.RETURNED:
        return _("Returned for changes")
    return str(STATES[version.state])


def _in_review(step: Step) -> str:
    return _("In review: %(step)s") % {"step": STEPS[step]}


def _notes(standing: Standing) -> list[str]:
    published = standing.published
    if published is None:
        return []
    notes = []
    if standing.version != published:
        down = _("version %(serial)d is taken down") if published.is_taken_down else _("version %(serial)d is taught")
        notes.append(down % {"serial": published.serial})
    elif standing.is_changed:
        notes.append(_("has changes that are not published"))
    return notes
