"""What every table must say about itself."""

import pytest
from django.apps import apps
from django.db.models import Model

from jiangxue.djangokit.sealed import SealedTextField
from tests.repository.sources import files, text_of

_MODELS = [model for model in apps.get_models() if model.__module__.startswith("jiangxue.")]
_CONSTRAINTS = sorted({constraint.name for model in _MODELS for constraint in model._meta.constraints})
_every_model = pytest.mark.parametrize("model", _MODELS, ids=lambda model: model._meta.label)


@_every_model
def test_a_model_declares_which_of_its_fields_are_personal_data(model: type[Model]) -> None:
    declared = model.__dict__.get("personal_data")
    assert isinstance(declared, frozenset), "say frozenset() where there are none"
    assert declared <= {field.name for field in model._meta.get_fields()}


@_every_model
def test_numbers_of_people_are_sealed(model: type[Model]) -> None:
    named = [field for field in model._meta.get_fields() if field.name.endswith(("number", "phone"))]
    assert all(isinstance(field, SealedTextField) for field in named)
    assert {field.name for field in named} <= model.personal_data


@_every_model
def test_a_sealed_field_is_personal_data(model: type[Model]) -> None:
    sealed = {field.name for field in model._meta.get_fields() if isinstance(field, SealedTextField)}
    assert sealed <= model.personal_data


@pytest.mark.parametrize("name", _CONSTRAINTS)
def test_a_constraint_has_a_test_that_breaks_it(name: str) -> None:
    tests = [path for path in files(".py", below=("tests/domains",)) if path.name.startswith("test_")]
    assert any(f'"{name}"' in text_of(path) for path in tests)
