"""What staff see of an archive while processing is restricted (限制处理): that it is kept, and nothing of what it says. Clause M2."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.queries import Place
from jiangxue.portals.archives.frame import Archive, View


def unless_closed(view: View) -> View:
    """Answer with why nothing is shown or given out (403) where the viewer may not have what the archive says."""

    @wraps(view)
    def wrapper(request: SignedRequest, place: Place, archive: Archive, **more: str) -> HttpResponse:
        if archive.around.closed_since is None:
            return view(request, place, archive, **more)
        return render(request, "archives/closed.html", archive.context, status=403)

    return wrapper
