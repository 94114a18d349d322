"""Every address of the program."""

from django.urls import include, path, re_path

from jiangxue.operations.api.views import healthz, readyz
from jiangxue.portals.media.files import media
from jiangxue.portals.media.gate import key, page
from jiangxue.project import error_pages
from jiangxue.project.shell import begin

urlpatterns = [
    path("", begin, name="begin"),
    path("", include("jiangxue.portals.signin.urls")),
    path("messages/", include("jiangxue.portals.bell.urls")),
    path("learn/", include("jiangxue.portals.learner.urls")),
    path("institution/", include("jiangxue.portals.institution.urls")),
    path("region/", include("jiangxue.portals.regulator.urls")),
    path("review/", include("jiangxue.portals.reviewer.urls")),
    path("review/ratings/", include("jiangxue.portals.reviewer.rating_urls")),
    path("courses/", include("jiangxue.portals.public.urls")),
    path("ledger/", include("jiangxue.portals.public.ledger_urls")),
    path("proof/", include("jiangxue.portals.public.hours_proof")),
    path("operator/", include("jiangxue.portals.operator.urls")),
    path("media/<str:ticket>/keys/<int:stretch>", key, name="key"),
    re_path(r"^media/(?P<ticket>[^/]+)/pages/(?P<number>[0-9]{4})\.(?P<ending>webp|txt)$", page, name="page"),
    path("media/<str:ticket>/<path:name>", media, name="media"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error
