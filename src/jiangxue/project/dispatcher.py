"""One process for beats, faces and pages: what `make serve` and small installations run."""

from jiangxue.learning.hot.app import BEAT, READY, HotPath
from jiangxue.project.body_limit import Application, Receive, Scope, Send


class Dispatcher:
    """Gives beats and the life of the server to the hot path, sockets to the faces, and every other request to the pages.

    Where no beat can be judged the site is not ready, whatever the pages say.
    """

    def __init__(self, hot: HotPath, faces: Application, pages: Application) -> None:
        self._hot = hot
        self._faces = faces
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        heard = scope["type"] == "lifespan" or scope.get("path") == BEAT
        if heard or (scope.get("path") == READY and not self._hot.is_ready):
            await self._hot(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._faces(scope, receive, send)
        else:
            await self._pages(scope, receive, send)
