"""Sealing keys: everything that is sealed in a database, and the role that may seal it anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from urllib.parse import quote

from django.core.management import call_command
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft
from jiangxue.accounts.services import second_factor
from jiangxue.accounts.services.corrections import ask_for_correction
from jiangxue.audit.services import PROGRAM
from jiangxue.djangokit.resealing import sealed_fields
from jiangxue.djangokit.sealed import key_ring, seal_bytes_for
from jiangxue.enrolment.queries.roster_files import Place, file_for, shown
from jiangxue.enrolment.services.roster_files import confirm
from jiangxue.kernel import crypto
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.crypto import KeyRing
from jiangxue.kernel.ids import new_id
from jiangxue.learning.models import AppealPicture
from jiangxue.ledger.models import SubjectKey
from jiangxue.organisations.models import Organisation, PaperFile
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.reporting.models import ExportKey
from jiangxue.supervision.models import CasePicture
from tests.factories import appeals, cases, openings, people, sessions, supervising
from tests.factories.classes import Classroom, classroom
from tests.factories.exports import asked
from tests.factories.facing import enrolled, face_attempt, face_picture
from tests.factories.rosters import HEADER, kept, opening, person_row, plain_csv

PICTURE = b"RIFF....WEBP" + bytes(range(256)) * 40
_AS_OWNER = "-c role=jiangxue_owner"


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django's connection be that of the owner for a while, as for migrations."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    admin = conninfo_to_dict(os.environ["JIANGXUE_TEST_ADMIN_URL"])
    connection.close()
    connection.settings_dict.update(
        USER=admin["user"], PASSWORD=admin.get("password", ""), OPTIONS={"options": _AS_OWNER}
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update({name: before[name] for name in ("USER", "PASSWORD", "OPTIONS")})


def owner_url(database: str) -> str:
    """Return the address by which a process comes to a database as its owner."""
    admin = conninfo_to_dict(os.environ["JIANGXUE_TEST_ADMIN_URL"])
    options = f"host={quote(str(admin['host']), safe='')}&port={admin['port']}&options={quote(_AS_OWNER)}"
    return f"postgresql://{admin['user']}:{admin.get('password', '')}@/{database}?{options}"


def everything_sealed(now: datetime) -> None:
    """Put something into every sealed column: people with numbers, a correction, archives, an appeal's picture, a face that was enrolled and shown, a paper of an institution, and an exported file."""
    room = classroom(now)
    for _ in range(5):
        people.account(now=now)
    draft = CorrectionDraft(CorrectedField.NAME, "李晓明", "写错了一个字")
    ask_for_correction(account_id=room.learner.pk, draft=draft, by=PROGRAM, now=now)
    appeal = appeals.appeal(sessions.session(room, now), now)
    picture = AppealPicture(appeal=appeal, digest="0" * 64)
    seal_bytes_for(picture, "sealed", PICTURE)
    picture.save(force_insert=True)
    second_factor.begin(room.head_teacher)
    said = cases.step(cases.case(room, now, opened_by=room.head_teacher), now, by=room.head_teacher)
    shown = CasePicture(id=new_id(), step=said, ordinal=1, digest="0" * 64)
    seal_bytes_for(shown, "sealed", PICTURE)
    shown.save(force_insert=True)
    supervising.issued(supervising.supervisor_of("440104", HandClock(now)), room, HandClock(now))
    enrolled(room.learner, now)
    face_picture(face_attempt(room, now))
    applying = openings.office(now)
    openings.complete(applying, now)
    filed(applying.institution, now)
    key = ExportKey(export=asked(room.head_teacher, now, sheet="classes"))
    seal_bytes_for(key, "sealed", crypto.new_key())
    key.save(force_insert=True)
    _rosters(room, now)


def filed(of: Organisation, now: datetime) -> PaperFile:
    """Let a paper of an institution have its file."""
    file = PaperFile(id=new_id(), name="许可证.webp", is_picture=True, size_bytes=len(PICTURE), digest="0" * 64)
    file.paper = openings.on_file(of, PaperKind.OTHER, now)
    seal_bytes_for(file, "sealed", PICTURE)
    file.save(force_insert=True)
    return file


def _rosters(room: Classroom, now: datetime) -> None:
    """Let a roster stand in an application, and another file wait to be looked at."""
    head, viewer = room.head_teacher, people.viewer(room.head_teacher)
    applied = Place(opening=opening(room.institution, head, now))
    kept(head, applied, plain_csv([HEADER, person_row(1)]), now)
    mark = shown(file_for(viewer, applied), applied, now=now).verdict.mark
    confirm(viewer=viewer, place=applied, mark=mark, by=PROGRAM, now=now)
    kept(head, applied, plain_csv([HEADER, person_row(2)]), now)


def many_archives(count: int) -> None:
    """Add archives that hold nothing but their keys."""
    ring, aids = key_ring(), [new_id() for _ in range(count)]
    SubjectKey.objects.bulk_create(
        [SubjectKey(aid=aid, sealed_key=ring.seal(crypto.new_key(), f"subject_key:{aid}")) for aid in aids],
        batch_size=1000,
    )


def two_keys(settings, *, current: int) -> KeyRing:
    """Configure a second key beside the first and say which of them seals from now on."""
    settings.SEAL_KEYS = {2: crypto.new_key(), **settings.SEAL_KEYS}
    settings.SEAL_KEY_CURRENT = current
    return key_ring()


def only(settings, number: int) -> KeyRing:
    """Take every other key away."""
    settings.SEAL_KEYS = {number: settings.SEAL_KEYS[number]}
    settings.SEAL_KEY_CURRENT = number
    return key_ring()


def blobs() -> dict[tuple[str, object], bytes]:
    """Return every sealed value by its column and row, as the database holds it."""
    return {
        (field.title, pk): bytes(blob)
        for field in sealed_fields()
        for pk, blob in field.model._base_manager.values_list("pk", field.attname)
        if blob is not None
    }


def contents() -> dict[tuple[str, object], bytes]:
    """Return what every sealed value holds, opened with the keys configured now."""
    fields, ring = {field.title: field for field in sealed_fields()}, key_ring()
    return {place: ring.open(blob, fields[place[0]].place(place[1])) for place, blob in blobs().items()}


def numbers() -> set[int | None]:
    """Return the numbers of the keys under which anything is sealed."""
    return {crypto.key_number(blob) for blob in blobs().values()}


def rotated(*words: str) -> str:
    """Run the command at the terminal as the owner and return what it printed."""
    said = StringIO()
    with as_owner():
        call_command("rotate_seal_key", *words, stdout=said)
    return said.getvalue()
