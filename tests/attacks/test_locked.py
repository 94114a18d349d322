"""A client that ignores the page, downloads a whole film and asks for every key (domain: dragging, also in an iPhone's full screen)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from django.conf import settings
from django.test import Client

from jiangxue.courseware.models import Media
from jiangxue.courseware.packaging import write_package
from jiangxue.courseware.rules.stretches import STRETCH_MS, film_key, stretches_in
from jiangxue.courseware.storage import put_folder
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.ids import new_id
from jiangxue.learning.rules.release import OUTAGE_MS, PLAYER_BUFFER_MS, released_stretches
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.portals.media.tickets import media_url
from tests.attacks.client import EVENT, Window
from tests.attacks.conftest import PageFor, WindowFor
from tests.conftest import MORNING
from tests.domains.courseware.unlocking import LockedSegment, locked_segments
from tests.factories import people
from tests.factories.classes import Classroom
from tests.factories.policies import set_rule

STRETCHES = 8
LENGTH_MS = STRETCHES * STRETCH_MS
SYNC = 0x47
"""What every packet of a transport stream begins with."""


@dataclass
class Film:
    """A locked film of eight minutes: where its parts are asked for, and its segments as anybody may download them."""

    address: str
    segments: list[LockedSegment]

    def ask(self, client: Client, stretch: int) -> tuple[int, bytes]:
        answer = client.get(self.address.replace("master.m3u8", f"keys/{stretch}"))
        return answer.status_code, answer.content


@dataclass
class Thief:
    """Keeps every key that it can get, and knows what they open."""

    film: Film
    client: Client
    keys: dict[int, bytes] = field(default_factory=dict)

    def hear(self, answer: dict[str, Any]) -> None:
        self.keys |= {stretch: bytes.fromhex(key) for stretch, key in answer.get("keys", [])}

    def ask_for_all(self) -> set[int]:
        """Ask for every key; return the statuses of those that were not given."""
        statuses = set()
        for stretch in range(STRETCHES + 2):
            status, content = self.film.ask(self.client, stretch)
            if status == 200:
                self.keys[stretch] = content
            else:
                statuses.add(status)
        return statuses

    def opened(self) -> set[int]:
        """Return the stretches of which some segment opens, with any key that was had."""
        return {each.stretch for each in self.film.segments if any(_opens(each, key) for key in self.keys.values())}


def _opens(segment: LockedSegment, key: bytes) -> bool:
    try:
        clear = segment.opened_with(key)
    except ValueError:  # the padding is wrong: not this key
        return False
    return len(clear) % 188 == 0 and set(clear[::188]) == {SYNC}


@pytest.fixture(scope="session")
def eight_minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small moving film of eight minutes, once."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=2, options={"preset": "ultrafast", "bf": "0"})
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.codec_context.gop_size = 8
        for number in range(LENGTH_MS // 500):
            picture = np.full((240, 320, 3), number % 250, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 2)
            frame.pict_type = av.video.frame.PictureType.I if number % 8 == 0 else av.video.frame.PictureType.NONE
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return path


@pytest.fixture
def film(room: Classroom, eight_minutes: Path, own_storage: Path, tmp_path: Path) -> Film:
    """Lock the film and let it be the room's first lesson."""
    folder, key_name = f"films/{new_id().hex}", new_id().hex
    made = tmp_path / "made"
    made.mkdir()
    key = film_key(settings.MEDIA_MASTER_KEY, key_name)
    package = write_package(eight_minutes, made, key_name=key_name, key=key, most_renditions=1)
    put_folder(made, folder)
    Media.objects.filter(pk=room.lesson.media_id).update(folder=folder, key_name=key_name, length_ms=package.length_ms)
    room.lesson.media.refresh_from_db()
    assert stretches_in(package.length_ms) == STRETCHES
    return Film(media_url(folder, "master.m3u8"), locked_segments(made / package.renditions[0].name))


def signed_in(room: Classroom) -> Client:
    client = Client()
    client.force_login(room.learner)
    return client


@pytest.mark.clause("T2.3")
def test_a_client_that_ignores_the_page_opens_no_more_than_was_earned_and_a_little(
    film: Film, room: Classroom, page_for: PageFor, clock: HandClock
) -> None:
    thief = Thief(film, signed_in(room))
    assert thief.ask_for_all() == {403, 404}
    page = page_for()
    thief.hear(page.open()[1])
    for claim_ms in (LENGTH_MS, LENGTH_MS // 2, 30_000, 60_000, LENGTH_MS):
        clock.advance(15_000)
        thief.hear(page.beat(claim_ms, flags=EVENT)[1])
        thief.ask_for_all()
    allowed = released_stretches(page.credited_ms, LENGTH_MS, TimePolicy())
    assert page.credited_ms <= 75_000
    assert set(thief.keys) <= set(range(allowed))
    assert thief.opened() == set(range(len(thief.keys)))
    assert len(thief.keys) <= 5 < STRETCHES


@pytest.mark.clause("T2.3")
def test_opening_again_and_again_and_in_other_windows_brings_no_more_keys(
    film: Film, room: Classroom, page_for: PageFor, clock: HandClock
) -> None:
    thief = Thief(film, signed_in(room))
    for _window in range(5):
        page = page_for()
        thief.hear(page.open(take_over=True)[1])
        clock.advance(3_000)
        thief.hear(page.beat(3_000)[1])
        thief.ask_for_all()
    assert thief.opened() == set(range(released_stretches(15_000, LENGTH_MS, TimePolicy())))


@pytest.mark.clause("T2.3", "M3")
def test_nobody_else_is_given_a_key(film: Film, room: Classroom) -> None:
    assert film.ask(Client(), 0)[0] == 401
    stranger = Client()
    stranger.force_login(people.account(now=MORNING, name="外人"))
    assert film.ask(stranger, 0)[0] == 404
    forged = Film(film.address.replace("films~", "films~x"), film.segments)
    assert forged.ask(signed_in(room), 0)[0] == 404


def _needed(window: Window) -> range:
    """Return the stretches that a player needs now: what it shows and what it loads ahead."""
    last_ms = min(LENGTH_MS - 1, window.position_ms + PLAYER_BUFFER_MS)
    return range(window.position_ms // STRETCH_MS, last_ms // STRETCH_MS + 1)


def _hold_in_silence(window: Window) -> None:
    """Stand still after a minute without an answer, as the page does: what is watched then would not be paid."""
    is_silent = window.clock_ms() - window.acked_ms >= OUTAGE_MS - 1_000
    if is_silent and not window.still:
        window.pause()
    elif window.still and not is_silent:
        window.resume()


@pytest.fixture
def lost() -> list[int]:
    """Hold the instants, in ms, between which no request arrives."""
    return []


@pytest.fixture
def played(
    film: Film, room: Classroom, window_for: WindowFor, clock: HandClock, lost: list[int]
) -> Callable[[], Thief]:
    """Return a player that plays the film as the page does, and stands still for no key."""

    def play() -> Thief:
        honest = Thief(film, signed_in(room))
        window = window_for()
        post = window.post

        def over_the_network(url: str, body: dict[str, Any]) -> tuple[int, dict[str, Any], Any]:
            if lost and lost[0] <= window.clock_ms() < lost[1]:
                raise OSError
            status, answer, headers = post(url, body)
            honest.hear(answer)
            return status, answer, headers

        window.post = over_the_network
        window.start()
        lost[:] = [window.clock_ms() + each for each in lost]
        while window.is_open:
            for stretch in _needed(window):
                if stretch not in honest.keys:
                    assert not (lost and lost[0] <= window.clock_ms() < lost[1]), "a key is missing in the outage"
                    status, honest.keys[stretch] = film.ask(honest.client, stretch)
                    assert status == 200, (stretch, window.position_ms)
            _hold_in_silence(window)
            window.watch(1_000)
        assert window.why == "finished"
        return honest

    return play


@pytest.mark.clause("T2.3", "T1.1")
def test_its_honest_twin_plays_the_whole_film_and_never_waits_for_a_key(played: Callable[[], Thief]) -> None:
    assert played().opened() == set(range(STRETCHES))


@pytest.mark.clause("T2.3", "T1.1")
@pytest.mark.parametrize("beat_ms", [2_000, 45_000])
def test_nor_at_the_shortest_and_the_longest_interval(
    room: Classroom, played: Callable[[], Thief], beat_ms: int, clock: HandClock
) -> None:
    set_rule(room, clock.now(), beat_ms=beat_ms)
    assert played().opened() == set(range(STRETCHES))


@pytest.mark.clause("T2.3", "T1.1")
@pytest.mark.parametrize("from_s", [5, 40, 119, 185, 230])
def test_nor_through_an_outage_of_a_minute(
    room: Classroom, played: Callable[[], Thief], lost: list[int], from_s: int
) -> None:
    lost += [from_s * 1_000, from_s * 1_000 + OUTAGE_MS]
    assert played().opened() == set(range(STRETCHES))
