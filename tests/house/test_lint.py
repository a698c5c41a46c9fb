"""The rules that tools hold (scripts/lint), as tests, so that main cannot break them."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def rules() -> list[str]:
    line = next(line for line in (ROOT / "scripts/lint").read_text().splitlines() if line.startswith("RULES=("))
    return line.removeprefix("RULES=(").removesuffix(")").split()


@pytest.mark.parametrize("rule", rules())
def test_the_rule_holds(rule: str) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "LUUKKU_", "PYTEST_"))}
    done = subprocess.run([ROOT / "scripts/lint", rule], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
