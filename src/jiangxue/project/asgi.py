"""The ASGI application of `make serve`: beats to the hot path, faces to their socket, static files from the build folder, everything else to Django."""

import os
from wsgiref.headers import Headers

from django.conf import settings
from django.core.asgi import get_asgi_application
from servestatic import ServeStaticASGI

from jiangxue.project import env
from jiangxue.project.body_limit import BodyLimit
from jiangxue.project.dispatcher import Dispatcher
from jiangxue.project.error_pages import too_large
from jiangxue.project.hot_path import hot_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxue.project.settings")
_django = get_asgi_application()

from jiangxue.project.face import face_socket  # noqa: E402 - it has tables, which are there only now


def _harden(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


_pages = ServeStaticASGI(
    BodyLimit(_django, too_large),
    root=settings.STATIC_ROOT,
    prefix="static/",
    allow_all_origins=False,
    immutable_file_test=r"\.[0-9a-f]{12}\.\w+$",
    add_headers_function=_harden,
)
application = Dispatcher(hot_path(env.read_hot()), face_socket(), _pages)
