"""Which host names an installation answers to, and its pages may open sockets to: named one by one (clause M3)."""

import pytest

from jiangxue.project.env import NotConfigured, read
from tests.project.test_providers import REST


def test_hosts_are_named_with_commas_between() -> None:
    assert read({**REST, "JIANGXUE_HOSTS": "example.org, .example.net,"}).hosts == ("example.org", ".example.net")


@pytest.mark.clause("M3")
@pytest.mark.parametrize(("hosts", "demonstration"), [("", ""), ("*", ""), ("*", "1"), ("example.org, *", "1")])
def test_nobody_serves_under_every_name(hosts: str, demonstration: str) -> None:
    with pytest.raises(NotConfigured, match="JIANGXUE_HOSTS"):
        read({**REST, "JIANGXUE_HOSTS": hosts, "JIANGXUE_DEMO": demonstration})
