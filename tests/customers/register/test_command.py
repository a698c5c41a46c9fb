"""`luukku import prh …`."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from luukku.customers.models import Company

ANSWER = Path(__file__).parent / "answer.json"


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("import", "prh", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def told(*arguments: str) -> Any:
    return json.loads(command(*arguments, "--json"))


def test_dry_run_reports_as_json_and_changes_nothing(db: None) -> None:
    report = told(str(ANSWER), "--dry-run")
    assert (report["state"], report["read"], report["new"], report["broken"]) == ("checked", 1, 1, 0)
    assert not Company.objects.exists()
    assert told("--apply", str(report["run"]))["state"] == "applied"
    assert Company.objects.get().name == "Nokia Oyj"


def test_file_is_applied_and_taken_back_by_its_run(db: None) -> None:
    run = told(str(ANSWER))["run"]
    assert [(each["run"], each["state"]) for each in told("--runs")] == [(run, "applied")]
    assert told("--undo", str(run))["undo"] == {"deleted": 1, "left": []}
    assert not Company.objects.exists()
    assert "undone" in command("--runs")


def test_broken_rows_are_told_with_line_id_and_reason(db: None, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text('{"businessId": {"value": "1234567-8"}, "names": []}\n')
    assert "line 1 1234567-8: the business ID is wrong" in command(str(path), "--dry-run")
    assert told(str(path), "--dry-run")["broken_rows"][0]["line"] == 1
    with pytest.raises(CommandError):
        command(str(path))
    assert told(str(path), "--skip-broken")["new"] == 0


def test_what_cannot_be_done_is_said(db: None, tmp_path: Path) -> None:
    for arguments in ((), ("--apply", "77"), ("--undo", "77"), (str(tmp_path / "none.json"),)):
        with pytest.raises(CommandError):
            command(*arguments)
