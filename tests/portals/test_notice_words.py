"""Whatever the code tells somebody has its words, its roles and its page. Clause C5."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

import jiangxue
from jiangxue.notices.models import Notice
from jiangxue.portals.notice_words import KINDS, address_of, sentence_of
from jiangxue.portals.notice_words.said import Said

pytestmark = pytest.mark.clause("C5")
CODE = Path(jiangxue.__file__).parent
VALUES = {
    'f"upload.{upload.state}"': {"upload.ready", "upload.refused", "upload.failed"},
    "act": {"correction.granted", "correction.refused"},
    "help_given": {"second_factor.reset", "password.link_made", "password.set_by_link"},
    "_ENDS.get(state)": {"course.published", "course.returned", "course.rejected"},
}
"""What an expression can be that names a kind."""


def tellings() -> Iterator[tuple[Path, ast.FunctionDef, ast.Call]]:
    for path in sorted(CODE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) in ("tell", "notices.tell"):
                        yield path, function, call


def spelled(kind: ast.expr, within: ast.FunctionDef) -> set[str]:
    """Return every text that an expression can be."""
    written = ast.unparse(kind).replace("'", '"')
    if written in VALUES:
        return VALUES[written]
    match kind:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return spelled(body, within) | spelled(orelse, within)
        case ast.Name(id=variable):
            return assigned(variable, within) or passed(variable, within)
    raise AssertionError(f"say in VALUES what {written} can be")


def assigned(variable: str, within: ast.FunctionDef) -> set[str]:
    values: list[ast.expr] = []
    for each in ast.walk(within):
        match each:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == variable:
                values.append(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=given)):
                values += [value for name, value in zip(names, given, strict=True) if ast.unparse(name) == variable]
    return {text for value in values for text in spelled(value, within)}


def passed(variable: str, within: ast.FunctionDef) -> set[str]:
    """Return what a function of the same name as the one that tells is given as a kind, wherever it is called."""
    place = [argument.arg for argument in within.args.args].index(variable)
    calls = [
        call
        for path in CODE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == within.name
    ]
    assert calls, f"{within.name} is called by nobody"
    return {str(ast.literal_eval(call.args[place])) for call in calls}


def told_kinds() -> set[str]:
    found = set()
    for _path, function, call in tellings():
        kinds = [keyword.value for keyword in call.keywords if keyword.arg == "kind"]
        found |= {kind for each in kinds for kind in spelled(each, function)}
    return found


def test_every_kind_that_is_told_has_words_and_no_words_are_left_over() -> None:
    assert told_kinds() == set(KINDS)


@pytest.mark.parametrize(("kind", "said"), KINDS.items(), ids=list(KINDS))
def test_a_kind_leads_to_a_page_that_there_is(kind: str, said: Said) -> None:
    assert said.page
    assert said.roles
    for numbers in (("7", "7"), ("0f8fad5b-d9cb-469f-a165-70867728950e",) * 2, ("2026-11-24",) * 2):
        try:
            assert reverse(said.page, args=numbers[: len(said.args)])
        except NoReverseMatch:
            continue
        return
    raise AssertionError(f"{kind} leads nowhere")


@pytest.mark.parametrize(("kind", "said"), KINDS.items(), ids=list(KINDS))
def test_a_sentence_is_chinese_and_names_what_it_is_told_of(kind: str, said: Said) -> None:
    wanted = set(re.findall(r"%\((\w+)\)s", str(said.sentence)))
    values = {"on": "2026-11-24", "at": "2026-11-24T01:00:00+00:00", "ms": 600_000}
    params = {name: values.get(name.rpartition("_")[2], "7") for name in wanted}
    with translation.override("zh-hans"):
        sentence = sentence_of(Notice(kind=kind, params=params))
    assert re.search(r"[\u4e00-\u9fff]", sentence)
    assert "%" not in sentence
    assert "—" not in sentence
    assert all(term not in sentence for term in ("作弊", "异常", "违规", "作废"))


def test_days_instants_and_lengths_are_written_as_everywhere() -> None:
    ending = Notice(kind="class.ending", params={"class_title": "x", "closes_on": "2026-12-01", "open_ms": 4_800_000})
    assert "2026-12-01" in sentence_of(ending)
    assert "1 小时 20 分" in sentence_of(ending)
    alarm = Notice(kind="ledger.alarm", params={"raised_at": "2026-11-24T01:05:00+00:00"})
    assert "2026-11-24 09:05" in sentence_of(alarm)


@pytest.mark.parametrize("params", [{}, {"raised_at": "soon"}, {"raised_at": 7}])
def test_what_is_no_time_is_a_dash(params: dict[str, str | int]) -> None:
    assert "—" in sentence_of(Notice(kind="ledger.alarm", params=params))


def test_a_kind_that_there_is_no_more_leads_nowhere() -> None:
    assert address_of(Notice(kind="renamed.since", params={})) == ""
