"""What a browser seems to be, in words a learner knows."""

from django.utils.translation import gettext as _
from user_agents import parse

READ = 512
"""Characters: browsers say less, and reading very long ones takes seconds."""


def device_name(user_agent: str) -> str:
    """Return such as 电脑 · Chrome; the browser's word, for recognising one's own device and for nothing else."""
    seen = parse(user_agent[:READ])
    kind = _("phone") if seen.is_mobile else _("tablet") if seen.is_tablet else _("computer")
    browser = _("WeChat") if "MicroMessenger" in user_agent else seen.browser.family
    return f"{kind} · {browser}"[:80]
