"""The ASGI application of `make serve`: static files from the build folder, everything else from Django."""

import os
from wsgiref.headers import Headers

from django.conf import settings
from django.core.asgi import get_asgi_application
from servestatic import ServeStaticASGI

from jiangxue.project.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxue.project.settings")


def _harden(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = ServeStaticASGI(
    BodyLimit(get_asgi_application()),
    root=settings.STATIC_ROOT,
    prefix="static/",
    allow_all_origins=False,
    immutable_file_test=r"\.[0-9a-f]{12}\.\w+$",
    add_headers_function=_harden,
)
