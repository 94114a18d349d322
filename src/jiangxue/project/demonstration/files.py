"""Sends the demonstration's files as its editor does: portion by portion, converted by the real rules, put into the outline."""

from collections.abc import Callable, Iterable
from pathlib import Path

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, Lesson, Module, Upload
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.captioning import put_captions
from jiangxue.courseware.services.placing import Placement, place_lesson
from jiangxue.courseware.services.processing import process
from jiangxue.courseware.services.uploading import FileAnnounced, create_upload, take_chunk
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Viewer
from jiangxue.project.demonstration.acting import editor
from jiangxue.project.demonstration.sources import RefusedFile, SourceFile

_CHUNK = 4 * 1024 * 1024


def seed_files(course: Course, files: Iterable[SourceFile], *, clock: Clock, report: Callable[[str], object]) -> None:
    """Let the course have a lesson of each file; one whose lesson stands is not sent again, and none while the course is reviewed."""
    acting = editor()
    if course.versions.filter(state=State.IN_REVIEW).exists():
        return
    for file in files:
        if Lesson.objects.filter(module__course=course, title=file.title).exists():
            continue
        report(f"  sent and converted like an editor's file: {file.path.name}")
        upload = send(acting, course, file.path, clock)
        if upload.media is None:
            report(f"    not converted: {upload.fault or upload.detail}; the lesson is left out")
            continue
        if file.captions is not None:
            content = file.captions.read_bytes()
            put_captions(viewer=acting, upload_id=upload.pk, content=content, by=PROGRAM, now=clock.now())
        module = Module.objects.filter(course=course, title=file.module_title).first()
        placement = Placement(file.title, module.pk if module else None, file.module_title)
        place_lesson(viewer=acting, upload_id=upload.pk, placement=placement, by=PROGRAM, now=clock.now())


def seed_refused_file(course: Course, file: RefusedFile, *, clock: Clock) -> None:
    """Let the course's page show a file that was refused."""
    if not Upload.objects.filter(course=course, name=file.path.name).exists():
        send(editor(), course, file.path, clock)


def send(viewer: Viewer, course: Course, path: Path, clock: Clock) -> Upload:
    """Send a file for a course and convert it here and now, before there is a worker."""
    announced = FileAnnounced(path.name, path.stat().st_size)
    upload = create_upload(viewer=viewer, course_id=course.pk, file=announced, by=PROGRAM, now=clock.now())
    with path.open("rb") as content:
        while body := content.read(_CHUNK):
            upload = take_chunk(viewer=viewer, upload_id=upload.pk, offset=upload.received, body=body, now=clock.now())
    process(upload.pk, clock=clock)
    return Upload.objects.get(pk=upload.pk)
