"""Where files are stored: local folders, or an S3-compatible store where the environment names one."""

from botocore.config import Config

from jiangxue.project.env import Environment

MOST_IN_MEMORY_BYTES = 8 * 1024**2
"""Of an object that is read: portions, segments and pages stay in memory, a film of 4 GB goes through a temporary file."""


def _patience() -> Config:
    """Return how long a store is waited for: whoever sends a portion holds its row and a connection meanwhile."""
    return Config(
        connect_timeout=5,
        read_timeout=20,
        retries={"max_attempts": 2},
        signature_version="s3v4",
        s3={"addressing_style": "path"},
    )


def store_of_courseware(environment: Environment) -> dict[str, object]:
    """Return Django's description of the storage `courseware`."""
    return _store(environment, folder="media", prefix="")


def store_of_exports(environment: Environment) -> dict[str, object]:
    """Return Django's description of the storage `exports`: a folder beside courseware, or names of their own in the same bucket."""
    return _store(environment, folder="exports", prefix="exports")


def _store(environment: Environment, *, folder: str, prefix: str) -> dict[str, object]:
    store = environment.object_store
    if store is None:
        options = {"location": environment.data / folder, "allow_overwrite": True}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    options = {
        "endpoint_url": store.endpoint,
        "bucket_name": store.bucket,
        "access_key": store.access_key,
        "secret_key": store.secret_key,
        "region_name": store.region,
        "location": prefix,
        "file_overwrite": True,
        "gzip": False,
        "client_config": _patience(),
        "max_memory_size": MOST_IN_MEMORY_BYTES,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
