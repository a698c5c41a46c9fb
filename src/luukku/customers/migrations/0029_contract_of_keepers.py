"""Whoever keeps a customer by a contract reads that contract, whatever her role where she works: hours are logged on it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

KEEPS = """
create policy web_works_by on customers_shepherdcontract for select to luukku_web using (exists (
  select 1 from customers_shepherd s where s.contract_id = customers_shepherdcontract.id and s.principal = any(wall.principals())))
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0028_analyze")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(KEEPS, "drop policy web_works_by on customers_shepherdcontract")]
