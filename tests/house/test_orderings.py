"""Every model's own order can be followed: one that goes round in a circle fails only when its rows are first asked for."""

import pytest
from django.apps import apps
from django.db.models import Model

MODELS = [model for model in apps.get_models() if model.__module__.startswith("luukku.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_default_order_can_be_followed(model: type[Model]) -> None:
    assert str(model._default_manager.all().query).startswith("SELECT")
