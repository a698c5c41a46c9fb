"""Which earlier template a new one is made from."""

from tests.harness.migrated import nearest


def test_nearest_template_is_the_longest_that_begins_alike() -> None:
    templates = {"short": {"ground": "g", "a.1": "x"}, "long": {"ground": "g", "a.1": "x", "a.2": "y"}, "unknown": {}}
    assert nearest(templates, {"ground": "g", "a.1": "x", "a.2": "y", "b.1": "z"}) == "long"


def test_template_of_a_changed_migration_or_ground_is_not_used() -> None:
    templates = {"changed": {"ground": "g", "a.1": "other"}, "older": {"ground": "before", "a.1": "x"}}
    assert nearest(templates, {"ground": "g", "a.1": "x", "a.2": "y"}) is None
