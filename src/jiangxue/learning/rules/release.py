"""What of a lesson is handed out: keys of a film's stretches and pages of a document, as far as was earned and a little ahead. Clause T2.3.

The look-ahead is what honest learning needs: two of the longest intervals between beats, of which one may be lost, what a player
loads before it is shown, and the rest of the stretch or page that the last moment lies in. docs/rules/release.md.
"""

from jiangxue.courseware.rules.extent import Extent
from jiangxue.courseware.rules.stretches import STRETCH_MS, stretches_in
from jiangxue.learning.rules.directives import longest_wait_ms
from jiangxue.policies.rules.time_policy import TimePolicy

OUTAGE_MS = 60_000
"""An outage that costs nothing; the page stops by itself when it has heard nothing for so long."""
PLAYER_BUFFER_MS = 70_000
"""How far the player loads ahead of what is shown (web/islands/player/picture.ts)."""


def look_ahead_ms(policy: TimePolicy) -> int:
    """Return how far beyond what was credited an honest picture may be, in ms."""
    return max(2 * longest_wait_ms(policy), longest_wait_ms(policy) + OUTAGE_MS)


def released_stretches(reached_ms: int, length_ms: int, policy: TimePolicy) -> int:
    """Return how many stretches of a film, from its beginning, may be opened by whoever has come so far."""
    needed_ms = min(length_ms, reached_ms + look_ahead_ms(policy) + PLAYER_BUFFER_MS)
    return min(stretches_in(length_ms), needed_ms // STRETCH_MS + 1)


def released_pages(reached_ms: int, pages: int, policy: TimePolicy) -> int:
    """Return how many pages of a document, from its beginning, may be shown to whoever has come so far."""
    return min(pages, (reached_ms + look_ahead_ms(policy)) // policy.page_ms + 1)


def released(extent: Extent, reached_ms: int, policy: TimePolicy) -> int:
    """Return how many stretches or pages, from the beginning, may be opened by whoever has come so far."""
    if extent.is_document:
        return released_pages(reached_ms, extent.pages, policy)
    return released_stretches(reached_ms, extent.length_ms, policy)
