"""Courseware in an S3-compatible store: sent, converted, read back by ranges and removed, over HTTP to a server (clause T1.1)."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.base import ContentFile

from jiangxue.courseware import converting
from jiangxue.courseware.models import Upload
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.services.processing import process
from jiangxue.courseware.services.tidying import remove_outdated, tidy
from jiangxue.courseware.storage import courseware_storage, folders_in, put_folder, remove_folder
from jiangxue.kernel.clock import HandClock
from jiangxue.project.env import OF_OBJECT_STORE, Environment, NotConfigured, ObjectStore, read
from jiangxue.project.stores import store_of_courseware
from tests.conftest import MORNING
from tests.factories import classes, uploads
from tests.factories.questions import editor

READY_WITHIN = 100  # tenths of a second
BUCKET = "courseware"


@contextmanager
def s3_server(folder: Path) -> Iterator[ObjectStore]:
    """Run an S3 server that keeps its objects below a folder, and make the bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = ObjectStore(f"http://127.0.0.1:{port}", BUCKET, "jiangxue", "a secret of tests", "cn-south-1")
    keys = {"NANIO_ACCESS_KEY": store.access_key, "NANIO_SECRET_KEY": store.secret_key}
    options = ["--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port), "--region", store.region]
    command = [sys.executable, "-m", "nanio", "serve", *options, "--log-level", "error", "--no-access-log"]
    server = subprocess.Popen(command, env={**os.environ, **keys})
    try:
        _wait(store.endpoint)
        client(store).create_bucket(Bucket=BUCKET)
        yield store
    finally:
        server.terminate()
        server.wait(15)


def _wait(url: str) -> None:
    for _ in range(READY_WITHIN):
        try:
            urlopen(url, timeout=2).close()
        except URLError as fault:
            if getattr(fault, "code", None):  # it refuses who brings no signature: it is there
                return
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def client(store: ObjectStore, **changed: str):
    keys = {"aws_access_key_id": store.access_key, "aws_secret_access_key": store.secret_key, **changed}
    return boto3.client("s3", endpoint_url=store.endpoint, region_name=store.region, **keys)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    with s3_server(tmp_path_factory.mktemp("objects")) as running:
        yield running


@pytest.fixture
def in_the_store(store: ObjectStore, settings, tmp_path: Path) -> ObjectStore:
    environment = read({**os.environ, **variables(store)})
    settings.STORAGES = {**settings.STORAGES, "courseware": store_of_courseware(environment)}
    settings.WORK_FOLDER = tmp_path / "work"
    return store


def variables(store: ObjectStore) -> dict[str, str]:
    return {
        "JIANGXUE_S3_ENDPOINT": store.endpoint,
        "JIANGXUE_S3_BUCKET": store.bucket,
        "JIANGXUE_S3_ACCESS_KEY": store.access_key,
        "JIANGXUE_S3_SECRET_KEY": store.secret_key,
        "JIANGXUE_S3_REGION": store.region,
    }


def objects(store: ObjectStore, prefix: str) -> list[str]:
    found = client(store).list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])
    return sorted(each["Key"] for each in found)


def test_a_file_is_sent_to_the_store_converted_and_read_back(
    db: None, in_the_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "kind_of", lambda source, name: FileKind.PDF)
    monkeypatch.setattr(converting, "converted", uploads.two_pages)
    course = classes.course(classes.institution(), lessons=1)
    upload = uploads.sent(course, editor(course.institution, MORNING), MORNING)
    assert len(objects(in_the_store, f"uploads/{upload.pk}/")) == 3
    process(upload.pk, clock=HandClock(MORNING))
    kept = Upload.objects.select_related("media").get()
    assert kept.media is not None
    with courseware_storage().open(f"{kept.media.folder}/pages/0002.webp") as page:
        assert page.read() == b"picture"
    assert courseware_storage().size(f"originals/{kept.pk}") == 30
    tidy(kept.pk)
    remove_outdated(kept.pk, ["1"])
    assert objects(in_the_store, "uploads/") == []
    assert len(objects(in_the_store, "made/")) == 2
    remove_folder(f"made/{kept.pk.hex}")
    assert objects(in_the_store, "made/") == []


def test_ranges_of_an_object_can_be_had(in_the_store: ObjectStore) -> None:
    content = bytes(range(256)) * 8192  # 2 MiB
    courseware_storage().save("films/a/480p/00000.ts", ContentFile(content))
    ask = client(in_the_store).get_object
    answer = ask(Bucket=BUCKET, Key="films/a/480p/00000.ts", Range="bytes=300-555")
    assert answer["ContentRange"] == f"bytes 300-555/{len(content)}"
    assert answer["Body"].read() == content[300:556]
    with courseware_storage().open("films/a/480p/00000.ts") as opened:
        opened.seek(1_000_000)
        assert opened.read(256) == content[1_000_000:1_000_256]


def test_a_large_object_comes_in_parts_and_whole(in_the_store: ObjectStore, tmp_path: Path) -> None:
    folder = tmp_path / "film"
    (folder / "480p").mkdir(parents=True)
    (folder / "480p" / "00000.ts").write_bytes(b"0123456789abcdef" * 1_500_000)  # 24 MB: beyond one part
    put_folder(folder, "films/large")
    assert courseware_storage().size("films/large/480p/00000.ts") == 24_000_000
    assert folders_in("films/large") == ["480p"]
    with courseware_storage().open("films/large/480p/00000.ts") as opened:
        assert opened.read(3) == b"012"
        assert opened.file.name is not None  # a file of the disk: in memory it has no name
    remove_folder("films/large")
    assert folders_in("films/large") == []


def test_an_object_is_written_over_under_its_own_name(in_the_store: ObjectStore) -> None:
    for content in (b"longer than the next", b"short"):
        assert courseware_storage().save("uploads/x/0", ContentFile(content)) == "uploads/x/0"
    with courseware_storage().open("uploads/x/0") as opened:
        assert opened.read() == b"short"


def test_the_server_asks_for_the_key(in_the_store: ObjectStore) -> None:
    wrong = client(in_the_store, aws_secret_access_key="another")
    with pytest.raises(wrong.exceptions.ClientError, match="SignatureDoesNotMatch"):
        wrong.list_objects_v2(Bucket=BUCKET)


def test_without_a_store_courseware_lies_in_the_data_folder() -> None:
    said: Environment = read({name: value for name, value in os.environ.items() if "JIANGXUE_S3" not in name})
    assert said.object_store is None
    assert store_of_courseware(said)["BACKEND"] == "django.core.files.storage.FileSystemStorage"


@pytest.mark.parametrize("left_out", OF_OBJECT_STORE)
def test_a_store_that_is_named_by_half_stops_the_program(store: ObjectStore, left_out: str) -> None:
    with pytest.raises(NotConfigured, match=left_out):
        read({**os.environ, **variables(store), left_out: ""})


def test_nginx_is_not_told_to_serve_what_lies_in_a_store(store: ObjectStore) -> None:
    with pytest.raises(NotConfigured, match="JIANGXUE_MEDIA_ACCEL"):
        read({**os.environ, **variables(store), "JIANGXUE_MEDIA_ACCEL": "1"})


def test_a_store_has_an_address(store: ObjectStore) -> None:
    with pytest.raises(NotConfigured, match="JIANGXUE_S3_ENDPOINT"):
        read({**os.environ, **variables(store), "JIANGXUE_S3_ENDPOINT": "oss.example.cn"})
