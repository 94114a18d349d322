"""The figures of statistics in groups, each under its name: the same words on the page of statistics and above the lists."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from jiangxue.portals.querying.cells import written
from jiangxue.reporting.queries.statistics import Statistics
from jiangxue.reporting.rules.figures import Amounts, Cases, People, Tally
from jiangxue.reporting.rules.sheets import Kind, hours_of

type Rows = Sequence[tuple[str, object]]


def facts(found: Statistics) -> list[dict[str, object]]:
    """Return all figures in groups: people, time, sign-ins and check-ins, attendance, learning evaluation, and cases."""
    groups = (
        (_("Learners"), people_rows(found.people)),
        (
            _("Learning time"),
            [*time_rows(found.total.time), (_("Awaiting confirmation"), _ms(found.total.time.provisional_ms))],
        ),
        (_("Sign-ins and check-ins"), _acts(found)),
        (_("Attendance of live and practice lessons"), attendance_rows(found.total)),
        (_("Learning evaluation and course evaluation"), [*test_rows(found.total), *_ratings(found.ratings)]),
        (_("Cases"), _cases(found.cases)),
    )
    return [{"title": title, "rows": rows} for title, rows in groups]


def _ms(milliseconds: int) -> str:
    return written(Kind.DURATION, milliseconds)


def _hours(hundredths: int | None) -> str:
    return written(Kind.HOURS, hundredths)


def people_rows(people: People) -> Rows:
    """Return how many learners there are and how they stand."""
    return [
        (_("Enrolled learners"), people.enrolled),
        (_("Persons"), people.persons),
        (_("Still learning"), people.learning),
        (_("All lessons finished"), people.finished),
        (_("Over without finishing"), people.unfinished),
        (_("Have left"), people.left),
        (_("Hours recognised for"), people.settled),
        (_("Hours recognised"), _hours(people.recognised_hours)),
    ]


def time_rows(time: Amounts) -> Rows:
    """Return what time comes to."""
    return [
        (_("Effective learning time"), _ms(time.effective_ms)),
        (_("Hours (45 minutes each)"), _hours(time.hours)),
        (_("Credited time"), _ms(time.credited_ms)),
        (_("Corrected by hand"), _ms(time.corrected_ms)),
        (_("Not counted"), _ms(time.all_refused_ms)),
    ]


def attendance_rows(tally: Tally) -> Rows:
    """Return what live and practice lessons come to."""
    held = tally.attended
    return [
        (_("Live lessons planned"), _ms(held.live_planned_ms)),
        (_("Live lessons counted"), _ms(held.live_ms)),
        (_("Live hours"), _hours(held.live_hours)),
        (_("Practice planned"), _ms(held.practice_planned_ms)),
        (_("Practice counted"), _ms(held.practice_ms)),
        (_("Practice hours"), _hours(held.practice_hours)),
    ]


def test_rows(tally: Tally) -> Rows:
    """Return how tests ended."""
    return [
        (_("Tests passed"), tally.tests.passed),
        (_("Tests not passed"), tally.tests.failed),
        (_("Tests not handed in"), tally.tests.expired),
        (_("Average mark"), _hours(tally.tests.average)),
    ]


def _acts(found: Statistics) -> Rows:
    checks, faces = found.total.checks, found.total.faces
    return [
        (_("Signed in to the platform"), found.log_ins),
        (_("Signed in to learn"), found.total.sign_ins),
        (_("Check-ins passed"), checks.passed),
        (_("Check-ins missed"), checks.missed),
        (_("Check-ins not passed"), checks.failed),
        (_("Check-ins not possible"), checks.unavailable),
        (_("Face checks passed"), faces.passed),
        (_("Face checks missed"), faces.missed),
        (_("Face checks not passed"), faces.failed),
        (_("Face checks not possible"), faces.unavailable),
        (_("Face checks not decided yet"), faces.unclear),
    ]


def _ratings(ratings: Mapping[int, int]) -> Rows:
    number = sum(ratings.values())
    stars = sum(stars * many for stars, many in ratings.items())
    return [(_("Course ratings"), number), (_("Average stars"), _hours(stars * 100 // number if number else None))]


def _cases(cases: Cases) -> Rows:
    return [
        (_("Cases opened"), cases.opened),
        (_("Cases not decided"), cases.undecided),
        (_("of these the freeze has run out"), cases.lapsed),
        (_("Cases decided"), cases.decided),
        (_("of these hours were not recognised"), cases.withheld),
        (_("Time frozen by cases"), _ms(cases.frozen_ms)),
        (_("Frozen hours"), _hours(hours_of(cases.frozen_ms))),
        (_("Time not recognised after cases"), _ms(cases.withheld_ms)),
    ]
