"""The names and addresses of this machine on its local network."""

import contextlib
import fcntl
import ipaddress
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_SIOCGIFADDR = 0x8915
_IPV6_OF_INTERFACES = Path("/proc/net/if_inet6")


def host_name() -> str:
    """Return this machine's name."""
    return socket.gethostname()


def local_addresses() -> list[Address]:
    """Return every address under which this machine can be reached, loopback included."""
    loopback: set[Address] = {ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1")}
    return sorted(
        loopback | set(_by_name()) | set(_by_interface()), key=lambda address: (address.version, int(address))
    )


def lan_addresses() -> list[ipaddress.IPv4Address]:
    """Return the addresses that a phone on the local network can use."""
    return [
        a
        for a in local_addresses()
        if isinstance(a, ipaddress.IPv4Address) and not a.is_loopback and not a.is_link_local
    ]


def _by_name() -> Iterator[Address]:
    with contextlib.suppress(OSError):
        for *_, place in socket.getaddrinfo(host_name(), None):
            yield _address(str(place[0]))


def _by_interface() -> Iterator[Address]:
    if sys.platform != "linux":
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            with contextlib.suppress(OSError):  # an interface without an IPv4 address
                yield ipaddress.IPv4Address(fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, request)[20:24])
    if _IPV6_OF_INTERFACES.exists():
        for line in _IPV6_OF_INTERFACES.read_text().splitlines():
            yield ipaddress.IPv6Address(bytes.fromhex(line.split()[0]))


def _address(text: str) -> Address:
    return ipaddress.ip_address(text.partition("%")[0])
