"""What machines say to each other, and not people to pages: beats, faces before a camera, tiles of the ledger."""

from collections.abc import Mapping

import pytest
from django.db import connection

from jiangxue.facecheck.api.socket import FaceSocket
from jiangxue.facecheck.api.wire import Closing
from jiangxue.learning.rules.sequence import session_key
from jiangxue.project.env import face_models, read_hot
from tests.attacks.client import Page
from tests.factories.faces.page import CountingEyes, Hand, Told, hello, talk
from tests.hot.harness import running
from tests.loops import in_a_loop
from tests.walk.answers import nobody
from tests.walk.rows import all_rows, changes
from tests.walk.world import World

pytestmark = pytest.mark.clause("M3")


def _beat(session: object, key_of: object) -> Mapping[str, object]:
    key = session_key(read_hot().beat_master_key, str(key_of))
    page = Page(
        post=lambda _url, _body: (0, {}, {}), open_url="", session=str(session), key=key, tag="0" * 32, nonce="0" * 16
    )
    return page.body(60_000)


def test_a_beat_under_the_key_of_ones_own_session_is_heard_in_no_other(world: World) -> None:
    own, theirs, before = world.east.keys["session_id"], world.west.keys["session_id"], all_rows()
    with running(str(connection.settings_dict["NAME"]), world.clock) as hot:
        answers = [hot.post(_beat(session, own)) for session in (theirs, "0" * 32)]
        without_a_mac = hot.post({**_beat(theirs, own), "mac": "0" * 64})
    assert answers[0] == answers[1] == without_a_mac
    assert answers[0][0] == 401
    changed = {table for table, _ in changes(before, all_rows())}
    assert changed <= {"learning_interruption"}  # that nobody heard beats before it started


def _shown(cookie: str, ticket: object) -> Told:
    async def held() -> Told:
        socket = FaceSocket(CountingEyes(face_models()), processes=1, ticks=Hand())
        try:
            return await talk(socket, cookie, [hello(str(ticket))], stays=True)
        finally:
            await socket.close()

    return in_a_loop(held())


@pytest.mark.parametrize("who", ["learner", "head"])
def test_a_face_is_not_shown_by_the_ticket_of_another(world: World, who: str) -> None:
    """Whoever holds the ticket of another is told so, and nobody can guess one: it is 16 random bytes."""
    before = all_rows()
    assert _shown(world.east.sessions[who], world.west.keys["face_ticket"]) == Told([], Closing.NOT_YOURS.value)
    assert _shown(world.east.sessions[who], "0" * 32) == Told([], Closing.NO_TICKET.value)
    assert not changes(before, all_rows())


def test_a_tile_of_the_ledger_is_hashes_or_nothing(world: World) -> None:
    for level, number in (("0", "000"), ("0", "001"), ("1", "000"), ("7", "x999/999")):
        answer = nobody().get(f"/ledger/tile/{level}/{number}")
        assert answer.status in {200, 404}
        assert answer.status == 404 or len(answer.content) == 256 * 32
        for side in (world.east, world.west, world.works):
            assert not side.names.pattern.findall(answer.text)
