"""One organisation acts for another: a development company for its owner municipalities."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from luukku.network.models.organisations import Organisation
from luukku.network.models.places import Dated, DatedQuerySet

_PERIOD = Func("valid_from", "valid_until", Value("[]"), function="daterange", output_field=DateRangeField())


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Representation(Dated):
    """For a period, one organisation acts on behalf of another: signs, serves and is named in its place. One at a time for each represented."""

    representative = models.ForeignKey(Organisation, models.CASCADE, related_name="represents")
    represented = models.ForeignKey(Organisation, models.CASCADE, related_name="representations")

    objects = DatedQuerySet["Representation"].as_manager()

    class Meta(Dated.Meta):
        ordering = ("represented", "valid_from")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(name="representation_of_another", condition=~Q(representative=F("represented"))),
            ExclusionConstraint(
                name="one_representative_at_a_time", expressions=[("represented", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)]
            ),
        )

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.represented_id}"
