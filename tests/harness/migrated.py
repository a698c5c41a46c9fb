"""What a database has been migrated by: digests of all that makes its shape, and which earlier template is nearest."""

import hashlib
import json
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from luukku.core import roles

Migrated = dict[str, str]
"""Migration -> digest of its file; "ground" -> digest of what all of them stand on."""


def present() -> Migrated:
    """What this checkout migrates by."""
    found = {"ground": _ground()}
    for config in apps.get_app_configs():
        if config.name.startswith("luukku") and find_spec(f"{config.name}.migrations"):
            folder = Path(str(import_module(f"{config.name}.migrations").__file__)).parent
            found |= {f"{config.label}.{file.stem}": _digest(file.read_bytes()) for file in folder.glob("[0-9]*.py")}
    return found


def name_of(migrated: Migrated) -> str:
    return f"template_{_digest(json.dumps(migrated, sort_keys=True).encode())}"


def nearest(templates: dict[str, Migrated], wanted: Migrated) -> str | None:
    """The template with most of the wanted migrations and none besides, in the same words; None when all begin differently."""
    usable = [name for name, migrated in templates.items() if migrated and migrated.items() <= wanted.items()]
    return max(usable, key=lambda name: len(templates[name]), default=None)


def _ground() -> str:
    """The roles, the walls' pieces that migrations call, and the libraries that bring migrations of their own."""
    words = Path(roles.__file__).read_bytes() + (Path(roles.__file__).parent / "walls" / "sql.py").read_bytes()
    return _digest(words + "".join(version(library) for library in ("django", "django-allauth", "procrastinate")).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
