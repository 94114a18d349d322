"""No condition in an address makes a page show what is of others, and no export that names it holds any of it."""

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest

from jiangxue.kernel.viewer import Role
from jiangxue.reporting.models import Export
from jiangxue.reporting.queries.registry import SHEETS
from jiangxue.reporting.rules.exports import EXPORTERS
from jiangxue.reporting.rules.filters import NAMES
from jiangxue.reporting.services.making_exports import make_export
from tests.walk.addresses import Address, all_addresses
from tests.walk.answers import Walker, walker
from tests.walk.attack import STRANGERS, Attack, Stranger
from tests.walk.sides import Side
from tests.walk.survey import Survey
from tests.walk.world import World

PUBLIC = {"public:catalogue", "learner:my_data", "learner:copy_my_data", "healthz", "readyz"}
"""A list for everybody, and pages that read nothing of their address."""


def conditions(side: Side) -> dict[str, object]:
    """Return conditions that name something of a side, as pages call them or as somebody may guess."""
    keys = side.keys
    return {
        "institution": keys["organisation_id"],
        "organisation": keys["organisation_id"],
        "class": keys["class_id"],
        "course": keys["course_id"],
        "learner": side.people["learner"].pk,
        "enrolment": keys["enrolment_id"],
        "case": keys["case_id"],
        "region": side.names.city,
        "name": side.names.stem,
        "q": side.names.stem,
    }


def _queries(side: Side, survey: Survey, address: Address) -> Iterator[str]:
    """Yield no condition, all of them at once, and each that a form of the page offers; what a page does not read narrows nothing."""
    known = conditions(side)
    yield ""
    yield urlencode(known)
    offered = {name: kind for form in survey.filters.get(address.name, []) for name, kind in form.kinds.items()}
    for name, kind in offered.items():
        if name in known:
            yield urlencode({name: known[name]})
        elif kind not in {"select", "radio", "hidden", "date", "number"}:
            yield urlencode({name: side.names.stem})


def shown_by(attack: Attack, survey: Survey) -> Iterator[str]:
    """Yield the lists that show something of others, whatever is asked of them."""
    for address in all_addresses():
        if not address.owned and address.name not in PUBLIC and address.may_be_called_by(attack.who.role):
            yield from _shown(attack, address, survey)


def _shown(attack: Attack, address: Address, survey: Survey) -> Iterator[str]:
    url = address.url(address.of(attack.other))
    for query in _queries(attack.other, survey, address):
        asked = f"{url}?{query}" if query else url
        answer = attack.who.get(asked)
        if names := attack.names_in(answer.text):
            yield f"{address.name}: {asked} shows {names[:3]}"
        if answer.status >= 500:
            yield f"{address.name}: {asked} answers {answer.status}"


@pytest.mark.clause("M3")
@pytest.mark.parametrize("stranger", STRANGERS, ids=str)
def test_no_list_shows_what_is_of_others(
    world: World, survey: Survey, without_second_net: None, stranger: Stranger
) -> None:
    found = list(shown_by(stranger.attacks(world), survey))
    assert not found, "\n".join(found)


def test_each_condition_that_names_something_is_tried(world: World) -> None:
    of_nobody = {
        "group",
        "id_type",
        "sex",
        "education",
        "age_from",
        "age_to",
        "occupation",
        "level",
        "project",
        "state",
        "from",
        "until",
    }
    assert set(NAMES.values()) <= {*conditions(world.west), *of_nobody}


_SHEETS = tuple(SHEETS)


@pytest.mark.clause("T7")
@pytest.mark.parametrize("who", ["administrator", "head", "teacher", "officer"])
def test_an_export_that_names_others_holds_nothing_of_theirs(world: World, who: str) -> None:
    looks = walker(world.east, who)
    portal = "region" if looks.role is Role.SUPERVISOR else "institution"
    assert looks.role in EXPORTERS
    found, before = [], Export.objects.count()
    for sheet in _SHEETS:
        for name in ("class", "institution", "course", "region", "name"):
            query = urlencode({name: conditions(world.west)[name]})
            kind = "xlsx" if name == "class" else "csv"
            found += _exported(looks, f"/{portal}/exports/new/{sheet}/?{query}", kind, world)
    assert Export.objects.count() > before
    assert not found, "\n".join(found)


def _exported(looks: Walker, url: str, kind: str, world: World) -> list[str]:
    before = set(Export.objects.values_list("pk", flat=True))
    answer = looks.look(url, {"format": kind})
    if names := world.west.names.pattern.findall(answer.text):
        return [f"{url} shows {names[:3]}"]
    for export in Export.objects.exclude(pk__in=before):
        make_export(export.pk, clock=world.clock)
        held = looks.look(f"{url.split('new/', maxsplit=1)[0]}{export.pk}/file/")
        if names := world.west.names.pattern.findall(_content(held.content)):
            return [f"the {kind} of {url} holds {names[:3]}"]
    return []


def _content(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with ZipFile(BytesIO(content)) as book:
        return "".join(book.read(each).decode("utf-8", "replace") for each in book.namelist())
