"""Rotating the sealing key: everything comes under the current key, nothing is lost, and nothing is begun that cannot be ended."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models

from jiangxue.accounts.models import Identity
from jiangxue.accounts.queries import own_numbers
from jiangxue.audit.models import AuditEntry
from jiangxue.djangokit.resealing import Step, sealed_fields, values_by_key
from jiangxue.djangokit.sealed import SealedBytesField, SealedTextField
from jiangxue.kernel import crypto
from jiangxue.kernel.clock import HandClock
from jiangxue.ledger.services import open_archive
from jiangxue.operations.queries import sealing_keys
from jiangxue.operations.services.rotating import rotate_seal_key
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.keys import as_owner, blobs, contents, many_archives, numbers, only, owner_url, rotated, two_keys
from tests.factories.logs import connected_as

pytestmark = pytest.mark.clause("M2")

COLUMNS = {
    *(
        "accounts_correctionrequest.wanted",
        "accounts_identity.id_number",
        "accounts_identity.phone",
        "accounts_secondfactor.secret",
    ),
    *("enrolment_rosterentry.id_number", "enrolment_rosterentry.phone", "enrolment_rosterfile.content"),
    *("facecheck_enrolledpicture.sealed", "facecheck_facepicture.sealed", "facecheck_facetemplate.sealed"),
    "learning_appealpicture.sealed",
    "ledger_subjectkey.sealed_key",
    "organisations_paperfile.sealed",
    "reporting_exportkey.sealed",
    *("supervision_casepicture.sealed", "supervision_orderfile.sealed"),
}


def _first_seal_under(settings) -> str:
    """Let the platform seal something under the current key, and return the fingerprint of that key."""
    people.account(now=MORNING)
    return crypto.fingerprint(settings.SEAL_KEYS[settings.SEAL_KEY_CURRENT])


def test_every_sealed_column_has_something_to_lose(sealed: str) -> None:
    assert {title for title, _ in blobs()} == COLUMNS == {field.title for field in sealed_fields()}


def test_two_keys_open_what_either_sealed(sealed: str, settings) -> None:
    before = contents()
    two_keys(settings, current=2)
    later = people.account(now=MORNING)
    assert before.items() <= contents().items()
    assert numbers() == {1, 2}
    assert own_numbers(people.viewer(later))[1].startswith("138")


def test_everything_is_sealed_anew_and_holds_what_it_held(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    before, sealed_before = contents(), blobs()
    said = rotated()
    assert numbers() == {2}
    assert contents() == before
    only(settings, 2)
    assert contents() == before
    moved = [blob for place, blob in sealed_before.items() if crypto.key_number(blob) == 1 and blobs()[place] != blob]
    assert f"sealed anew: {len(moved)}\n" in said
    assert "under others are sealed: 0" in said
    assert "key 1 seals nothing any more" in said


def test_a_second_run_has_nothing_to_do_and_says_so(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    rotated()
    before, acts = blobs(), AuditEntry.objects.count()
    assert "sealed anew: 0" in rotated()
    assert blobs() == before
    assert AuditEntry.objects.count() == acts


def test_a_rotation_can_be_turned_back(sealed: str, settings) -> None:
    before = contents()
    two_keys(settings, current=2)
    _first_seal_under(settings)
    rotated()
    settings.SEAL_KEY_CURRENT = 1
    _first_seal_under(settings)
    rotated()
    only(settings, 1)
    assert before.items() <= contents().items()


def test_a_rotation_stands_in_the_audit(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    rotated()
    kept = AuditEntry.objects.filter(action__startswith="seal_key.").order_by("pk")
    assert [(entry.action, entry.object_kind, entry.object_id, entry.result) for entry in kept] == [
        ("seal_key.rotation_begun", "seal_key", "2", "done"),
        ("seal_key.rotated", "seal_key", "2", "done"),
    ]


def test_counting_changes_nothing(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    before = blobs()
    said = rotated("--check")
    assert blobs() == before
    assert "accounts_identity.id_number  key 1: 15, key 2: 1" in said
    assert f"under others are sealed: {sum(crypto.key_number(blob) == 1 for blob in before.values())}" in said
    assert "seals nothing any more" not in said
    assert not AuditEntry.objects.filter(action__startswith="seal_key.").exists()


def _refusal(*words: str) -> str:
    """Return why a rotation is refused, after looking that it changed nothing."""
    before = blobs()
    with pytest.raises(CommandError, match=r"Nothing was changed\.$") as refusal:
        rotated(*words)
    assert blobs() == before
    assert not AuditEntry.objects.filter(action__startswith="seal_key.").exists()
    return str(refusal.value)


def test_a_key_that_still_seals_something_must_be_there(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    count = sum(crypto.key_number(blob) == 1 for blob in blobs().values())
    only(settings, 2)
    assert f"key 1 ({count} values)" in _refusal()
    assert f"key 1 ({count} values)" in _refusal("--check")


def test_a_wrong_old_key_is_noticed_before_anything_is_changed(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    settings.SEAL_KEYS = {**settings.SEAL_KEYS, 1: crypto.new_key()}
    assert "Key 1 is another one than the platform's" in _refusal()


def test_a_wrong_new_key_is_noticed_before_anything_is_changed(sealed: str, settings) -> None:
    """Else everything would lie under a key that only this terminal knows."""
    two_keys(settings, current=2)
    _first_seal_under(settings)
    settings.SEAL_KEYS = {**settings.SEAL_KEYS, 2: crypto.new_key()}
    assert "Key 2 is another one than the platform's" in _refusal()


def test_while_nothing_is_sealed_under_the_new_key_the_platform_must_be_seen_to_have_it(sealed: str, settings) -> None:
    ring, before = two_keys(settings, current=2), contents()
    why = _refusal()
    assert "nothing shows that the platform has the same one" in why
    fingerprint = crypto.fingerprint(ring.keys[2])
    assert fingerprint not in why, "it is to be read on the platform's page"
    assert "Key 2 is another one" in _refusal("--fingerprint", crypto.fingerprint(ring.keys[1]))
    rotated("--fingerprint", fingerprint)
    assert numbers() == {2}
    assert contents() == before


def test_the_applications_role_may_not_rotate(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    before = blobs()
    with pytest.raises(CommandError, match=r"may not change .*ledger_subjectkey.sealed_key.*jiangxue_owner"):
        call_command("rotate_seal_key", stdout=StringIO())
    assert blobs() == before
    assert not AuditEntry.objects.filter(action__startswith="seal_key.").exists()


def test_what_does_not_open_stays_as_it_is_and_is_named(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    victim = Identity.objects.earliest("pk")
    broken = bytes(victim.phone)[:-1] + bytes([bytes(victim.phone)[-1] ^ 1])
    Identity.objects.filter(pk=victim.pk).update(phone=broken)
    with pytest.raises(CommandError, match="1 values do not open under any key here"):
        rotated()
    assert bytes(Identity.objects.get(pk=victim.pk).phone) == broken
    assert sealing_keys().values[1] == 1, "everything else was sealed anew"
    assert AuditEntry.objects.get(action="seal_key.rotated").result == "refused"


def test_what_is_sealed_under_the_old_key_meanwhile_is_noticed_and_sealed_anew_next_time(sealed: str, settings) -> None:
    """At the first time behind what was gone through already, and then once more."""
    two_keys(settings, current=2)
    fingerprint, late = _first_seal_under(settings), [open_archive, lambda: people.account(now=MORNING)]

    def said(step: Step) -> None:
        if late and step.title == ("accounts_identity.phone" if len(late) == 2 else "accounts_identity.id_number"):
            settings.SEAL_KEY_CURRENT = 1
            late.pop()()
            settings.SEAL_KEY_CURRENT = 2

    with as_owner():
        rotation = rotate_seal_key(fingerprint=fingerprint, clock=HandClock(MORNING), said=said)
    assert not late
    assert not rotation.is_complete
    assert sealing_keys().values[1] == 1
    assert AuditEntry.objects.get(action="seal_key.rotated").result == "refused"
    rotated()
    assert numbers() == {2}


def test_something_that_is_no_sealed_value_at_all_disturbs_nobody(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    _first_seal_under(settings)
    Identity.objects.filter(pk=Identity.objects.earliest("pk").pk).update(phone=b"")
    with pytest.raises(CommandError, match="1 values do not open"):
        rotated()
    assert (sealing_keys().damaged, sealing_keys().waiting) == (1, 0)


def test_a_person_without_a_phone_has_nothing_to_seal_anew(sealed: str, settings) -> None:
    victim = Identity.objects.earliest("pk")
    Identity.objects.filter(pk=victim.pk).update(phone=None, phone_index=None)
    two_keys(settings, current=2)
    _first_seal_under(settings)
    rotated()
    assert Identity.objects.get(pk=victim.pk).phone is None
    assert numbers() == {2}


def test_more_rows_than_one_transaction_takes_are_all_sealed_anew(sealed: str, settings) -> None:
    many_archives(1001)
    two_keys(settings, current=2)
    _first_seal_under(settings)
    before = contents()
    rotated()
    assert (numbers(), contents()) == ({2}, before)


def test_a_sealed_field_that_somebody_adds_is_found_without_being_named_anywhere() -> None:
    class Somewhere(models.Model):
        words = SealedTextField(null=True)
        picture = SealedBytesField()
        plain = models.BinaryField()

        class Meta:
            app_label = "accounts"
            apps = Apps()  # of its own, so that this model is nobody else's

    assert [field.title for field in sealed_fields([Somewhere])] == [
        "accounts_somewhere.words",
        "accounts_somewhere.picture",
    ]


def test_a_sealed_column_that_a_migration_is_yet_to_add_is_not_counted(sealed: str) -> None:
    """Else nobody could migrate: keys are counted before the column is there."""
    with connected_as("TEST_ADMIN", sealed) as admin:
        admin.execute("ALTER TABLE learning_appealpicture RENAME COLUMN sealed TO not_there_yet")
    assert set(values_by_key()) == COLUMNS - {"learning_appealpicture.sealed"}


def test_the_owner_may_change_every_sealed_column(sealed: str, settings) -> None:
    """A sealed column in an append-only table could never be sealed anew: it needs a table of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_append_only'")
        guarded = {table for (table,) in cursor.fetchall()}
    assert not guarded & {field.model._meta.db_table for field in sealed_fields()}


def test_a_new_key_is_printed_alone_and_with_a_number_of_its_own(sealed: str, settings) -> None:
    two_keys(settings, current=2)
    printed, said = StringIO(), StringIO()
    call_command("new_seal_key", stdout=printed, stderr=said)
    number, key = printed.getvalue().strip().split(":")
    assert number == "3"
    assert len(bytes.fromhex(key)) == 32
    assert crypto.fingerprint(bytes.fromhex(key)) in said.getvalue()
    assert key not in said.getvalue()


def test_migrating_is_refused_without_a_key_that_still_seals_something(sealed: str) -> None:
    """As a process of its own, as at an installation: the old key was taken away before the rotation."""
    settings = {"JIANGXUE_SEAL_KEY": "", "JIANGXUE_SEAL_KEYS": f"2:{crypto.new_key().hex()}"}
    refused = _migrate(sealed, settings)
    assert refused.returncode != 0
    assert "the sealing key 1 still seals" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert _migrate(sealed, {}).returncode == 0


def _migrate(database: str, settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **settings, "DATABASE_URL": owner_url(database)}
    command = [sys.executable, "-m", "jiangxue.project.manage", "migrate", "--no-input", "--verbosity", "0"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
