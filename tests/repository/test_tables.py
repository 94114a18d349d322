"""What every table must say about itself."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BinaryField,
    CharField,
    Field,
    FileField,
    ForeignKey,
    GenericIPAddressField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from jiangxue.accounts.models import Account
from jiangxue.djangokit.personal import WHOLE_ROW, Personal, Protection
from jiangxue.djangokit.sealed import SealedTextField
from scripts.personal_data import declarations, page
from tests.repository.sources import document, files, text_of

_MODELS = [model for model in apps.get_models() if model.__module__.startswith("jiangxue.")]
_CONSTRAINTS = sorted({constraint.name for model in _MODELS for constraint in model._meta.constraints})
_every_model = pytest.mark.parametrize("model", _MODELS, ids=lambda model: model._meta.label)
_ROOMY = (CharField, TextField, JSONField, BinaryField, GenericIPAddressField, FileField, ArrayField)
"""Kinds of fields that can hold what somebody wrote, where they were, or how they look."""
_OF_A_LEARNER = {"enrolment.Enrolment", "learning.StudySession", "learning.Appeal", "rating.CourseRating"}


def _impersonal(model: type[Model]) -> frozenset[str]:
    found: frozenset[str] = model.__dict__.get("impersonal", frozenset())
    return found


def _names(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def _can_hold_anything(field: "Field[object, object]") -> bool:
    return isinstance(field, _ROOMY) and not field.choices


@_every_model
@pytest.mark.clause("M2")
def test_a_model_declares_which_of_its_fields_are_personal_data(model: type[Model]) -> None:
    declared = model.__dict__.get("personal_data")
    assert isinstance(declared, dict), "say {} where there are none"
    assert all(isinstance(each, Personal) and each.purpose for each in declared.values())
    assert declared.keys() - {WHOLE_ROW} <= _names(model)


@_every_model
@pytest.mark.clause("M2")
def test_a_field_that_can_hold_anything_is_declared_or_named_as_holding_nothing_of_people(model: type[Model]) -> None:
    declared, impersonal = declarations(model), _impersonal(model)
    roomy = {field.name for field in model._meta.concrete_fields if _can_hold_anything(field)}
    assert not impersonal & declared.keys()
    assert impersonal == (set() if WHOLE_ROW in declared else roomy - declared.keys())


@_every_model
@pytest.mark.clause("M2")
def test_an_account_that_is_named_by_its_number_alone_is_declared(model: type[Model]) -> None:
    by_number = {"actor_id", "author_id", "account_id", "learner_id"}
    named = {field.name for field in model._meta.concrete_fields if isinstance(field, IntegerField)} & by_number
    assert WHOLE_ROW in declarations(model) or named <= declarations(model).keys()


@_every_model
@pytest.mark.clause("M2")
def test_what_belongs_to_a_learner_is_declared(model: type[Model]) -> None:
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    of_a_learner = any(
        field.name == "learner" or field.remote_field.model._meta.label in _OF_A_LEARNER for field in keys
    )
    assert declarations(model) or not of_a_learner


@_every_model
def test_numbers_of_people_are_sealed(model: type[Model]) -> None:
    """All but by which an organisation lets itself be called, which its papers and its sign-board say too."""
    named = [field for field in model._meta.get_fields() if field.name.endswith(("number", "phone"))]
    named = [field for field in named if str(field) != "organisations.Organisation.telephone"]
    assert all(isinstance(field, SealedTextField) for field in named)
    assert {field.name for field in named} <= declarations(model).keys()


@_every_model
def test_a_field_is_declared_as_sealed_when_it_is(model: type[Model]) -> None:
    sealed = {field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)}
    said = {name for name, each in declarations(model).items() if each.protection is Protection.SEALED}
    assert sealed <= said
    assert all(isinstance(model._meta.get_field(name), BinaryField) for name in said)


@pytest.mark.clause("M2")
def test_the_page_of_personal_data_says_what_the_models_say() -> None:
    assert document("personal-data.md") == page(), "run python -m scripts.personal_data, as the page says"


def test_an_inherited_field_is_seen_too() -> None:
    """So that the password, which Django's own class gives to an account, cannot escape the tests above."""
    assert _can_hold_anything(Account._meta.get_field("password"))


@pytest.mark.parametrize("name", _CONSTRAINTS)
def test_a_constraint_has_a_test_that_breaks_it(name: str) -> None:
    tests = [path for path in files(".py", below=("tests/domains",)) if path.name.startswith("test_")]
    assert any(f'"{name}"' in text_of(path) for path in tests)
