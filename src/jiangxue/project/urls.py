"""Every address of the program."""

from django.urls import include, path

from jiangxue.operations.api.views import healthz, readyz
from jiangxue.portals.learner.media import media
from jiangxue.project import error_pages
from jiangxue.project.shell import begin

urlpatterns = [
    path("", begin, name="begin"),
    path("", include("jiangxue.portals.signin.urls")),
    path("learn/", include("jiangxue.portals.learner.urls")),
    path("institution/", include("jiangxue.portals.institution.urls")),
    path("region/", include("jiangxue.portals.regulator.urls")),
    path("operator/", include("jiangxue.portals.operator.urls")),
    path("media/<str:ticket>/<path:name>", media, name="media"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error
