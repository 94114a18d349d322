"""Who verifies identities and sends codes in the demonstration: parts of it, which say so wherever they are named.

Both stand for somebody outside, so both live here and not among the domains: an installation in earnest names classes of its own.
"""

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.verification import Answer, Outcome
from jiangxue.kernel.ids import new_nonce

CONTRADICTED, SILENT = "不符", "稍后"
"""What a name begins with that the source contradicts, and one about which it cannot answer now: so that both can be tried."""


class DemonstrationSource:
    """A source that knows nobody: it says yes, but to names of which one can see that they are to be refused."""

    name = "演示核验源"
    is_demonstration = True

    def verify(self, name: str, id_type: IdType, number: str) -> Answer:
        """Say yes, unless the name asks for something else; the reference can be told from one of an authority."""
        if name.startswith(SILENT):
            return Answer(Outcome.UNAVAILABLE)
        outcome = Outcome.NOT_MATCHED if name.startswith(CONTRADICTED) else Outcome.MATCHED
        return Answer(outcome, f"demo-{new_nonce()}")

    def portrait(self, reference: str) -> bytes | None:
        """Return no picture: the demonstration has none of anybody."""
        return None


class DemonstrationSender:
    """A sender that sends nothing: pages show the code instead, and say so."""

    name = "演示短信"
    is_demonstration = True

    def send(self, phone: str, code: str) -> bool:
        """Say that the code is on its way, which in the demonstration is the page."""
        return True
