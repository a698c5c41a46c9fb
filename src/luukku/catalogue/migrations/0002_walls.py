"""Confirmed answers are customers' words: the web adds them, only the house reads them."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("catalogue", "0001_initial"), ("core", "0003_guards")]
    operations: ClassVar[list[Operation]] = [*house_only("catalogue_confirmedanswer")]
