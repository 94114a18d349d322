"""Whatever the code records in the audit has a name on its page (clause M3)."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.test import Client

import jiangxue
from jiangxue.accounts.models import Account
from jiangxue.accounts.services.helping import LINKED, RENEWED, SET
from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.courseware.models import Upload
from jiangxue.facecheck.rules.documents import Comparison
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.face_pictures import SHOWN
from jiangxue.learning.rules.appeals import StepKind
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.portals.operator.audit_words import ACTIONS, OBJECTS
from jiangxue.rating.rules.drafts import Standing
from jiangxue.review.rules.opinions import Verdict
from jiangxue.screening.models import Hit
from jiangxue.supervision.rules.cases import StepKind as CaseStepKind
from tests.factories import people
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("M3")
CODE = Path(jiangxue.__file__).parent
VALUES: dict[str, Iterable[str]] = {
    "LINKED": (LINKED,),
    "RENEWED": (RENEWED,),
    "SET": (SET,),
    "SHOWN": (SHOWN,),
    "decision": Hit.Decision.values,
    "help_given": (LINKED, RENEWED),
    "said.outcome.value": Comparison,
    "standing.value": (Standing.SHOWN, Standing.HIDDEN),
    "step.kind": StepKind,
    "taken.value": CaseStepKind,
    "upload.state": (Upload.State.FAILED, Upload.State.REFUSED),
    "verdict": Verdict,
    "word.kind.value": ReviewStep,
}
"""What stands for a part of an act's name, and all that it can be."""


def recordings() -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    for path in sorted(CODE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) in ("audit.record", "audit.record_each"):
                        yield function, call


def spelled(name: ast.expr, within: ast.FunctionDef) -> set[str]:
    """Return every text that an expression can be."""
    match name:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return spelled(body, within) | spelled(orelse, within)
        case ast.JoinedStr(values=[ast.Constant(value=str(before)), ast.FormattedValue(value=rest)]):
            return {before + after for after in spelled(rest, within)}
        case _ if ast.unparse(name) in VALUES:
            return set(VALUES[ast.unparse(name)])
        case ast.Name(id=variable):
            return {text for value in assigned(variable, within) for text in spelled(value, within)}
    raise AssertionError(f"say in VALUES what {ast.unparse(name)} can be")


def assigned(variable: str, within: ast.FunctionDef) -> list[ast.expr]:
    found: list[ast.expr] = []
    for each in ast.walk(within):
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == variable:
                found.append(value)
            case ast.Assign(targets=[ast.Tuple(elts=[_, ast.Name(id=name)])], value=ast.Tuple(elts=[_, value])):
                found += [value] * (name == variable)
    assert found, f"{variable} is assigned in a way that this test does not know"
    return found


def recorded_acts() -> set[str]:
    return {act for function, call in recordings() for act in spelled(call.args[0], function)}


def recorded_kinds() -> set[str]:
    about = [keyword.value for _function, call in recordings() for keyword in call.keywords if keyword.arg == "about"]
    return {str(ast.literal_eval(each.elts[0])) for each in about if isinstance(each, ast.Tuple)}


def test_every_act_that_is_recorded_has_a_name_and_no_name_is_left_over() -> None:
    assert recorded_acts() == set(ACTIONS)


def test_every_kind_of_object_that_is_recorded_has_a_name() -> None:
    assert recorded_kinds() | {"account"} == set(OBJECTS)


@pytest.fixture
def auditor(db: None, clock: HandClock) -> Client:
    return client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))


@pytest.fixture
def somebody(db: None, clock: HandClock) -> Account:
    return people.account((Role.REVIEWER, None), now=clock.now(), name="欧阳海燕")


def test_the_page_names_act_object_and_person(auditor: Client, somebody: Account, clock: HandClock) -> None:
    by = Actor(somebody.pk, Role.REVIEWER, "192.0.2.1")
    audit.record("course.taken_down", by=by, at=clock.now(), about=("course", 7))
    page = main_of(auditor, "/operator/audit/?action=course.taken_down")
    for said in ("下架课程</td>", "课程 7", "欧**", f"审核员 · 账号 {somebody.pk}"):
        assert said in page
    assert "欧阳" not in page


def test_what_the_program_did_is_not_called_somebody_not_signed_in(auditor: Client, clock: HandClock) -> None:
    audit.record("upload.ready", by=PROGRAM, at=clock.now(), about=("upload", 7))
    page = main_of(auditor, "/operator/audit/?action=upload.ready")
    assert ">系统</td>" in page
    assert "未登录" not in page


def test_every_act_can_be_chosen(auditor: Client) -> None:
    page = main_of(auditor, "/operator/audit/")
    assert all(f'<option value="{act}">' in page for act in ACTIONS)
    assert '<optgroup label="课程">' in page
