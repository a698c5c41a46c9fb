"""Contact data that any circle reads are few: a search among them does not look at all who bear a common name."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OF_CIRCLE = "where 0 > any (readers)"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0034_neutral_words")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(f"create index contact_passed_name on customers_contact (name_key, id) {OF_CIRCLE}", "drop index contact_passed_name"),
        migrations.RunSQL(f"create index contact_passed_surname on customers_contact (surname_key, id) {OF_CIRCLE}", "drop index contact_passed_surname"),
    ]
