"""Which tables point at which."""

import re
from configparser import ConfigParser

from django.apps import apps

from tests.repository.sources import REPOSITORY


def _height_by_package() -> dict[str, int]:
    """Return how high each package lies: the place of its layer, counted from the bottom."""
    contracts = ConfigParser()
    contracts.read(REPOSITORY / ".importlinter")
    layers = contracts["importlinter:packages"]["layers"].split("\n")
    return {name: height for height, layer in enumerate(reversed(layers)) for name in re.findall(r"\w+", layer)}


def _package_of(model: type) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_across_domains_point_down_in_the_order_of_layers() -> None:
    height = _height_by_package()
    up = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("jiangxue.")
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation
        if _package_of(field.related_model) != _package_of(model)
        and height[_package_of(field.related_model)] >= height[_package_of(model)]
    ]
    assert not up


def test_a_foreign_key_across_domains_leaves_no_name_at_its_target() -> None:
    """A reverse name would let the lower domain reach up into the higher one's table."""
    named = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("jiangxue.")
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and _package_of(field.related_model) != _package_of(model)
        if not field.remote_field.hidden
    ]
    assert not named
