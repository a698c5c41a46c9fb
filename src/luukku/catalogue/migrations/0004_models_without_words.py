"""Models that an earlier release trained hold customers' words beside what they learnt. They go, in the database and under var/.

The next training, at night or by `luukku train`, makes one without them.
"""

import io
import json
from pathlib import Path
from typing import Any, ClassVar
from zipfile import BadZipFile

import numpy as np
from django.conf import settings
from django.db import migrations
from django.db.migrations.operations.base import Operation


def _holds_words(content: bytes) -> bool:
    """Whether it says its texts rather than the sayable ones only, or cannot be read."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            about = json.loads(arrays["about"].tobytes())
    except (KeyError, ValueError, EOFError, BadZipFile):
        return True
    return "texts" in about or "sayable" not in about


def forget_words(apps: Any, schema_editor: Any) -> None:
    models = apps.get_model("catalogue", "MatchModel").objects.only("pk", "blob")
    for model in models.iterator(chunk_size=1):
        if _holds_words(bytes(model.blob)):
            model.delete()
    for path in (Path(settings.LUUKKU_VAR) / "match").glob("*.npz*"):
        if path.name != "vectors.npz" and _holds_words(path.read_bytes()):
            path.unlink()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("catalogue", "0003_unmet_behind_the_wall")]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(forget_words, migrations.RunPython.noop)]
