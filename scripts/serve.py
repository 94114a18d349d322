"""`make serve`: everything that one machine needs, under one parent, until Ctrl-C."""

import os
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Never

from scripts import ledger, provision
from scripts.addresses import host_name, lan_addresses, local_addresses
from scripts.certificate import Certificate, certificate_for
from scripts.environment import PYTHON, bring_up_database, collect_static, environment_for, management, must_succeed
from scripts.keys import read_or_make
from scripts.layout import DataFolder, data_folder
from scripts.lock import sole_owner
from scripts.provision import APP, DATABASE, HOT, OWNER
from scripts.stamps import fingerprint, is_current, mark, program_files, schema_files
from scripts.supervisor import Child, Running, Supervisor
from scripts.terminal import Refusal, run_as_program, say

_CONNECTIONS_OF_WEB = "20"
_KEEP_ALIVE_S = "75"  # beats come at most 54 s apart: one connection serves a whole lesson
SOCKETS = ("--ws", "websockets-sansio", "--ws-max-size", "65536", "--ws-per-message-deflate", "false")
"""A frame of a face has at most 60,000 bytes, and JPEG cannot be compressed any more."""
_READY_WITHIN_S = 90.0
_PORT_FREE_WITHIN_S = 2.0  # a web process whose parent was killed lets go of its port in that time


@dataclass(frozen=True)
class Site:
    """Where this installation answers."""

    port: int
    certificate: Certificate | None

    @property
    def bind(self) -> str:
        """The address to listen on: the local network only gets HTTPS."""
        return "0.0.0.0" if self.certificate else "127.0.0.1"

    @property
    def hosts(self) -> list[str]:
        """The host names that requests may carry."""
        local = ["localhost", "127.0.0.1"]
        return [*local, host_name(), *map(str, lan_addresses())] if self.certificate else local

    @property
    def addresses(self) -> list[str]:
        """The addresses to print, the one for this machine first."""
        if self.certificate is None:
            return [f"http://localhost:{self.port}"]
        return [f"https://{host}:{self.port}" for host in ("localhost", *lan_addresses())]

    def is_ready(self) -> bool:
        """Ask `/readyz`."""
        connection = HTTPConnection("localhost", self.port, timeout=5)
        if self.certificate:
            trusted = ssl.create_default_context(cafile=self.certificate.chain)
            connection = HTTPSConnection("localhost", self.port, timeout=5, context=trusted)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def main() -> Never:
    """Start everything in order, say where it is, and look after it."""
    data = data_folder()
    data.make()
    port = _port()
    with sole_owner(data), Supervisor() as supervisor:
        site = _site(data, port)
        _refuse_taken_port(site)
        keys = read_or_make(data)
        server = bring_up_database(data, keys, supervisor, settings={})
        provision.provide(server, DATABASE)
        environments = {role: _environment(data, keys, server.url(role, DATABASE), site) for role in (OWNER, APP)}
        of_web = {"JIANGXUE_DB_POOL": _CONNECTIONS_OF_WEB, "JIANGXUE_HOT_DATABASE_URL": server.url(HOT, DATABASE)}
        database = provision.identity(server, DATABASE)
        _migrate(data, database, environments[OWNER])
        fresh = _seed(data, database, {**environments[APP], **of_web})
        collect_static(environments[APP])
        web = supervisor.start(_web(data, site, {**environments[APP], **of_web}))
        supervisor.start(_worker(data, environments[APP]))
        supervisor.start(_converter(data, environments[APP]))
        supervisor.start(_exporter(data, environments[APP]))
        for child in ledger.children(data, server, DATABASE, keys, environments[APP]):
            supervisor.start(child)
        _wait_until_ready(site, web)
        _announce(site, data, environments[APP], show_accounts=not fresh)
        try:
            supervisor.watch()
        finally:
            say("\nEnding.")


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _site(data: DataFolder, port: int) -> Site:
    wanted = os.environ.get("TLS", "") or "0"
    if wanted not in ("0", "1"):
        raise Refusal(f"TLS must be 0 or 1, not {wanted!r}; 1 opens the site to the local network, by HTTPS.")
    return Site(port, certificate_for(data, [host_name()], local_addresses()) if wanted == "1" else None)


def _refuse_taken_port(site: Site) -> None:
    until_s = time.monotonic() + _PORT_FREE_WITHIN_S
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                return probe.bind((site.bind, site.port))
            except PermissionError:
                raise Refusal(
                    f"This account may not use port {site.port}. Choose one above 1023: PORT=8000 make serve"
                ) from None
            except OSError as fault:
                if time.monotonic() > until_s:
                    advice = f"Choose another one: PORT={site.port + 1} make serve"
                    raise Refusal(
                        f"Port {site.port} is taken by another program ({fault.strerror}). {advice}"
                    ) from None
        time.sleep(0.2)


def _environment(data: DataFolder, keys: Mapping[str, str], database_url: str, site: Site) -> dict[str, str]:
    return {
        **environment_for(data, keys, database_url),
        "JIANGXUE_DEMO": os.environ.get("JIANGXUE_DEMO", "1"),
        "JIANGXUE_HOSTS": os.environ.get("JIANGXUE_HOSTS") or ",".join(site.hosts),
        "PORT": str(site.port),
        "TLS": "1" if site.certificate else "0",
    }


def _migrate(data: DataFolder, database: str, environment: Mapping[str, str]) -> None:
    stamp, value = data.run / "migrated", fingerprint(schema_files(), database)
    if not is_current(stamp, value):
        say("Bringing the database up to date.")
        must_succeed(management("migrate", "--no-input", "--verbosity", "0"), environment)
        mark(stamp, value)


def _seed(data: DataFolder, database: str, environment: Mapping[str, str]) -> bool:
    """Make the demonstration when the program or the database is new; tell whether that was done."""
    stamp, value = data.run / "seeded", fingerprint(program_files(), database)
    if environment["JIANGXUE_DEMO"] != "1" or is_current(stamp, value):
        return False
    say("Making the demonstration.")
    must_succeed(management("seed_demonstration"), environment)
    mark(stamp, value)
    return True


def _web(data: DataFolder, site: Site, environment: Mapping[str, str]) -> Child:
    command = [
        PYTHON,
        "-m",
        "uvicorn",
        "jiangxue.project.asgi:application",
        "--host",
        site.bind,
        "--port",
        str(site.port),
    ]
    command += [
        "--no-access-log",
        "--no-proxy-headers",
        "--no-server-header",
        *SOCKETS,
        "--timeout-graceful-shutdown",
        "5",
    ]
    command += ["--timeout-keep-alive", _KEEP_ALIVE_S]
    if site.certificate:
        command += ["--ssl-certfile", str(site.certificate.chain), "--ssl-keyfile", str(site.certificate.key)]
    return Child("web", command, data.logs / "web.log", environment)


def _worker(data: DataFolder, environment: Mapping[str, str]) -> Child:
    command = management("procrastinate", "worker", "--queues", "default,builtin")
    return Child("worker", command, data.logs / "worker.log", environment)


def _converter(data: DataFolder, environment: Mapping[str, str]) -> Child:
    """Return the worker that converts files, one at a time: it may be busy for an hour, and nothing else waits for it."""
    command = management("procrastinate", "worker", "--queues", "media", "--concurrency", "1")
    return Child("converter", command, data.logs / "converter.log", environment)


def _exporter(data: DataFolder, environment: Mapping[str, str]) -> Child:
    """Return the worker that makes exported files, one at a time: a large one takes minutes, and nothing else waits for it."""
    command = management("procrastinate", "worker", "--queues", "exports", "--concurrency", "1")
    return Child("exporter", command, data.logs / "exporter.log", environment)


def _wait_until_ready(site: Site, web: Running) -> None:
    until_s = time.monotonic() + _READY_WITHIN_S
    while not site.is_ready():
        if web.status() is not None:
            raise Refusal(f"The web process did not start:\n{web.log.tail()}")
        if time.monotonic() > until_s:
            raise Refusal(
                f"{site.addresses[0]}/readyz does not answer 200 within {_READY_WITHIN_S:.0f} s:\n{web.log.tail()}"
            )
        time.sleep(0.2)


def _announce(site: Site, data: DataFolder, environment: Mapping[str, str], *, show_accounts: bool) -> None:
    if show_accounts and environment["JIANGXUE_DEMO"] == "1":
        must_succeed(management("demonstration_accounts"), environment)
    say(f"\nJiangxue is ready:  {'  '.join(site.addresses)}")
    if site.certificate:
        say("The certificate is our own: a browser warns once on each device and goes on when told so.")
    say(f"Logs are in {data.logs}. Ctrl-C ends everything.")


if __name__ == "__main__":
    run_as_program(main)
