"""Organisations and people read by principals that nobody chooses."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import given_principal


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("network", "0005_absences"), ("core", "0005_principals_are_given")]
    operations: ClassVar[list[Operation]] = [given_principal("network_organisation"), given_principal("network_person")]
