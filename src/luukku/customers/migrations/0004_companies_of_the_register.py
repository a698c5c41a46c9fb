"""Companies are the public register's: those that somebody's first contact has made go, and no request makes another."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0003_history_of_its_own"), ("desk", "0007_company_as_told")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            ["delete from customers_company", "set constraints all immediate", "set constraints all deferred"], migrations.RunSQL.noop
        ),
        migrations.AlterField(
            "company",
            "business_id",
            models.CharField(help_text="1234567-8, check digit verified", max_length=9, unique=True),
        ),
        migrations.RunSQL(
            "revoke insert, update, delete on customers_company from luukku_web",
            "grant insert, update, delete on customers_company to luukku_web",
        ),
    ]
