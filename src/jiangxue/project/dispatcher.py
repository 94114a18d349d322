"""One process for beats and pages: what `make serve` and small installations run."""

from jiangxue.learning.hot.app import BEAT, HotPath
from jiangxue.project.body_limit import Application, Receive, Scope, Send


class Dispatcher:
    """Gives beats and the life of the server to the hot path, and every other request to the pages."""

    def __init__(self, hot: HotPath, pages: Application) -> None:
        self._hot = hot
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "lifespan" or scope.get("path") == BEAT:
            await self._hot(scope, receive, send)
        else:
            await self._pages(scope, receive, send)
