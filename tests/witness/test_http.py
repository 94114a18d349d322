"""The witness as a server: two addresses, and no patience."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from jiangxue_witness.errors import NotWorking
from jiangxue_witness.folder import open_folder
from jiangxue_witness.server import MOST_CONNECTIONS, WitnessServer, address_of
from jiangxue_witness.witness import Witness
from tests.verify.notary import signer
from tests.witness.ledgers import Ledger
from tests.witness.places import KEY, NOW_S, opened
from tests.witness.processes import heard, served

HEAD = b"POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\n"


@contextmanager
def serving(place: Path, seconds: float = 15.0, prefix: str = "") -> Iterator[int]:
    """Serve a folder in this process, with a clock that stands still, and yield the port."""
    with open_folder(place) as folder:
        witness = Witness(folder, lambda: NOW_S, lambda _: None)
        with WitnessServer(("127.0.0.1", 0), witness, prefix, seconds) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield server.server_address[1]
            finally:
                server.shutdown()
                thread.join()


def test_an_honest_log_gets_every_checkpoint_signed_by_the_real_program(place: Path, ledger: Ledger) -> None:
    with served(place) as witness:
        for old, new in ((0, 3), (3, 3), (3, 8), (8, 300)):
            answer = witness.post(ledger.of(new).request(old))
            assert (answer.status, answer.content_type) == (200, "text/plain; charset=utf-8")
            assert opened(ledger.of(new), answer.body).cosigned.keys() == {KEY.name}
    with served(place) as again:
        assert again.post(ledger.of(8).request(8)).body == b"300\n"


def test_each_refusal_has_its_status(place: Path, ledger: Ledger) -> None:
    with serving(place) as port:
        statuses = {
            content: heard(port, "POST", "/add-checkpoint", content).status
            for content in (
                ledger.of(5).request(0),
                b"junk",
                Ledger(log=signer("other.example", 1)).of(3).request(0),
                b"old 5\n\n" + ledger.of(6).note.replace("\n6\n", "\n7\n").encode(),
                ledger.of(6).request(4),
                ledger.of(4).of(5, "lie").request(5),
                ledger.of(3).of(9, "lie").request(5),
            )
        }
        assert list(statuses.values()) == [200, 400, 404, 403, 409, 409, 422]


def test_a_size_is_told_in_the_type_of_c2sp(place: Path, ledger: Ledger) -> None:
    with serving(place) as port:
        heard(port, "POST", "/add-checkpoint", ledger.of(5).request(0))
        answer = heard(port, "POST", "/add-checkpoint", ledger.of(6).request(4))
        assert (answer.body, answer.content_type) == (b"5\n", "text/x.tlog.size")


def test_people_see_how_it_stands_and_no_secret(place: Path, ledger: Ledger) -> None:
    with serving(place) as port:
        assert "还没有签署过" in heard(port, "GET", "/status").body.decode()
        heard(port, "POST", "/add-checkpoint", ledger.of(5).request(0))
        page = heard(port, "GET", "/status")
    assert page.content_type == "text/plain; charset=utf-8"
    words = page.body.decode()
    assert f"见证方：{KEY.name}\n" in words
    assert f"存证日志：{ledger.origin}（sha256）\n最后签署：大小 5，2026-11-18 " in words
    assert KEY.seed.hex() not in words


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/add-checkpoint", 405),
        ("POST", "/status", 404),
        ("POST", "/", 404),
        ("POST", "/add-checkpoint/", 404),
        ("POST", "/../add-checkpoint", 404),
        ("GET", "/../../key", 404),
        ("GET", "/key", 404),
        ("PUT", "/add-checkpoint", 501),
        ("DELETE", "/status", 501),
    ],
)
def test_nothing_else_is_served(place: Path, method: str, path: str, status: int) -> None:
    with serving(place) as port:
        answer = heard(port, method, path)
        assert (answer.status, answer.body) == (status, f"{status}\n".encode())


def test_a_prefix_belongs_to_both_addresses(place: Path, ledger: Ledger) -> None:
    with serving(place, prefix="/jiangxue") as port:
        assert heard(port, "POST", "/add-checkpoint", ledger.of(5).request(0)).status == 404
        assert heard(port, "POST", "/jiangxue/add-checkpoint", ledger.of(5).request(0)).status == 200
        assert heard(port, "GET", "/jiangxue/status").status == 200


def _raw(port: int, content: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(content)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    "lengths",
    [
        b"",
        b"Content-Length: -1\r\n",
        b"Content-Length: +4\r\n",
        b"Content-Length: x\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5000\r\n",
        b"Content-Length: " + b"9" * 5000 + b"\r\n",
    ],
)
def test_a_body_whose_length_is_not_plain_is_refused(place: Path, lengths: bytes) -> None:
    with serving(place) as port:
        assert _raw(port, HEAD + lengths + b"\r\nold 0").startswith(b"HTTP/1.0 400 ")


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1024 * 1024])
def test_an_oversized_body_is_refused_and_its_sender_hears_it(place: Path, size: int) -> None:
    with serving(place) as port:
        answer = heard(port, "POST", "/add-checkpoint", b"a" * size)
        assert (answer.status, answer.body.decode()) == (400, "请求超过 64 KiB\n")


def test_a_sender_who_dribbles_is_cut_off_although_it_never_rests(place: Path) -> None:
    with serving(place, seconds=0.5) as port, socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
        slow.sendall(HEAD + b"Content-Length: 60000\r\n\r\n")
        with pytest.raises(OSError):  # noqa: PT011  broken or reset
            _dribble(slow)


def _dribble(slow: socket.socket) -> None:
    """Send a byte every now and then, for twenty seconds in all."""
    for _ in range(1000):
        slow.sendall(b"a")
        time.sleep(0.02)


def test_silent_senders_hold_up_an_honest_log_only_until_their_time_is_over(place: Path, ledger: Ledger) -> None:
    with serving(place, seconds=1.0) as port, ExitStack() as stack:
        for _ in range(MOST_CONNECTIONS):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)).sendall(b"P")
        assert _answered_at_last(port, ledger.of(5).request(0)) == 200


def _answered_at_last(port: int, content: bytes) -> int | None:
    """Ask again and again for twenty seconds, and return the first status."""
    for _ in range(400):
        try:
            return heard(port, "POST", "/add-checkpoint", content).status
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    return None


def test_an_address_names_host_and_port() -> None:
    assert address_of("127.0.0.1:8071") == ("127.0.0.1", 8071)
    assert address_of("[::1]:80") == ("::1", 80)
    for wrong in ("", "8071", ":8071", "host:", "host:x", "host:65536", "host:８０"):
        with pytest.raises(NotWorking):
            address_of(wrong)
