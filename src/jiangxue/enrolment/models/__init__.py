"""Tables of training classes, their plans and enrolments, and of the applications from which classes come."""

from jiangxue.enrolment.models.classes import ClassTeacher, Enrolment, PlanItem, TrainingClass
from jiangxue.enrolment.models.openings import ClassOpening, RosterEntry

__all__ = ["ClassOpening", "ClassTeacher", "Enrolment", "PlanItem", "RosterEntry", "TrainingClass"]
