"""A word that some fifteen hundred cases have is still looked up alone. What is compared with each of them, the reader's principals, is worked out once.

To lay even a few cases over the tens of thousands that a large organisation reads costs as much as looking at fifteen hundred one by one.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

SEARCH = "wall.desk_search(text, integer)"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0109_face_counts")]
    operations: ClassVar[list[Operation]] = [
        amended(SEARCH, "limit 500 + 1", "limit 1500 + 1"),
        amended(SEARCH, "from few) <= 500", "from few) <= 1500"),
        amended(SEARCH, "from few) > 500", "from few) > 1500"),
        amended(SEARCH, "from few where readers && wall.principals()", "from few where readers && (select wall.principals())"),
    ]
