"""The house takes out a plan's words when its matter is forgotten and nothing was signed on it; it puts none in their place, and no request does either."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

SHOWN = "if old.frozen_at is not null"
BUT = "if old.frozen_at is not null and (wall.by_web() or new.title <> '' or new.basics <> '' or new.answers <> '{}'::jsonb)"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0008_neutral_words")]
    operations: ClassVar[list[Operation]] = [amended("wall.statements_plan_before()", SHOWN, BUT)]
