"""Addresses of the pages of a roster."""

from jiangxue.portals.institution.rosters import pages
from jiangxue.portals.institution.rosters.places import addresses

ADDRESSES = addresses(
    {
        "": pages.roster,
        "preview": pages.preview,
        "state": pages.state,
        "marked": pages.marked,
        "template": pages.blank,
    }
)
