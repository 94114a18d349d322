"""Removing what was kept of faces: with an archive its checks and their pictures, with an account everything. Clauses T8.1, M2."""

from django.db import connection


def erase_checks(enrolment_id: int) -> int:
    """Remove the attempts and pictures of a place whose archive has been erased, and return how many attempts there were; the database refuses any other."""
    return _number_of("SELECT facecheck_erase(%s)", enrolment_id)


def erase_faces(account_id: int) -> int:
    """Remove template, pictures and attempts of an account whose archives have all been erased."""
    return _number_of("SELECT facecheck_erase_account(%s)", account_id)


def _number_of(question: str, row: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question, [row])
        (gone,) = cursor.fetchone() or (0,)
    return int(gone)
