"""A sample network whose building was cut short is not taken for whole."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from luukku.accounts.models import User
from luukku.demo import build
from luukku.demo.build import is_built
from luukku.demo.founder import EMAIL
from luukku.demo.models import Building

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_demo_mode(settings: Settings) -> None:
    settings.LUUKKU_DEMO = True


def test_building_that_was_cut_short_says_so_and_how_to_mend_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def half(*_args: object) -> int:
        User.objects.create_user(EMAIL)  # the founder is there by then
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "_build", half)
    with pytest.raises(KeyboardInterrupt):
        call_command("demo", cases=1)
    assert not is_built()
    with pytest.raises(CommandError, match=r"not whole.*cut short.*LUUKKU_VAR|DATABASE_URL"):
        call_command("demo", cases=1)
    Building.objects.all().delete()
    assert is_built(), "one from before this was written down"


def test_building_that_came_to_its_end_is_there_already(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(build, "_build", lambda *_args: 24)
    call_command("demo", cases=24)
    call_command("demo", cases=24)
    told = capsys.readouterr().out
    assert "24 cases in two regions" in told
    assert "there already" in told
    assert Building.objects.count() == 1
