"""Our own certificate for phones on the local network: camera and WebCrypto work over HTTPS only."""

import datetime
import ipaddress
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from scripts.addresses import Address
from scripts.layout import DataFolder
from scripts.terminal import say

# Telephones refuse certificates that are valid for longer than 398 days.
_VALID = datetime.timedelta(days=397)
_RENEW_BEFORE = datetime.timedelta(days=30)
_CLOCKS_DIFFER_BY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Certificate:
    """The two files of a certificate."""

    chain: Path
    key: Path


def certificate_for(data: DataFolder, names: Iterable[str], addresses: Iterable[Address]) -> Certificate:
    """Return a certificate that covers all names and addresses; made anew when they changed or it is about to expire."""
    kept = Certificate(data.tls / "certificate.pem", data.tls / "key.pem")
    wanted = sorted({"localhost", *names}), sorted(set(addresses), key=str)
    if not _is_good(kept, *wanted):
        _make(kept, *wanted)
        say(f"Made a certificate for {', '.join([*wanted[0], *map(str, wanted[1])])}.")
    return kept


def _is_good(kept: Certificate, names: Sequence[str], addresses: Sequence[Address]) -> bool:
    if not (kept.chain.exists() and kept.key.exists()):
        return False
    certificate = x509.load_pem_x509_certificate(kept.chain.read_bytes())
    covered = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        set(covered.get_values_for_type(x509.DNSName)) == set(names)
        and set(covered.get_values_for_type(x509.IPAddress)) == set(addresses)
        and certificate.not_valid_after_utc - datetime.datetime.now(datetime.UTC) > _RENEW_BEFORE
    )


def _make(kept: Certificate, names: Sequence[str], addresses: Sequence[Address]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _signed(key, names, addresses)
    kept.key.parent.mkdir(mode=0o700, exist_ok=True)
    kept.chain.unlink(missing_ok=True)  # never an old certificate beside a new key
    _write(
        kept.key,
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    _write(kept.chain, certificate.public_bytes(serialization.Encoding.PEM))


def _signed(key: ec.EllipticCurvePrivateKey, names: Sequence[str], addresses: Sequence[Address]) -> x509.Certificate:
    since = datetime.datetime.now(datetime.UTC) - _CLOCKS_DIFFER_BY
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jiangxue on the local network")])
    builder = x509.CertificateBuilder(
        subject, subject, key.public_key(), x509.random_serial_number(), since, since + _VALID
    )
    alternatives = [
        *map(x509.DNSName, names),
        *(x509.IPAddress(ipaddress.ip_address(address)) for address in addresses),
    ]
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    for extension, critical in (
        (x509.SubjectAlternativeName(alternatives), False),
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (identifier, False),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), False),
    ):
        builder = builder.add_extension(extension, critical)
    return builder.sign(key, hashes.SHA256())


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.rename(path)
