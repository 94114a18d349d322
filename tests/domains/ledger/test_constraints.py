"""What the database keeps of the ledger's inbox."""

from jiangxue.kernel.ids import new_id
from jiangxue.ledger.models import InboxEntry
from tests.domains.constraints import broken


def test_a_commitment_is_a_whole_hash(db: None) -> None:
    with broken("ledger_commitment_is_a_hash"):
        InboxEntry.objects.create(eid=new_id(), aid=new_id(), kind="session.opened", at_ms=0, commitment=b"\0" * 31)
