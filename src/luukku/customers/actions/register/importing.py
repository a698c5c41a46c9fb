"""The walk of an import: a run begins, a file is looked through, applied or not."""

import json
import tempfile
from pathlib import Path

from django.db import transaction

from luukku.core.actor import Actor, act_as_house
from luukku.core.errors import RuleBroken
from luukku.customers.actions.register.applying import apply_run
from luukku.customers.actions.register.fetching import fetch_known
from luukku.customers.actions.register.staging import Say, check_file
from luukku.customers.enums import ImportState
from luukku.customers.models import Company, ImportRun
from luukku.network.access import can_administer, require


def begin_run(*, by: Actor, name: str) -> ImportRun:
    """A run for one file. Raises NotAllowed."""
    require(can_administer(by))
    with transaction.atomic():
        return ImportRun.objects.create(name=name[:200], person_id=by.person_id)


def look_through(*, by: Actor, path: Path, name: str = "", say: Say = lambda _: None) -> ImportRun:
    """Begin a run and look its file through: nothing of the companies changes. A file that cannot be read fails the run and raises RuleBroken."""
    with act_as_house("an import of companies begins"):
        run = begin_run(by=by, name=name or path.name)
    return read_into(by=by, run=run, path=path, say=say)


def read_into(*, by: Actor, run: ImportRun, path: Path, say: Say = lambda _: None) -> ImportRun:
    """Look a file through for a run that has begun. Raises as `look_through`."""
    try:
        return check_file(by=by, path=path, run=run, say=say)
    except RuleBroken as broken:
        with act_as_house("an import of companies fails"):
            run.state, run.report = ImportState.FAILED, {"problem": str(broken.message)}
            run.save(update_fields=["state", "report"])
        raise


def fetch_and_apply(*, by: Actor, business_id: str) -> Company:
    """Ask the register for one company and bring its answer in. Raises NotAllowed, RuleBroken.

    Never for one asker's sake: whoever sees that a company has come would know that it was asked for.
    """
    require(can_administer(by))
    cleaned, told = fetch_known(business_id)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(told, file)
        file.flush()
        run = look_through(by=by, path=Path(file.name), name=cleaned)
    with act_as_house("one company of the register"):
        apply_run(by=by, run=run)
        return Company.objects.get(business_id=cleaned)
