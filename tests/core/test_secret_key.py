"""The secret key: made once, whole from the first moment, its owner's only."""

import os
from pathlib import Path

import pytest

from luukku.config import settings as product


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LUUKKU_SECRET_KEY", raising=False)
    monkeypatch.setattr(product, "LUUKKU_VAR", tmp_path / "var")
    return tmp_path / "var"


def test_it_is_made_once_and_only_its_owner_reads_it(var: Path) -> None:
    made = product.secret_key()
    assert len(made) >= 50
    assert product.secret_key() == made
    assert [file.name for file in var.iterdir()] == ["secret-key"]
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600


def test_whoever_comes_second_takes_the_key_of_the_first(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link, seen = os.link, []

    def first_comes_another(part: str, path: Path) -> None:
        seen.append((path.exists(), len(Path(part).read_text())))
        path.write_text("the key of the other process")
        link(part, path)

    monkeypatch.setattr(os, "link", first_comes_another)
    assert product.secret_key() == "the key of the other process"
    assert seen == [(False, 64)]
    assert [file.name for file in var.iterdir()] == ["secret-key"]


def test_only_names_of_this_machine_are_answered_to_by_default() -> None:
    assert "testserver" not in product.ALLOWED_HOSTS
