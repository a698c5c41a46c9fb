"""What a customer says of her company stands on her case, behind the wall; only what the public register says is everybody's."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import luukku.core.finnish

# Every company so far was made by somebody's first contact.
MOVE = """
update desk_case c set company_id = null, business_id = coalesce(k.business_id, ''),
  company_name = case when k.name = k.business_id then '' else k.name end
from customers_company k where k.id = c.company_id
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0006_numbers"), ("customers", "0003_history_of_its_own")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "case",
            "business_id",
            models.CharField(blank=True, default="", help_text="as it was told; its check digit is right", max_length=9),
            preserve_default=False,
        ),
        migrations.AddField(
            "case",
            "company_name",
            models.CharField(blank=True, default="", help_text="as it was told", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            "case",
            "company_key",
            models.GeneratedField(
                db_persist=True,
                expression=luukku.core.finnish.FinnishKey("company_name"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AlterField(
            "case",
            "company",
            models.ForeignKey(
                blank=True,
                help_text="if the register knows the ID",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="customers.company",
            ),
        ),
        migrations.AddIndex(
            "case", models.Index(condition=models.Q(("company_key__gt", "")), fields=["company_key", "id"], name="case_company_key")
        ),
        migrations.AddIndex("case", models.Index(condition=models.Q(("business_id__gt", "")), fields=["business_id"], name="case_business_id")),
        migrations.RunSQL([MOVE, "set constraints all immediate", "set constraints all deferred"], migrations.RunSQL.noop),
    ]
