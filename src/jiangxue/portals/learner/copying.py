"""The copy of everything held of a learner, as JSON that people can read: for the learner, who asks for it. Clause M2; PIPL Article 45."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.queries.persons import ShownPerson
from jiangxue.accounts.services.own_data import copy_own
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.copied_account import account_parts
from jiangxue.portals.learner.copied_faces import face_parts
from jiangxue.portals.learner.copied_learning import learning_parts

type Lines = Iterable[Mapping[str, object]]


@for_roles(Role.LEARNER)
@require_POST
def give(request: SignedRequest) -> HttpResponse:
    """Give the viewer everything held of them; the act is recorded."""
    person = copy_own(viewer=request.viewer, by=actor_of(request), now=request.now)
    content = "".join(_pieces(request, person)).encode()
    name = _("my-data-{day}.json").format(day=learning_day(request.now).isoformat())
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


def _pieces(request: SignedRequest, person: ShownPerson) -> Iterator[str]:
    """Write part by part, line by line, so that no more than a line is held as objects."""
    yield "{\n" + f"{_text(_('Made at'))}: {_text(request.now)}"
    of = request.viewer
    for label, lines in (*account_parts(of, person), *learning_parts(of), *face_parts(of)):
        yield f",\n{_text(label)}: ["
        for number, line in enumerate(lines):
            yield ("," if number else "") + "\n  " + _text(line)
        yield "\n]"
    yield "\n}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_written)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return str(value)
