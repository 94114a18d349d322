"""Reviews of face checks in words: whose turn it is, and what somebody says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxue.learning.rules.face_reviews import ReviewState, ReviewStep

STATES: dict[ReviewState, str | Promise] = {
    ReviewState.TO_DECIDE: _("to be decided by the head teacher"),
    ReviewState.TO_APPROVE: _("to be approved by a second person"),
    ReviewState.CONFIRMED: _("confirmed by people: it was the learner"),
    ReviewState.NOT_CONFIRMED: _("not confirmed: two persons said so"),
    ReviewState.FAILED: _("not passed; the way back is an appeal"),
}
STEPS: dict[ReviewStep, str | Promise] = {
    ReviewStep.CONFIRMED: _("confirms that it was the learner"),
    ReviewStep.DOUBTED: _("cannot confirm that it was the learner"),
    ReviewStep.SENT_BACK: _("sends back"),
    ReviewStep.APPROVED: _("approves"),
}
