"""What the database keeps of audit entries."""

from jiangxue.audit.services import PROGRAM, record
from tests.conftest import MORNING
from tests.domains.constraints import broken


def test_an_act_was_done_or_refused_and_nothing_else(db: None) -> None:
    with broken("audit_entry_result_known"):
        record("sign_in", by=PROGRAM, at=MORNING, result="perhaps")
