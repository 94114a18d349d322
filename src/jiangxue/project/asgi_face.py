"""The ASGI application of a process that hears faces and does nothing else: as many of them as there are cores to spare."""

import os

from django.core.asgi import get_asgi_application

from jiangxue.project import logs
from jiangxue.project.body_limit import Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangxue.project.settings")
get_asgi_application()

from jiangxue.project.face import face_socket  # noqa: E402 - it has tables, which are there only now

logs.configure(logs.configuration())
_faces = face_socket()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hear faces; whoever asks for anything else is told that it is not here."""
    if scope["type"] == "websocket":
        await _faces(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await _faces.close()
    await send({"type": "lifespan.shutdown.complete"})
