"""Tables of training classes, their plans and enrolments, of the applications from which classes come, and of the conditions of subsidy."""

from jiangxue.enrolment.models.classes import ClassTeacher, Enrolment, PlanChange, PlanItem, TrainingClass
from jiangxue.enrolment.models.openings import ClassOpening, OpeningRun, OpeningStep, RosterEntry
from jiangxue.enrolment.models.promises import Promise
from jiangxue.enrolment.models.rosters import RosterFile
from jiangxue.enrolment.models.subsidies import SubsidyTable

__all__ = [
    "ClassOpening",
    "ClassTeacher",
    "Enrolment",
    "OpeningRun",
    "OpeningStep",
    "PlanChange",
    "PlanItem",
    "Promise",
    "RosterEntry",
    "RosterFile",
    "SubsidyTable",
    "TrainingClass",
]
