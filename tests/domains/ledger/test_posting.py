"""Whoever stands at a witness's address, asking it takes a bounded time and room."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from jiangxue.ledger.services.posting import post

REQUEST = "old 0\n\ntest.example/log1\n1\nAAAA\n"
type Manner = Callable[[socket.socket], None]


@contextmanager
def answering(manner: Manner) -> Iterator[str]:
    """Serve one connection in some manner, and yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server, manner))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/add-checkpoint"
        thread.join()


def _serve(server: socket.socket, manner: Manner) -> None:
    connection, _ = server.accept()
    with connection:
        try:
            while not connection.recv(4096).endswith(REQUEST.encode()):
                pass
            manner(connection)
        except OSError:
            return  # it was cut off


def whole(head: bytes, body: bytes) -> Manner:
    return lambda connection: connection.sendall(b"HTTP/1.0 " + head + b"\r\n\r\n" + body)


def dribble(connection: socket.socket) -> None:
    """Send a byte of a header every now and then, for half a minute."""
    connection.sendall(b"HTTP/1.0 200 OK\r\nX: ")
    for _ in range(600):
        connection.sendall(b"a")
        time.sleep(0.05)


def test_status_and_body_are_returned() -> None:
    with answering(whole(b"409 Conflict", b"12\n")) as address:
        reply = post(address, REQUEST)
    assert (reply.status, reply.body) == (409, "12\n")


def test_a_witness_that_dribbles_is_cut_off_although_it_never_rests() -> None:
    with answering(dribble) as address:
        assert post(address, REQUEST, seconds=0.3).status == 0


def test_a_witness_that_says_nothing_is_not_waited_for() -> None:
    with answering(lambda connection: time.sleep(1)) as address:
        assert post(address, REQUEST, seconds=0.2).status == 0


def test_of_a_long_body_only_the_beginning_is_read() -> None:
    with answering(whole(b"200 OK", b"x" * 1_000_000)) as address:
        assert len(post(address, REQUEST).body) == 8192


def test_a_redirection_is_an_answer_and_leads_nowhere() -> None:
    with answering(whole(b"307 Moved\r\nLocation: http://127.0.0.1:1/", b"")) as address:
        assert post(address, REQUEST).status == 307


def test_bytes_that_are_no_text_are_an_answer_too() -> None:
    with answering(whole(b"200 OK", b"\xff\xfe")) as address:
        assert post(address, REQUEST).body == "\ufffd\ufffd"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "witness.example",
        "http://",
        "http://[",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:1/",
        "http://a b/",
        "x",
    ],
)
def test_an_address_where_nobody_can_be_asked_is_silent(address: str) -> None:
    assert post(address, REQUEST, seconds=1).status == 0
