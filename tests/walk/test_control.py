"""The walks are not vacuous: what is closed to strangers opens to those whose it is."""

from django.urls import reverse

from tests.walk.addresses import BEARERS, Address, all_addresses
from tests.walk.answers import walker
from tests.walk.rows import undone
from tests.walk.survey import OWNERS, Survey
from tests.walk.world import World

_TURNED_AWAY = {403, 404, 405, 412}
ELSEWHERE = {
    "learner:promise": "only places that came by an application have one (tests/domains/enrolment/test_promises.py)",
    "learner:read_code": "opened by hand, by the code of the moment",
    "institution:face_picture": "opened by hand, by the address that the page of pictures gives",
    "institution:enrolled_face_picture": "by hand",
    "regulator:face_picture": "by hand",
    "regulator:sample_picture": "by hand",
    "institution:uploads": "opened by hand, in the words of tus",
    "institution:upload": "by hand",
    "learner:hold_archive": "done by supervisors alone",
    "learner:lift_archive": "done by supervisors alone",
    "institution:hold_archive": "done by supervisors alone",
    "institution:lift_archive": "done by supervisors alone",
    "operator:export_request": "nothing of the audit waits for a release",
    "operator:release_export": "nothing of the audit waits for a release",
    "operator:refuse_export": "nothing of the audit waits for a release",
}
"""Addresses that the people of the west do not reach here, and where they are reached."""
SILENT = frozenset(
    f"{portal}:{name}"
    for portal in ("learner", "institution", "regulator", "operator")
    for name in (
        "appeal_picture",
        "archive_board",
        "attendance_code_board",
        "case_picture",
        "class_roster_file_marked",
        "class_roster_file_state",
        "class_roster_file_template",
        "class_report",
        "export",
        "export_file",
        "export_request",
        "export_state",
        "file_state",
        "opening_state",
        "opening_roster_file_marked",
        "opening_roster_file_state",
        "opening_roster_file_template",
        "new_appeal",
        "opening_state",
        "order_file",
        "order_paper",
        "paper",
        "paper_file",
        "platform_end_role",
        "platform_password_link",
        "platform_renew_second_factor",
        "sample_paper",
        "sample_population",
        "version_paper",
    )
)
"""Pictures, files and pieces of pages, which open and have no name of the side in plain letters."""


def _owned() -> list[Address]:
    return [each for each in all_addresses() if each.owned and each.name not in {*BEARERS, *ELSEWHERE}]


def test_every_address_that_names_something_opens_to_somebody(world: World, survey: Survey) -> None:
    shut = [
        address.name
        for address in _owned()
        if 200 not in survey.statuses.get(address.name, ()) and not _is_reached(world, survey, address)
    ]
    assert not shut, "\n".join(shut)


def _is_reached(world: World, survey: Survey, address: Address) -> bool:
    """Say whether somebody of the west is told more than strangers, by looking or by sending an empty form."""
    if set(survey.statuses.get(address.name, ())) - _TURNED_AWAY:
        return True
    for looks in (walker(world.west, who) for who in (*OWNERS, "system", "auditor", "platform")):
        if address.may_be_called_by(looks.role):
            with undone():
                answer = looks.look(address.url(address.of(world.west)), {})
            if answer.status not in _TURNED_AWAY:
                return True
    return False


def test_every_page_that_opens_shows_whose_it_is(survey: Survey) -> None:
    silent = [
        address.name
        for address in _owned()
        if 200 in survey.statuses.get(address.name, ())
        and address.name not in survey.shown
        and address.name not in SILENT
    ]
    assert not silent, "\n".join(silent)


def test_the_exceptions_exist() -> None:
    names = {each.name for each in all_addresses()}
    assert {*BEARERS, *ELSEWHERE} <= names


def test_who_signs_out_on_a_walk_goes_on_signed_in(world: World) -> None:
    """Else all that comes after the form of signing out would be sent by nobody."""
    looks = walker(world.east, "head")
    with undone():
        assert looks.look(reverse("signin:sign_out"), {}).leads_to == reverse("signin:sign_in")
    assert looks.get(reverse("institution:classes")).status == 200
