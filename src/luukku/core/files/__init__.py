"""The file store: what may be attached, and where its bytes lie."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import filetype
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.core.models import StoredFile

# extension -> types its first bytes may show; None: plain text, which has no signature
ALLOWED: dict[str, tuple[str, ...] | None] = {
    "pdf": ("application/pdf",),
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "png": ("image/png",),
    "webp": ("image/webp",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip"),
    "odt": ("application/vnd.oasis.opendocument.text", "application/zip"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "application/zip"),
    "txt": None,
    "csv": None,
}


def most_bytes() -> int:
    """The largest file that may be attached."""
    return int(settings.LUUKKU_FILE_MAX_MB) * 1024 * 1024


def check(upload: "UploadedFile[Any]", *, field: str = "files") -> str:
    """The content type of an upload that may be attached; raises RuleBroken with a plain reason for one that may not."""
    name = upload.name or ""
    if (upload.size or 0) > most_bytes():
        words = _("%(name)s is too big: a file may be at most %(limit)s MB. Send a smaller one, or ask for another way.")
        raise RuleBroken(words % {"name": name, "limit": settings.LUUKKU_FILE_MAX_MB}, field=field)
    if not upload.size:
        raise RuleBroken(_("%(name)s is empty. Choose another file.") % {"name": name}, field=field)
    ending = name.rsplit(".", 1)[-1].lower()
    head = upload.read(8192)
    upload.seek(0)
    found = _type_of(ending, head)
    if found is None:
        words = _("%(name)s is of a type we cannot take. Send a PDF, a picture, a text or an office document.")
        raise RuleBroken(words % {"name": name}, field=field)
    return found


def _type_of(ending: str, head: bytes) -> str | None:
    if ending not in ALLOWED:
        return None
    kinds = ALLOWED[ending]
    if kinds is None:
        return "text/plain" if b"\0" not in head and filetype.guess(head) is None else None
    guess = filetype.guess(head)
    return kinds[0] if guess is not None and guess.mime in kinds else None


def store(upload: "UploadedFile[Any]", *, field: str = "files") -> StoredFile:
    """Check and keep an upload: its bytes are on the disk before the row is, so that a committed row always has its file."""
    content_type = check(upload, field=field)
    digest, size = write(upload, Path(settings.LUUKKU_FILES))
    name = Path(upload.name or "file").name[-200:]
    return StoredFile.objects.create(name=name, content_type=content_type, size=size, sha256=digest)


def keep_original(name: str, content_type: str, content: bytes) -> StoredFile:
    """Keep bytes as they came, whatever they are (a mail as it was sent): nobody opens them here, they are only given out as a download."""
    upload = SimpleUploadedFile(name, content)
    digest, size = write(upload, Path(settings.LUUKKU_FILES))
    return StoredFile.objects.create(name=name, content_type=content_type, size=size, sha256=digest)


def path_of(file: StoredFile) -> Path:
    return Path(settings.LUUKKU_FILES) / file.sha256[:2] / file.sha256


def write(upload: "UploadedFile[Any]", root: Path) -> tuple[str, int]:
    """Put an upload's bytes on the disk under `root`, named by their SHA-256; returns that and the size in bytes."""
    root.mkdir(parents=True, exist_ok=True)
    hasher, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as part:
        for chunk in upload.chunks():
            hasher.update(chunk)
            size += len(chunk)
            part.write(chunk)
        part.flush()
        os.fsync(part.fileno())
    folder = root / hasher.hexdigest()[:2]
    folder.mkdir(exist_ok=True)
    os.replace(part.name, folder / hasher.hexdigest())
    return hasher.hexdigest(), size


def remove(files: "QuerySet[StoredFile]") -> int:
    """Take files away for good, with their bytes once the transaction is done, unless another file has the same ones. Returns how many."""
    gone = list(files.values_list("pk", "sha256"))
    files.model._default_manager.filter(pk__in=[pk for pk, _digest in gone]).delete()

    def unlink() -> None:
        digests = {digest for _pk, digest in gone}
        for digest in digests - set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True)):
            (Path(settings.LUUKKU_FILES) / digest[:2] / digest).unlink(missing_ok=True)

    transaction.on_commit(unlink)
    return len(gone)
