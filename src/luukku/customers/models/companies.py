"""Companies as the public register knows them: facts that anybody may read, written by the register's import alone.

No row is made because somebody asks for a company's sake: it would tell the whole network that she has. What an asker says of her
company stays on her case.
"""

from django.db import models

from luukku.core.finnish import FinnishKey
from luukku.network.models import Municipality


class Company(models.Model):
    business_id = models.CharField(max_length=9, unique=True, help_text="1234567-8, check digit verified")
    name = models.CharField(max_length=200)
    name_key = models.GeneratedField(expression=FinnishKey("name"), output_field=models.TextField(), db_persist=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="companies")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("name_key", "id")
        verbose_name_plural = "companies"
        indexes = (models.Index(fields=("name_key", "id"), name="company_name_key"),)

    def __str__(self) -> str:
        return self.name
