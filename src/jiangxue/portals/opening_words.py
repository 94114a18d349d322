"""What is said of applications to open a class: their states, their steps, and what is found wrong with them. docs/rules/openings.md."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxue.courseware.services.paper_words import hours_alone
from jiangxue.enrolment.rules.applications import Draft
from jiangxue.enrolment.rules.opening_findings import Finding, Flaw, Part
from jiangxue.enrolment.rules.openings import OpeningState, StepKind
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.portals.paper_words import PAPER_KINDS
from jiangxue.ui.durations import duration

type Words = str | Promise
STATES: dict[str, Words] = {
    OpeningState.DRAFT: gettext_lazy("being written"),
    OpeningState.SUBMITTED: gettext_lazy("waiting for approval"),
    OpeningState.RETURNED: gettext_lazy("returned to be changed"),
    OpeningState.APPROVED: gettext_lazy("approved, not opened yet"),
    OpeningState.OPENING: gettext_lazy("class being opened"),
    OpeningState.OPENED: gettext_lazy("class opened"),
    OpeningState.WITHDRAWN: gettext_lazy("application withdrawn"),
}
STEPS: dict[str, Words] = {
    StepKind.STARTED: gettext_lazy("Begun"),
    StepKind.SUBMITTED: gettext_lazy("Application handed in"),
    StepKind.TAKEN_BACK: gettext_lazy("Taken back to be changed"),
    StepKind.RETURNED: gettext_lazy("Returned"),
    StepKind.APPROVED: gettext_lazy("Approved"),
    StepKind.ASKED: gettext_lazy("Opening asked for"),
    StepKind.STOPPED: gettext_lazy("Not opened"),
    StepKind.OPENED: gettext_lazy("Class opened"),
    StepKind.WITHDRAWN: gettext_lazy("Withdrawn"),
}
PARTS: dict[Part, Words] = {
    Part.CLASS: gettext_lazy("Class and teachers"),
    Part.PLAN: gettext_lazy("Live and practice items"),
    Part.EXAMS: gettext_lazy("Assessment plan"),
    Part.ROSTER: gettext_lazy("Roster"),
}
_SENTENCES: dict[Flaw, Words] = {
    Flaw.NO_VERSION: gettext_lazy(
        "The course is not published at present, or was taken down: no class can be opened for it."
    ),
    Flaw.BEGINS_IN_THE_PAST: gettext_lazy("The first day has passed. Choose today or a later day."),
    Flaw.DAYS_TOO_FEW: gettext_lazy(
        "At the daily limit the online hours take %(wanted)d days; the class has %(actual)d. Please check the dates."
    ),
    Flaw.HEAD_NOT_MEMBER: gettext_lazy(
        "The head teacher is no head teacher of your institution any more. Choose another one."
    ),
    Flaw.TEACHER_NOT_MEMBER: gettext_lazy("One of the teachers does not teach at your institution any more."),
    Flaw.PAPER_ENDS_EARLY: gettext_lazy(
        "%(paper)s is valid until %(until)s, the class ends on %(closes)s. It is to be renewed in time."
    ),
    Flaw.NO_RESOURCES: gettext_lazy("Say which rooms, equipment and materials there are for the class."),
    Flaw.NO_HOURS_OF_DAY: gettext_lazy("The allowed hours of the day end before they begin."),
    Flaw.ONLINE_SHORT: gettext_lazy("The lessons last %(actual)s, the declared online hours ask for %(wanted)s."),
    Flaw.LIVE_DIFFERS: gettext_lazy("The live items have %(actual)s class hours, the outline declares %(wanted)s."),
    Flaw.PRACTICE_DIFFERS: gettext_lazy(
        "The practice items have %(actual)s class hours, the outline declares %(wanted)s."
    ),
    Flaw.NO_PRACTICE: gettext_lazy("“%(named)s” is learned by doing, but the plan has no practice on site."),
    Flaw.MEETING_WITHOUT_TIME: gettext_lazy("Item %(row)d: say when it begins and ends."),
    Flaw.MEETING_WITHOUT_TEACHER: gettext_lazy("Item %(row)d: choose a teacher of this class."),
    Flaw.MEETING_WITHOUT_PLACE: gettext_lazy("Item %(row)d: say where the practice is."),
    Flaw.MEETING_BACKWARDS: gettext_lazy("Item %(row)d ends before it begins."),
    Flaw.MEETING_TOO_SHORT: gettext_lazy("Item %(row)d lasts %(actual)s, its class hours ask for %(wanted)s."),
    Flaw.MEETING_OUTSIDE: gettext_lazy("Item %(row)d lies outside the dates of the class."),
    Flaw.MEETINGS_OVERLAP: gettext_lazy("Item %(row)d overlaps with item %(wanted)d: nobody can be in both."),
    Flaw.TEACHER_ELSEWHERE: gettext_lazy("Item %(row)d: its teacher teaches in another class at this time."),
    Flaw.NO_EXAMS: gettext_lazy("There is no assessment plan."),
    Flaw.EXAM_WITHOUT_EXAMINER: gettext_lazy("Part %(row)d: say who examines."),
    Flaw.EXAM_WITHOUT_DAY: gettext_lazy("Part %(row)d: say on which day it is held."),
    Flaw.EXAM_WITHOUT_MARK: gettext_lazy("Part %(row)d: say from which mark of 100 it is passed."),
    Flaw.EXAM_BEFORE_CLASS: gettext_lazy("Part %(row)d is held before the class begins."),
    Flaw.WEIGHTS_DIFFER: gettext_lazy("The weights come to %(actual)d %%, not to 100 %%."),
    Flaw.ROSTER_EMPTY: gettext_lazy("Nobody is on the roster yet."),
    Flaw.TOO_YOUNG: gettext_lazy("%(who)s is under %(wanted)d on the first day of the class."),
    Flaw.OVER_AGE: gettext_lazy("%(who)s is %(wanted)d or older: please check that this person is meant."),
    Flaw.PERSON_TWICE: gettext_lazy("%(who)s stands on the roster twice. Take one of the entries out."),
    Flaw.PHONE_TWICE: gettext_lazy(
        "%(who)s has the same mobile number as somebody else on the roster. Please check it."
    ),
    Flaw.OTHER_NAME: gettext_lazy(
        "%(who)s: this number is registered under another name. Check name and number against the document."
    ),
    Flaw.NOT_POSSIBLE: gettext_lazy("%(who)s cannot be enrolled at present; the person can say why."),
    Flaw.NO_PHONE: gettext_lazy(
        "%(who)s has no account yet and no mobile number here, and could not sign in. Add the mobile number."
    ),
    Flaw.PHONE_TAKEN: gettext_lazy(
        "%(who)s: another person has this mobile number already, so that it cannot be used to sign in. Ask for the person's own number."
    ),
    Flaw.LEARNER_BUSY: gettext_lazy(
        "%(who)s has a live or practice item of another class at the same time as one of this class."
    ),
}
_IN_HOURS = frozenset({Flaw.LIVE_DIFFERS, Flaw.PRACTICE_DIFFERS})
_OF_PAPERS = frozenset({Flaw.NO_LICENCE, Flaw.NO_PAPER, Flaw.PAPER_ENDS_EARLY})
_IN_TIME = frozenset({Flaw.ONLINE_SHORT, Flaw.MEETING_TOO_SHORT})


def finding_said(finding: Finding, names: Mapping[int, str]) -> str:
    """Return a finding as a sentence with its figures; `names` are those of the roster's entries, masked."""
    match finding.what:
        case Flaw.HOURS_OF_DAY_LOCKED:
            return _(
                "By a rule above, time counts between %(from)s and %(until)s only; the hours of this class are cut to that."
            ) % {
                "from": clock_said(finding.wanted),
                "until": clock_said(finding.actual),
            }
        case Flaw.NO_LICENCE | Flaw.NO_PAPER:
            return _paper_said(finding)
        case Flaw.LEARNS_ELSEWHERE:
            return _elsewhere_said(finding, names)
        case _:
            return str(_SENTENCES[finding.what]) % _values(finding, names)


def _paper_said(finding: Finding) -> str:
    if finding.actual:
        said = _("%(paper)s ran out after %(until)s, and no new one is on file.")
    else:
        said = _("%(paper)s: none in force is on file.")
    return said % _of_paper(finding)


def _of_paper(finding: Finding) -> dict[str, object]:
    """Return the paper that a finding is about, in words, and the days that it names."""
    if finding.what not in _OF_PAPERS:
        return {}
    days = {"until": finding.actual, "closes": finding.wanted}
    return {
        "paper": PAPER_KINDS[PaperKind(finding.named)],
        **{name: date.fromordinal(day).isoformat() for name, day in days.items() if day},
    }


def clock_said(minutes: int) -> str:
    """Return a time of day as 06:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def part_lines(
    findings: Sequence[Finding], draft: Draft, names: Mapping[int, str]
) -> dict[Part, list[dict[str, object]]]:
    """Return the findings of each part as `sentence`, `is_blocking`, the title of the row, and the entry of the roster."""
    lines: dict[Part, list[dict[str, object]]] = {part: [] for part in Part}
    for finding in findings:
        lines[finding.part].append(
            {
                "sentence": finding_said(finding, names),
                "is_blocking": finding.is_blocking,
                "row_title": _row_title(finding, draft),
                "row": finding.row,
                "entry": finding.entry,
            }
        )
    return lines


def _row_title(finding: Finding, draft: Draft) -> str:
    if finding.row is None:
        return ""
    if finding.part is Part.PLAN:
        return draft.meetings[finding.row].title
    return draft.exams[finding.row].name


def _elsewhere_said(finding: Finding, names: Mapping[int, str]) -> str:
    who = names.get(finding.entry or 0, "")
    if finding.named:
        return _("%(who)s learns for the same occupation and level in your class “%(named)s” already.") % {
            "who": who,
            "named": finding.named,
        }
    return _("%(who)s learns for the same occupation and level in a class of another institution already.") % {
        "who": who
    }


def _values(finding: Finding, names: Mapping[int, str]) -> dict[str, object]:
    wanted: object = finding.wanted
    actual: object = finding.actual
    if finding.what in _IN_HOURS:
        wanted, actual = hours_alone(finding.wanted), hours_alone(finding.actual)
    elif finding.what in _IN_TIME:
        wanted, actual = duration(finding.wanted), duration(finding.actual)
    who = names.get(finding.entry or 0, "")
    row = (finding.row or 0) + 1
    return {
        "wanted": wanted,
        "actual": actual,
        "row": row,
        "named": finding.named,
        "who": who,
        **_of_paper(finding),
    }
