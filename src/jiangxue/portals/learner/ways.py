"""Whether a learner still has to choose how it is confirmed who they are: asked before the lesson, not in its middle. Clauses T3.2, M2."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import reach_of
from jiangxue.enrolment.rules.term import is_open
from jiangxue.facecheck.queries.ways import Way, way_of
from jiangxue.policies.queries import time_policies_for


def must_choose_way(request: SignedRequest, classes: Iterable[TrainingClass]) -> bool:
    """Say whether any of the viewer's classes that is open now checks faces, and they have not said by which way."""
    reaches = [reach_of(each) for each in classes if is_open(each.term, request.now)]
    checks_faces = any(policy.face_checks for policy in time_policies_for(reaches, request.now).values())
    return checks_faces and way_of(request.viewer.account_id) is Way.UNCHOSEN


def ways_url(request: SignedRequest) -> str:
    """Return where the viewer chooses, and from where they are led back to this page."""
    return f"{reverse('learner:face')}?{urlencode({'next': request.get_full_path()})}"
