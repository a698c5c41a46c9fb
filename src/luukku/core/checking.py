"""Runs the self-checks that modules have registered."""

from luukku.core.actor import act_as_house
from luukku.core.registries import checks


def check_data(names: set[str] | None = None) -> dict[str, list[str]]:
    """Sentences about what is wrong, by check; all checks, or those named. An empty list is well."""
    with act_as_house("check the data"):
        return {key: list(check.run()) for key, check in checks.items() if names is None or key in names}
