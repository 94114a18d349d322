"""How a test breaks a constraint of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Expect that the database refuses what is written here, and by the constraint of this name."""
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        yield
