"""An import of the register from the screen: the file is kept, and jobs look it through, apply it and take it back, so that nobody waits for them.

Each step stands in the run's state before its job begins. What a killed job had done is undone by the database: the step can be asked for again.
"""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core import files as file_store
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.customers.actions.register.applying import apply_run, undo_run
from luukku.customers.actions.register.fetching import fetch_known
from luukku.customers.actions.register.importing import begin_run, read_into
from luukku.customers.enums import ImportState
from luukku.customers.models import ImportRun
from luukku.network.access import can_administer, require

ENDINGS = (".json", ".jsonl", ".gz", ".zip")
MOST_MB = 2000  # the whole country's file is about 250 MB packed
STEPS = {ImportState.APPLYING: apply_run, ImportState.UNDOING: undo_run}
_BEFORE = {
    ImportState.APPLYING: (ImportState.CHECKED, ImportState.APPLYING),
    ImportState.UNDOING: (ImportState.APPLIED, ImportState.UNDOING),
}


def take_upload(*, by: Actor, upload: "UploadedFile[Any]") -> ImportRun:
    """Keep the file and have it looked through by a job. Raises NotAllowed, RuleBroken with the field to mend."""
    require(can_administer(by))
    name = Path(upload.name or "").name
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise RuleBroken(_("Choose a file whose name ends in .json, .jsonl, .gz or .zip."), field="file")
    if not upload.size or upload.size > MOST_MB * 1024 * 1024:
        raise RuleBroken(_("The file is empty, or bigger than %(most)s MB.") % {"most": MOST_MB}, field="file")
    with transaction.atomic():
        run = begin_run(by=by, name=name)
        digest, _size = file_store.write(upload, _root())
        os.replace(_root() / digest[:2] / digest, _root() / f"{run.pk}{ending}")
        app.configure_task("luukku.customers.tasks.look_through_register").defer(run_id=run.pk)
    return run


def take_one(*, by: Actor, business_id: str) -> ImportRun:
    """Ask the register for one company now; its answer is looked through like a file. Raises NotAllowed, RuleBroken.

    An administrator's alone: whoever saw that a company has come would know that somebody asked for it.
    """
    require(can_administer(by))
    cleaned, told = fetch_known(business_id)
    return take_upload(by=by, upload=SimpleUploadedFile(f"{cleaned}.json", json.dumps(told).encode()))


def look_through_upload(*, by: Actor, run: ImportRun) -> None:
    """The job's part. What is wrong with the file stands in the run. The file goes."""
    path = next((each for each in _root().glob(f"{run.pk}.*")), None)
    if path is None or run.state != ImportState.READING:
        return
    try:
        read_into(by=by, run=run, path=path)
    except RuleBroken:
        return  # the run tells
    finally:
        path.unlink(missing_ok=True)


def ask_step(*, by: Actor, run: ImportRun, state: ImportState, skip_broken: bool = False) -> ImportRun:
    """Have a looked-through import applied, or an applied one taken back, by a job. Raises NotAllowed, RuleBroken."""
    require(can_administer(by))
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state not in _BEFORE[state]:
            raise RuleBroken(_("This import has gone on meanwhile. Look at it again."))
        if state == ImportState.APPLYING and locked.report.get("broken") and not skip_broken:
            raise RuleBroken(_("Rows of the file are broken. Mend the file, or say that they are left out."), field="skip_broken")
        locked.state, locked.skips_broken = state, skip_broken if state == ImportState.APPLYING else locked.skips_broken
        locked.save(update_fields=["state", "skips_broken"])
        app.configure_task("luukku.customers.tasks.import_step", lock="register").defer(run_id=locked.pk, person_id=by.person_id)
    return locked


def do_step(*, by: Actor, run: ImportRun) -> None:
    """The job's part, as the house: the step in whose state the run is. A rule that broke meanwhile stands in the report."""
    if run.state == ImportState.APPLYING:
        apply_run(by=by, run=run, skip_broken=run.skips_broken)
    elif run.state == ImportState.UNDOING:
        undo_run(by=by, run=run)


def step_failed(*, run: ImportRun, problem: str) -> None:
    """What stood against a step is told where the run is shown, and the run goes back to where it was. As the house."""
    back = ImportState.CHECKED if run.state == ImportState.APPLYING else ImportState.APPLIED
    ImportRun.objects.filter(pk=run.pk, state__in=STEPS).update(state=back, report=run.report | {"problem": problem})


def _root() -> Path:
    root = Path(settings.LUUKKU_FILES) / "imports"
    root.mkdir(parents=True, exist_ok=True)
    return root
