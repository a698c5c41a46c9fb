"""A case's file, handed to whoever may read it."""

from collections.abc import Iterable

from django.http import FileResponse

from luukku.core import files as file_store
from luukku.core.errors import NotFound
from luukku.desk.models import Attachment


def download(readable: Iterable[Attachment], pk: int) -> FileResponse:
    """One of the files that the reader sees, always as a download: nothing that somebody sent is shown as a page of ours. Raises NotFound."""
    found = next((each.file for each in readable if each.pk == pk), None)
    if found is None:
        raise NotFound
    return FileResponse(file_store.path_of(found).open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type)
