"""The day it is for the network: Helsinki's, whatever zone a connection counts in."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

TODAY = "create function wall.today() returns date language sql stable as $$ select (now() at time zone 'Europe/Helsinki')::date $$"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0007_unsent_mails")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(TODAY, "drop function wall.today()")]
