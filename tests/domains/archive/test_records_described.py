"""What docs/formats/records.md says of each kind is what is sealed: whoever reads an archive without us finds every member there."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from jiangxue.archive.queries.dossiers import records_and_dossier
from jiangxue.facecheck.vision.weights import ALL
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.rules.reasons import Reason
from jiangxue.ledger.rules.record import Record
from tests.factories.lives import whole_life
from tests.factories.openings import office, opened
from tests.repository.record_kinds import members_under
from tests.worlds import Worlds

BY_REASON = {reason.value for reason in Reason}
"""Names of amounts that were refused; they are listed by docs/rules/effective-time.md."""

MODELS = {weights.id for weights in ALL}
"""Names of models; docs/models.md has them."""


def members(value: object) -> Iterator[str]:
    """Return the names of all members, however deep; those that are numbers of rows name nothing."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from () if name.isdigit() or name in BY_REASON | MODELS else (name,)
            yield from members(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner)


@pytest.mark.clause("T8.1", "T8.2")
def test_every_member_of_every_record_is_described(worlds: Worlds, clock: HandClock) -> None:
    with worlds.rolled_back(whole_life, clock) as lived:
        records, _ = records_and_dossier(lived.room.enrolment.aid)
    assert not undescribed(records)


@pytest.mark.clause("T8.1", "T8.2")
def test_every_member_of_what_is_sealed_of_an_application_is_described(db: None, clock: HandClock) -> None:
    place = opened(office(clock.now()), clock.now()).enrolments.order_by("pk")[0]
    records, _ = records_and_dossier(place.aid)
    assert not undescribed(records)


def undescribed(records: Sequence[Record]) -> set[tuple[str, str]]:
    """Return the members of records that the page of the format does not name."""
    described = members_under("Kinds")
    return {
        (record.kind, name) for record in records for name in members(record.data) if name not in described[record.kind]
    }
