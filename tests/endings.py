"""A pytest plugin that writes down which source was tested, and how each test ended."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

import jiangxue


class _Witness:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._ends: list[dict[str, str]] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note how a test ended."""
        report = yield
        if report.when == "call" or report.failed:
            why = call.excinfo.type.__name__ if call.excinfo else ""
            self._ends.append({"test": item.nodeid, "when": report.when, "outcome": report.outcome, "why": why})
        return report

    def pytest_sessionfinish(self) -> None:
        """Write everything down."""
        self._file.write_text(json.dumps({"source": jiangxue.__path__[0], "ends": self._ends}))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the name of the file to write."""
    parser.addoption("--witness", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Watch this run."""
    config.pluginmanager.register(_Witness(config.getoption("--witness")))
