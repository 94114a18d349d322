"""GET /healthz and GET /readyz."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from jiangxue.operations.queries import parts


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that this process lives; asks nothing else."""
    return JsonResponse({"live": True})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served: the database answers and a worker does the jobs (503 if not)."""
    found = parts()
    ready = all(part.works for part in found)
    return JsonResponse({part.name: part.works for part in found}, status=200 if ready else 503)
