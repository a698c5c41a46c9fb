"""When organisations merge or split nothing is forgotten: each column that points to an organisation or a desk is moved, or stays for a reason."""

from collections.abc import Iterator

from django.apps import apps

from luukku.core.reforms import reform_parts, reform_stays
from luukku.network.models import Desk, Organisation


def _columns() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if getattr(model, "pgh_tracked_model", None) is not None:
            continue  # a history tells what was
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model in (Organisation, Desk):
                yield f"{model._meta.label}.{field.name}"


def test_every_column_that_names_an_organisation_or_a_desk_is_moved_or_stays_for_a_reason() -> None:
    moved = {column for part in reform_parts.all() for column in part.moves}
    stays = {key for key, _ in reform_stays.items()}
    found = set(_columns())
    assert found - moved - stays == set(), "tell in the module's actions/reforming.py how these move, or why they stay"
    assert moved & stays == set()
    assert {column for column in moved | stays if column not in found} == set(), "there are no such columns"


def test_every_count_of_a_part_has_words_of_its_own() -> None:
    keys = [key for part in reform_parts.all() for key in (*part.counts, *part.told)]
    assert len(keys) == len(set(keys))
