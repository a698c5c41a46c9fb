"""A plan's file, handed to whoever reads the plan."""

from django.http import FileResponse

from luukku.core import files as file_store
from luukku.core.errors import NotFound
from luukku.statements.queries.statement_page import PlanShown


def download(plan: PlanShown | None, pk: int) -> FileResponse:
    """Always as a download: nothing that somebody sent is shown as a page of ours. Raises NotFound."""
    found = next((each.file for each in plan.files if each.pk == pk), None) if plan is not None else None
    if found is None:
        raise NotFound
    return FileResponse(file_store.path_of(found).open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type)
