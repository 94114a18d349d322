"""Our own certificate: every address of this machine, and no longer valid than telephones allow."""

import contextlib
import datetime
import socket
import ssl
import threading
from ipaddress import ip_address

import pytest
from cryptography import x509

from scripts import certificate
from scripts.addresses import lan_addresses, local_addresses
from scripts.certificate import certificate_for

HERE = [ip_address("127.0.0.1"), ip_address("::1"), ip_address("192.168.7.9")]


def greet(made, name):
    """Make a TLS connection to ourselves as a client that trusts this certificate and expects this name."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.chain, made.key)
    near, far = socket.socketpair()
    with near, far:
        far.settimeout(5)

        def answer():
            with contextlib.suppress(OSError):  # the client turned away
                server.wrap_socket(far, server_side=True).close()

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            near.settimeout(5)
            client = ssl.create_default_context(cafile=made.chain)
            with client.wrap_socket(near, server_hostname=name) as connection:
                return connection.version()
        finally:
            thread.join()


@pytest.mark.parametrize("name", ["localhost", "workstation", "127.0.0.1", "::1", "192.168.7.9"])
def test_it_covers_every_name_and_address(data, name):
    assert greet(certificate_for(data, ["workstation"], HERE), name) == "TLSv1.3"


def test_a_telephone_whose_clock_is_behind_trusts_it(data):
    made = x509.load_pem_x509_certificate(certificate_for(data, [], HERE).chain.read_bytes())
    assert made.not_valid_before_utc <= datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=23)
    assert made.not_valid_after_utc - made.not_valid_before_utc <= datetime.timedelta(days=398)


def test_it_covers_nothing_else(data):
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(certificate_for(data, ["workstation"], HERE), "192.168.7.10")


def test_it_is_kept_while_nothing_changes(data):
    first = certificate_for(data, ["workstation"], HERE).chain.read_bytes()
    assert certificate_for(data, ["workstation"], HERE).chain.read_bytes() == first


def test_it_is_made_anew_when_an_address_changes(data):
    first = certificate_for(data, ["workstation"], HERE).chain.read_bytes()
    assert certificate_for(data, ["workstation"], [*HERE[:2], ip_address("10.1.2.3")]).chain.read_bytes() != first


def test_it_is_made_anew_a_month_before_it_expires(data, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(certificate, "_VALID", datetime.timedelta(days=29))
        first = certificate_for(data, [], HERE).chain.read_bytes()
    assert certificate_for(data, [], HERE).chain.read_bytes() != first


def test_only_its_owner_reads_the_key(data):
    assert certificate_for(data, [], HERE).key.stat().st_mode & 0o777 == 0o600


def test_this_machine_knows_itself_and_offers_no_loopback_to_telephones():
    assert {ip_address("127.0.0.1"), ip_address("::1")} <= set(local_addresses())
    assert not any(address.is_loopback for address in lan_addresses())
