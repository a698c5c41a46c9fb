"""`luukku check`: Django's checks of the code, and the checks of the data that modules register."""

import json
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from luukku.core.actor import current_actor
from luukku.core.checking import check_data
from luukku.core.registries import Check, checks

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken() -> Iterator[None]:
    """A check that finds something."""
    checks.register("sample.broken", Check("sample", lambda: [f"{current_actor().kind} found 1 row too many"]))
    yield
    checks._entries.pop("sample.broken")


def test_an_empty_installation_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check", "data", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert set(told["checks"]) == {key for key, _ in checks.items()}


def test_what_is_wrong_is_told_by_the_house_and_fails(broken: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_data({"sample.broken"}) == {"sample.broken": ["house found 1 row too many"]}
    with pytest.raises(CommandError):
        call_command("check", "data")
    assert "  - house found 1 row too many" in capsys.readouterr().out


def test_one_check_can_be_asked_for(broken: None) -> None:
    others = [key for key, _ in checks.items() if key != "sample.broken"]
    for key in others:
        call_command("check", key)


def test_djangos_own_checks_still_run_by_module() -> None:
    call_command("check", "core")
