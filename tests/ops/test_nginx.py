"""ops/nginx/jiangxue.conf before the real program: films by X-Accel-Redirect with ranges, static files, small beats, the socket of faces (T1.2, T11)."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path

import pytest
from django.conf import settings
from websockets import Origin
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from jiangxue.courseware.rules.uploads import MOST_CHUNK_BYTES
from jiangxue.portals.media.tickets import media_url
from jiangxue.project.body_limit import (
    MOST_BYTES_OF_ORDERS,
    MOST_BYTES_WITH_CAPTIONS,
    MOST_BYTES_WITH_PICTURE,
    MOST_BYTES_WITH_WORDS,
)
from scripts.certificate import Certificate, certificate_for
from scripts.layout import REPOSITORY, DataFolder
from scripts.serve import SOCKETS

CONTENT = bytes(range(256)) * 8
WRAPPER = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/jiangxue.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Front:
    """nginx with the program behind it."""

    port: int
    trusted: ssl.SSLContext

    def ask(self, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
        request = urllib.request.Request(f"https://localhost:{self.port}{path}", body, dict(headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=10, context=self.trusted) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert nginx, "no nginx found: set-up installs it on Debian as root, elsewhere install it"
    folder = tmp_path_factory.mktemp("front")
    film = folder / "media" / "films" / "one"
    film.mkdir(parents=True)
    (film / "0000.ts").write_bytes(CONTENT)
    plain, secure, *behind = (free_port() for _ in range(5))
    program, hot, faces = behind
    certificate = certificate_for(DataFolder(folder), ["localhost"], [])
    _write_configuration(folder, certificate, (plain, secure, program, hot, faces))
    environment = {
        **os.environ,
        "JIANGXUE_DATA": str(folder),
        "JIANGXUE_MEDIA_ACCEL": "1",
        "JIANGXUE_HOSTS": "localhost",
    }
    uvicorn = [sys.executable, "-m", "uvicorn", "--no-access-log", "--port"]
    pages = [str(program), "--proxy-headers", "--forwarded-allow-ips=127.0.0.1", "jiangxue.project.asgi:application"]
    children = [
        subprocess.Popen([*uvicorn, *pages], env=environment),
        subprocess.Popen([*uvicorn, str(hot), "jiangxue.project.asgi_hot:application"], env=environment),
        subprocess.Popen([*uvicorn, str(faces), *SOCKETS, "jiangxue.project.asgi_face:application"], env=environment),
        subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)]),
    ]
    served = Front(secure, ssl.create_default_context(cafile=certificate.chain))
    try:
        _wait_for(served)
        yield served
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(15)


def _write_configuration(folder: Path, certificate: Certificate, ports: tuple[int, int, int, int, int]) -> None:
    """Adapt the file as its head says, and nothing else."""
    plain, secure, program, hot, faces = ports
    text = (REPOSITORY / "ops" / "nginx" / "jiangxue.conf").read_text()
    for before, after in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "listen [::]:443 ssl;": "",
        "127.0.0.1:8001": f"127.0.0.1:{program}",
        "127.0.0.1:8002": f"127.0.0.1:{hot}",
        "127.0.0.1:8003": f"127.0.0.1:{faces}",
        "learn.example.cn": "localhost",
        "/etc/ssl/jiangxue/fullchain.pem": str(certificate.chain),
        "/etc/ssl/jiangxue/privkey.pem": str(certificate.key),
        "/srv/jiangxue/data": str(folder),
        "/srv/jiangxue/build": str(REPOSITORY / "build"),
        "/var/log/nginx/jiangxue.log": f"{folder}/access.log",
    }.items():
        assert before in text, f"{before} is gone from the configuration"
        text = text.replace(before, after)
    (folder / "jiangxue.conf").write_text(text)
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(WRAPPER.format(folder=folder, user=user))


def _wait_for(front: Front) -> None:
    for _ in range(100):
        try:
            answers = [front.ask("/healthz"), front.ask("/beat", body=b"{}"), front.ask("/face/socket")]
            if [answer.status for answer in answers] == [200, 400, 404]:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError("nginx and the program did not come up")


def _socket(front: Front, origin: str) -> ClientConnection:
    address = f"wss://localhost:{front.port}/face/socket"
    return connect(address, ssl=front.trusted, origin=Origin(origin), compression=None, open_timeout=10)


@pytest.mark.clause("T3.2")
def test_a_page_reaches_the_socket_of_faces_with_its_own_origin(front: Front) -> None:
    with _socket(front, f"https://localhost:{front.port}") as page:
        page.send(json.dumps({"ticket": "0" * 32, "camera": {}}))
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401, "the ticket is unknown: it was heard"


@pytest.mark.clause("T3.2")
def test_the_page_of_another_site_does_not(front: Front) -> None:
    with pytest.raises(InvalidStatus):
        _socket(front, "https://elsewhere.example")


@pytest.mark.clause("T1.2", "T11")
def test_a_film_is_handed_over_with_ranges(front: Front) -> None:
    answer = front.ask(media_url("films/one", "0000.ts"), {"Range": "bytes=10-19"})
    assert answer.status == 206
    assert answer.body == CONTENT[10:20]
    assert answer.headers["Content-Type"] == "video/mp2t"


def test_films_have_no_address_of_their_own(front: Front) -> None:
    assert front.ask("/course-media/films/one/0000.ts").status == 404
    assert front.ask(media_url("films/one", "0000.ts").replace("films", "filmz")).status == 403


def test_static_files_come_from_nginx_for_good(front: Front) -> None:
    name = next(path.name for path in Path(settings.STATIC_ROOT).glob("app.*.css"))
    answer = front.ask(f"/static/{name}")
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_beat_beyond_a_kibibyte_does_not_reach_the_program(front: Front) -> None:
    assert front.ask("/beat", body=b"x" * 2000).status == 413
    assert front.ask("/beat", body=b"{}").status == 400


@pytest.mark.parametrize(
    ("address", "most_bytes"),
    [
        ("/institution/courses/1/uploads/00000000-0000-0000-0000-000000000000/", MOST_CHUNK_BYTES),
        ("/institution/files/00000000-0000-0000-0000-000000000000/captions/", MOST_BYTES_WITH_CAPTIONS),
        ("/learn/appeals/new/", MOST_BYTES_WITH_PICTURE),
        ("/operator/words/import/", MOST_BYTES_WITH_WORDS),
        ("/institution/orders/00000000-0000-0000-0000-000000000000/answered/", MOST_BYTES_OF_ORDERS),
    ],
)
def test_a_body_as_large_as_its_address_takes_reaches_the_program(front: Front, address: str, most_bytes: int) -> None:
    assert front.ask(address, body=b"x" * most_bytes).status in {
        403,
        404,
    }  # the page's token is missing, or the stretch
    assert front.ask(address, body=b"x" * (most_bytes + 1)).status == 413


def test_pages_come_over_tls_with_secure_cookies(front: Front) -> None:
    answer = front.ask("/sign-in/")
    assert answer.status == 200
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]
