"""A browser's word about itself: short, recognisable, and never worth seconds of work."""

import pytest

from jiangxue.kernel.clock import monotonic_ms
from jiangxue.portals.learner.devices import READ, device_name

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "name"), [(CHROME, "电脑 · Chrome"), (CHROME + " MicroMessenger/8.0", "电脑 · 微信"), ("", "电脑 · Other")]
)
def test_a_browser_is_named(said: str, name: str) -> None:
    assert device_name(said) == name


def test_a_very_long_one_is_read_no_further_than_a_true_one_goes() -> None:
    assert len(CHROME) < READ
    began_ms = monotonic_ms()
    device_name("Linux; " * 20_000)
    assert monotonic_ms() - began_ms < 2_000  # whole, it takes more than ten seconds
