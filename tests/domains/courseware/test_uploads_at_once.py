"""Two portions of one file at the same moment, each on a connection of its own: one is counted, the other told where it stands."""

from functools import partial
from pathlib import Path

import pytest

from jiangxue.courseware.models import Upload
from jiangxue.courseware.services.uploading import take_chunk
from jiangxue.courseware.storage import chunk_name, courseware_storage
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import classes, people, uploads
from tests.factories.questions import editor


@pytest.mark.clause("T1.1")
def test_of_two_portions_at_one_place_one_is_kept(committed_database: str, own_storage: Path) -> None:
    course = classes.course(classes.institution(), lessons=1)
    keeper = editor(course.institution, MORNING)
    upload = uploads.announced(course, keeper, MORNING, size=20)
    send = partial(take_chunk, viewer=people.viewer(keeper), upload_id=upload.pk, offset=0, now=MORNING)
    assert at_once(lambda: send(body=b"0123456789"), lambda: send(body=b"abcdefghij")) == ["WrongOffset", "done"]
    assert Upload.objects.get().received == 10
    with courseware_storage().open(chunk_name(upload.pk, 0)) as portion:
        assert portion.read() in (b"0123456789", b"abcdefghij")
