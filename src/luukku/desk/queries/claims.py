"""What has been written down as having come of a matter, for its customer to say whether it is right."""

from django.db.models import Q

from luukku.desk.enums import CLAIMS
from luukku.desk.models import Outcome

CLAIMED = Q(same_as=None, kind__in=CLAIMS)


def claims_of(case_id: int, *, locked: bool = False) -> list[Outcome]:
    """Each once, though several organisations had a part in it. One statement."""
    found = Outcome.objects.filter(CLAIMED, case=case_id).select_related("leg__desk__organisation").order_by("id")
    return list(found.select_for_update(of=("self",)) if locked else found)
