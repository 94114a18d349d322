"""The page docs/formats/course-version.md is true."""

import hashlib
import json
import re

import pytest

from jiangxue.courseware.rules.content import CourseContent, Facts, Fee
from jiangxue.kernel.canonical import canonical_json
from tests.factories.content import complete_content
from tests.repository.sources import document

PAGE = document("formats/course-version.md")


def test_the_worked_example_is_what_the_code_makes() -> None:
    found = re.search(r"```json\n(.*)\n```\n\ncomes to `([0-9a-f]{64})`", PAGE)
    assert found is not None
    content = CourseContent(Facts("砖雕入门", special_ability="砖雕", fee=Fee.FREE))
    assert canonical_json(content.to_values()).decode() == found[1]
    assert content.sha256 == found[2] == hashlib.sha256(found[1].encode()).hexdigest()


def test_every_field_of_the_format_stands_on_its_page() -> None:
    values = json.loads(canonical_json(complete_content().to_values()))

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for each in value.values() for name in names(each)}
        return {name for each in value for name in names(each)} if isinstance(value, list) else set()

    assert not {name for name in names(values) if f"`{name}`" not in PAGE}


def test_a_course_comes_back_as_it_was() -> None:
    content = complete_content()
    assert CourseContent.from_values(json.loads(canonical_json(content.to_values()))) == content


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        CourseContent.from_values({"format": 2})


@pytest.mark.parametrize("changed", ["title", "summary", "goals", "supplier"])
def test_any_change_has_another_hash(changed: str) -> None:
    content = complete_content()
    values = content.to_values()
    values["facts"] = {**values["facts"], changed: "别的"}
    assert CourseContent.from_values(json.loads(canonical_json(values))).sha256 != content.sha256
