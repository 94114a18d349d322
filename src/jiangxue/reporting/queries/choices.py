"""What a viewer can choose in a filter: only what lies within their classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.queries import region_names
from jiangxue.reporting.queries.scope import seen_classes

type Choice = tuple[str, str]
_PROVINCE, _CITY = 2, 4


@dataclass(frozen=True, slots=True)
class Choices:
    """Values and what they are called; a viewer of one institution chooses neither institution nor region."""

    institutions: Sequence[Choice]
    regions: Sequence[Choice]
    courses: Sequence[Choice]
    classes: Sequence[Choice]
    occupations: Sequence[Choice]


def choices_for(viewer: Viewer, now: datetime) -> Choices:
    """Return what there is to choose from, in the order of names; raises `NotTheirsToQuery`."""
    found = list(
        seen_classes(viewer, now)
        .order_by("-opens_on", "-pk")
        .values_list(
            "pk",
            "name",
            "institution_id",
            "institution__name",
            "institution__region_id",
            "course_id",
            "course__title",
            "version__occupation_code",
            "version__occupation_name",
        )
    )
    is_region = viewer.role is Role.SUPERVISOR
    codes = {code[:length] for *_, code, _c, _t, _o, _n in found for length in (_PROVINCE, _CITY, len(code))}
    named = region_names(sorted(code for code in codes if code.startswith(viewer.region or "")))
    return Choices(
        institutions=_named({str(row[2]): row[3] for row in found}) if is_region else (),
        regions=[(code, named[code]) for code in sorted(named)] if is_region else (),
        courses=_named({str(row[5]): row[6] for row in found}),
        classes=[(str(row[0]), row[1]) for row in found],
        occupations=_named({row[7]: row[8] for row in found if row[7]}),
    )


def _named(found: dict[str, str]) -> list[Choice]:
    return sorted(found.items(), key=lambda choice: (choice[1], choice[0]))
