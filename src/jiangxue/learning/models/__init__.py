"""Tables of trusted time; a file for each idea."""

from jiangxue.learning.models.appeals import Appeal, AppealPicture, AppealStep, Correction
from jiangxue.learning.models.checks import Check, Interruption, Sweep, Verdict
from jiangxue.learning.models.face_reviews import FaceReviewStep
from jiangxue.learning.models.identity import IdentityReview, IdentityStatement
from jiangxue.learning.models.recomputation import Recomputation
from jiangxue.learning.models.time import Beat, DayTotal, Lease, LessonProgress, Segment, StudySession

__all__ = [
    "Appeal",
    "AppealPicture",
    "AppealStep",
    "Beat",
    "Check",
    "Correction",
    "DayTotal",
    "FaceReviewStep",
    "IdentityReview",
    "IdentityStatement",
    "Interruption",
    "Lease",
    "LessonProgress",
    "Recomputation",
    "Segment",
    "StudySession",
    "Sweep",
    "Verdict",
]
