"""`luukku import prh …`: the company register on the command line."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import translation

from luukku.core.actor import HOUSE, act_as_house
from luukku.core.errors import RuleBroken
from luukku.core.registries import FileImporter
from luukku.customers.actions.register.applying import apply_run, undo_run
from luukku.customers.actions.register.importing import fetch_and_apply, look_through
from luukku.customers.enums import RowProblem
from luukku.customers.models import ImportRun

Say = Callable[[str], None]
COUNTS = ("read", "new", "changed", "unchanged", "older", "closed", "moved", "renamed", "broken")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="companies as the register gives them: JSON, one a line or in an array; also .gz, .zip")
    parser.add_argument("--dry-run", action="store_true", help="look through and report; apply later with --apply RUN")
    parser.add_argument("--skip-broken", action="store_true", help="apply the rest although rows are broken")
    parser.add_argument("--apply", type=int, metavar="RUN", help="apply what was looked through")
    parser.add_argument("--undo", type=int, metavar="RUN", help="bring back what was before an import")
    parser.add_argument("--business-id", help="ask the register for one company")
    parser.add_argument("--runs", action="store_true", help="list imports, newest first")
    parser.add_argument("--json", action="store_true")


def _run(asked: Namespace, progress: Say, answer: Say) -> None:
    if asked.runs:
        with act_as_house("list imports"):
            found = [_told(run) for run in ImportRun.objects.all()[:50]]
        answer(json.dumps(found, ensure_ascii=False) if asked.json else "\n".join(f"{run['run']}  {run['state']}  {run['file']}" for run in found))
        return
    run = _one(asked, progress)
    answer(json.dumps(_told(run), ensure_ascii=False) if asked.json else _in_words(run))


def _one(asked: Namespace, progress: Say) -> ImportRun:
    if asked.undo is not None:
        with act_as_house("take an import back"):
            return undo_run(by=HOUSE, run=_found(asked.undo))
    if asked.business_id:
        fetch_and_apply(by=HOUSE, business_id=asked.business_id)
        with act_as_house("what came of it"):
            return ImportRun.objects.latest("pk")
    if asked.apply is None:
        if asked.file is None:
            raise RuleBroken("Name a file, or one of --apply, --undo, --business-id, --runs.")
        run = look_through(by=HOUSE, path=asked.file, say=progress)
        if asked.dry_run:
            return run
        asked.apply = run.pk
    progress("applying …")
    with act_as_house("apply an import"):
        return apply_run(by=HOUSE, run=_found(asked.apply), skip_broken=asked.skip_broken)


def _found(pk: int) -> ImportRun:
    run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        raise RuleBroken(f"There is no import {pk}.")
    return run


def _told(run: ImportRun) -> dict[str, Any]:
    """The report as data, in English."""
    report = dict(run.report)
    if "broken_rows" in report:
        report["broken_rows"] = [row | {"problem": _why(row)} for row in report["broken_rows"]]
    return {"run": run.pk, "file": run.name, "state": run.state, "began_at": run.began_at.isoformat(), **report}


def _why(row: dict[str, Any]) -> str:
    with translation.override("en"):
        words = str(RowProblem(row["problem"]).label)
    return f"{words} ({row['detail']})" if row["detail"] else words


def _in_words(run: ImportRun) -> str:
    told = _told(run)
    lines = [f"Import {run.pk} ({run.name}): {run.state}"]
    lines += [
        f"  {what}: {told[what]}" for what in ("read", "new", "changed", "unchanged", "older", "closed", "moved", "renamed", "broken") if what in told
    ]
    lines += [f"  changed {field}: {count}" for field, count in told.get("fields", {}).items()]
    lines += [f"  line {row['line']} {row['business_id']}: {row['problem']}" for row in told.get("broken_rows", ())]
    if "undo" in told:
        lines.append(f"  taken away: {told['undo']['deleted']}; left as they are: {', '.join(told['undo']['left']) or 'none'}")
    return "\n".join(lines)


IMPORTER = FileImporter("Company register (PRH)", _arguments, _run)
