"""What the environment may set, typed and in one place; docs/configuration.md says what each variable is for."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from jiangxue.kernel.crypto import HIGHEST_NUMBER, KEY_BYTES, KeyRing
from jiangxue.kernel.scope import PROGRAM, SETTING

POOL_PATIENCE_S = 10
_MOST_FACE_PROCESSES = 64
OF_OBJECT_STORE = (
    "JIANGXUE_S3_ENDPOINT",
    "JIANGXUE_S3_BUCKET",
    "JIANGXUE_S3_ACCESS_KEY",
    "JIANGXUE_S3_SECRET_KEY",
    "JIANGXUE_S3_REGION",
)
_OF_DEMONSTRATION = "jiangxue.project.demonstration.providers."
CRYPTO_PROFILE = "intl"
"""By what the ledger hashes: `intl` is SHA-256; `gm` (SM3) is for a log that is begun with it."""

REPOSITORY = Path(__file__).resolve().parents[3]


class NotConfigured(Exception):
    """A variable is missing or has no usable value; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """An S3-compatible store and the bucket in it that holds courseware."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    region: str


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables that the program reads, checked."""

    database: Mapping[str, object]
    data: Path
    secret_key: str
    beat_master_key: bytes
    media_master_key: bytes
    seal_keys: KeyRing
    index_key: bytes
    demonstration: bool
    hosts: tuple[str, ...]
    secure: bool
    media_accel: bool
    object_store: ObjectStore | None = None
    paper_fonts: Path | None = None
    postgres_programs: Path | None = None
    backup_hours: int = 26
    site: Mapping[str, str] = field(default_factory=dict)
    identity_source: str = ""
    code_sender: str = ""


@dataclass(frozen=True, slots=True)
class HotEnvironment:
    """What the hot path needs, and nothing else: its own role's way into the database, and the keys of all sessions' and all films' keys."""

    database_url: str
    beat_master_key: bytes
    media_master_key: bytes


@dataclass(frozen=True, slots=True)
class SealerEnvironment:
    """What the sealer needs: its own role's way into the database, the keys that vouch for the inbox, and its word to the signer."""

    database_url: str
    seal_keys: KeyRing
    log_key: bytes


@dataclass(frozen=True, slots=True)
class SignerEnvironment:
    """What the signer needs: its own role's way into the database, its folder, the name of a log that it begins, and the sealers' word."""

    database_url: str
    folder: Path
    origin: str
    log_key: bytes


def read_sealer(variables: Mapping[str, str] = os.environ) -> SealerEnvironment:
    """Read and check what the sealer needs."""
    url = _required(variables, "JIANGXUE_SEALER_DATABASE_URL")
    _require_postgresql(url, "JIANGXUE_SEALER_DATABASE_URL")
    return SealerEnvironment(url, read_seal_keys(variables), _key(variables, "JIANGXUE_LOG_KEY"))


def read_signer(variables: Mapping[str, str] = os.environ) -> SignerEnvironment:
    """Read and check what the signer needs."""
    url = _required(variables, "JIANGXUE_SIGNER_DATABASE_URL")
    _require_postgresql(url, "JIANGXUE_SIGNER_DATABASE_URL")
    origin = _required(variables, "JIANGXUE_LEDGER_ORIGIN")
    if not re.fullmatch(r"[^\s+]{1,200}", origin):
        raise NotConfigured(
            "JIANGXUE_LEDGER_ORIGIN must be a name without spaces and plus signs, such as example.org/log1"
        )
    folder = Path(_required(variables, "JIANGXUE_SIGNER_FOLDER")).resolve()
    return SignerEnvironment(url, folder, origin, _key(variables, "JIANGXUE_LOG_KEY"))


def read_hot(variables: Mapping[str, str] = os.environ) -> HotEnvironment:
    """Read and check what the hot path needs."""
    url = _required(variables, "JIANGXUE_HOT_DATABASE_URL")
    _require_postgresql(url, "JIANGXUE_HOT_DATABASE_URL")
    return HotEnvironment(
        url, _key(variables, "JIANGXUE_BEAT_MASTER_KEY"), _key(variables, "JIANGXUE_MEDIA_MASTER_KEY")
    )


def face_models(variables: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the trained models that look at faces."""
    return Path(variables.get("JIANGXUE_MODELS") or REPOSITORY / "build" / "models").resolve()


def face_processes(variables: Mapping[str, str] = os.environ) -> int:
    """Return how many processes look at faces beside one web process."""
    processes = _number(variables, "JIANGXUE_FACE_PROCESSES", 1)
    if not 1 <= processes <= _MOST_FACE_PROCESSES:
        raise NotConfigured(f"JIANGXUE_FACE_PROCESSES must be a number from 1 to {_MOST_FACE_PROCESSES}")
    return processes


def _hosts(variables: Mapping[str, str], *, may_be_none: bool) -> tuple[str, ...]:
    """Return the host names that requests may carry and that pages may open sockets to, so never all that there are."""
    hosts = tuple(filter(None, map(str.strip, variables.get("JIANGXUE_HOSTS", "").split(","))))
    if "*" in hosts or not (hosts or may_be_none):
        raise NotConfigured("JIANGXUE_HOSTS must name the host names of this installation, separated by commas")
    return hosts


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the environment; raises `NotConfigured` instead of falling back to a default secret."""
    demonstration = variables.get("JIANGXUE_DEMO", "") == "1"
    hosts = _hosts(variables, may_be_none=demonstration)
    media_accel, object_store = variables.get("JIANGXUE_MEDIA_ACCEL", "") == "1", _object_store(variables)
    if media_accel and object_store is not None:
        raise NotConfigured("JIANGXUE_MEDIA_ACCEL lets nginx read the data folder: unset it with an object store")
    return Environment(
        database=_database(_required(variables, "DATABASE_URL"), _number(variables, "JIANGXUE_DB_POOL", 0)),
        data=Path(variables.get("JIANGXUE_DATA", REPOSITORY / "data")).resolve(),
        secret_key=_required(variables, "JIANGXUE_SECRET_KEY"),
        beat_master_key=_key(variables, "JIANGXUE_BEAT_MASTER_KEY"),
        media_master_key=_key(variables, "JIANGXUE_MEDIA_MASTER_KEY"),
        seal_keys=read_seal_keys(variables),
        index_key=_key(variables, "JIANGXUE_INDEX_KEY"),
        demonstration=demonstration,
        hosts=hosts or ("*",),
        secure=variables.get("TLS", "") == "1",
        media_accel=media_accel,
        object_store=object_store,
        paper_fonts=_folder(variables, "JIANGXUE_PAPER_FONTS"),
        postgres_programs=_folder(variables, "JIANGXUE_POSTGRES_PROGRAMS"),
        backup_hours=_number(variables, "JIANGXUE_BACKUP_HOURS", 26),
        site={
            "record_icp": variables.get("JIANGXUE_ICP", ""),
            "record_police": variables.get("JIANGXUE_POLICE_RECORD", ""),
            "support_phone": variables.get("JIANGXUE_SUPPORT_PHONE", ""),
        },
        identity_source=_provider(variables, "JIANGXUE_IDENTITY_SOURCE", "DemonstrationSource"),
        code_sender=_provider(variables, "JIANGXUE_CODE_SENDER", "DemonstrationSender"),
    )


def read_seal_keys(variables: Mapping[str, str] = os.environ) -> KeyRing:
    """Read the keys by which data is sealed: JIANGXUE_SEAL_KEY is number 1, JIANGXUE_SEAL_KEYS names others, docs/keys.md.

    With more than one the current one must be named: were it simply the newest, programs that are started one after the other would
    seal under a key that those before them do not have yet.
    """
    more = variables.get("JIANGXUE_SEAL_KEYS", "")
    keys = {} if more and not variables.get("JIANGXUE_SEAL_KEY", "") else {1: _key(variables, "JIANGXUE_SEAL_KEY")}
    for number, key in _numbered_keys(more):
        if number in keys:
            raise NotConfigured(f"there are two sealing keys with the number {number}: each needs a number of its own")
        if key in keys.values():
            raise NotConfigured(f"the sealing key {number} is another one again: make a new one with `new_seal_key`")
        keys[number] = key
    said = variables.get("JIANGXUE_SEAL_KEY_CURRENT", "")
    names = ", ".join(map(str, sorted(keys)))
    if not said and len(keys) > 1:
        raise NotConfigured(f"JIANGXUE_SEAL_KEY_CURRENT must say which of the sealing keys {names} seals from now on")
    current = _number(variables, "JIANGXUE_SEAL_KEY_CURRENT", min(keys))
    if current not in keys:
        raise NotConfigured(f"JIANGXUE_SEAL_KEY_CURRENT names the sealing key {current}, but there is only {names}")
    return KeyRing(keys, current)


def _numbered_keys(text: str) -> Iterator[tuple[int, bytes]]:
    """Yield the keys of JIANGXUE_SEAL_KEYS; what is said of a wrong one never repeats it, because it is a secret all the same."""
    for place, item in enumerate(text.split(","), start=1) if text else ():
        found = re.fullmatch(r"\s*([1-9][0-9]{0,4}):([0-9a-fA-F]{64})\s*", item)
        if found is None or int(found[1]) > HIGHEST_NUMBER:
            raise NotConfigured(
                "JIANGXUE_SEAL_KEYS must be keys with their numbers, separated by commas, such as 2:…,3:… with 64 hexadecimal"
                f" digits each; the {place}. of them is not"
            )
        yield int(found[1]), bytes.fromhex(found[2])


def _object_store(variables: Mapping[str, str]) -> ObjectStore | None:
    """Return the object store where one is named; a half-named one is refused, or courseware would go to the wrong place."""
    said = {name: value for name in OF_OBJECT_STORE if (value := variables.get(name, ""))}
    if not said:
        return None
    missing = [name for name in OF_OBJECT_STORE if name not in said]
    if missing:
        raise NotConfigured(f"courseware in an object store needs {', '.join(missing)} too")
    store = ObjectStore(*(said[name] for name in OF_OBJECT_STORE))
    if urlsplit(store.endpoint).scheme not in {"http", "https"}:
        raise NotConfigured("JIANGXUE_S3_ENDPOINT must be an http:// or https:// address")
    return store


def _provider(variables: Mapping[str, str], name: str, of_demonstration: str) -> str:
    """Return the path of the class that a variable names; outside the demonstration never the demonstration's, which shows codes to everybody."""
    demonstration = variables.get("JIANGXUE_DEMO", "") == "1"
    path = variables.get(name, f"{_OF_DEMONSTRATION}{of_demonstration}" if demonstration else "")
    if path.startswith(_OF_DEMONSTRATION) and not demonstration:
        raise NotConfigured(f"{name} names a part of the demonstration: name a class of your own, or leave it unset")
    return path


def _required(variables: Mapping[str, str], name: str) -> str:
    value = variables.get(name, "")
    if not value:
        raise NotConfigured(f"{name} is not set; `make serve` makes one, an installation brings its own")
    return value


def _key(variables: Mapping[str, str], name: str) -> bytes:
    try:
        key = bytes.fromhex(_required(variables, name))
    except ValueError:
        raise NotConfigured(f"{name} must be hexadecimal") from None
    if len(key) != KEY_BYTES:
        raise NotConfigured(f"{name} must be 32 bytes, 64 hexadecimal digits")
    return key


def _folder(variables: Mapping[str, str], name: str) -> Path | None:
    return Path(folder) if (folder := variables.get(name, "")) else None


def _number(variables: Mapping[str, str], name: str, default: int) -> int:
    text = variables.get(name, "")
    if text and not text.isdecimal():
        raise NotConfigured(f"{name} must be a whole number")
    return int(text) if text else default


def _require_postgresql(url: str, name: str) -> None:
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise NotConfigured(f"{name} must be a postgresql:// address: no other database is supported")


def _database(url: str, pool: int) -> dict[str, object]:
    """Turn a PostgreSQL address into Django's form; a socket folder stands in `?host=`, and `pool` bounds the connections."""
    _require_postgresql(url, "DATABASE_URL")
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    options["options"] = f"{options.get('options', '')} -c {SETTING}={PROGRAM}".strip()
    if pool:
        options["pool"] = {"min_size": min(2, pool), "max_size": pool, "timeout": POOL_PATIENCE_S}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }
