"""Files of a form that came back: kept a day for its next sending, so that nobody has to choose them again.

They lie beside the file store and no row knows of them: what a form that was refused has written is undone. The form carries a signed token for each,
good for that form only.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from luukku.core.files import check, write

_SALT = "luukku.core.files.drafts"
_KEEP_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Draft:
    """A kept file as its form names it; `size` in bytes, `upload` is None when its day has passed."""

    token: str
    name: str
    size: int
    upload: "UploadedFile[Any] | None"


def keep(upload: "UploadedFile[Any]", form_key: str) -> Draft:
    """Keep an upload for the form with this key. Raises RuleBroken for one that may not be attached."""
    content_type = check(upload)
    digest, size = write(upload, _root())
    upload.seek(0)
    name = Path(upload.name or "file").name[-200:]
    token = signing.dumps([form_key, name, content_type, digest, size], salt=_SALT, compress=True)
    return Draft(token, name, size, upload)


def find(token: str, form_key: str) -> Draft | None:
    """The kept file of a token; None for a token that we have not given, or gave to another form."""
    try:
        key, name, content_type, digest, size = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if key != form_key:
        return None
    try:
        found = (_root() / digest[:2] / digest).read_bytes()
    except FileNotFoundError:
        return Draft(token, name, size, None)
    return Draft(token, name, size, SimpleUploadedFile(name, found, content_type))


def tidy() -> int:
    """Remove what has been kept for a day; returns how many."""
    count = 0
    for path in _root().glob("*/*"):
        if path.stat().st_mtime < time.time() - _KEEP_SECONDS:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _root() -> Path:
    return Path(settings.LUUKKU_FILES) / "drafts"
