"""Reviews are ordered by year: to follow the promise's own order went round in a circle."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("agreements", "0003_text")]
    operations: ClassVar[list[Operation]] = [migrations.AlterModelOptions(name="review", options={"ordering": ("year", "id")})]
