"""The pages for those who become a witness: both tell the same commands, and all that there are."""

import re

import pytest

from tests.repository.sources import document
from tests.witness.processes import run

PAGES = ["witness.md", "witness.zh.md"]


def _blocks(page: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", document(page), re.MULTILINE | re.DOTALL)


def test_both_pages_give_the_same_commands() -> None:
    assert len(_blocks("witness.md")) == 6
    assert _blocks("witness.md") == _blocks("witness.zh.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_program_is_on_the_page(page: str) -> None:
    shown = re.findall(r"^    (\S+) ", run("--help").stdout.decode(), re.MULTILINE)
    assert set(shown) == {"init", "add-log", "serve", "sign", "evidence", "status"}
    assert set(shown) <= set(re.findall(r"witness\.pyz (\S+)", document(page)))


@pytest.mark.parametrize("page", PAGES)
def test_every_option_on_the_page_is_one_of_the_program(page: str) -> None:
    known = "".join(
        run(command, "--help").stdout.decode() for command in ("init", "add-log", "serve", "sign", "evidence")
    )
    assert set(re.findall(r"--[a-z]+", document(page))) <= set(re.findall(r"--[a-z]+", known))
