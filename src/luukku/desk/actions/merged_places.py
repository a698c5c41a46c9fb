"""A municipality becomes part of another one: what serves its people goes on for them."""

from luukku.core.registries import MunicipalityWatcher
from luukku.desk.enums import BookState
from luukku.desk.models import BookableTimes, Rule, ServicePoint


def municipality_merged(old: int, new: int) -> None:
    """Rules in use and in draft that name the old one hold for the new one, too; service points and published times lie there.

    Past versions of rules, cases and meetings stay as they were. A point of the same name is there already: the old one keeps its place.
    """
    for rule in Rule.objects.filter(book__state__in=(BookState.USED, BookState.DRAFT), municipalities__contains=[old]):
        if new not in rule.municipalities:
            rule.municipalities = sorted([*rule.municipalities, new])
            rule.save(update_fields=["municipalities"])
    points = ServicePoint.objects.filter(municipality=old, deactivated_at=None)
    there = set(ServicePoint.objects.filter(municipality=new, deactivated_at=None).values_list("region", "name"))
    for point in points:
        if (point.region_id, point.name) not in there:
            point.municipality_id = new
            point.save(update_fields=["municipality"])
    BookableTimes.objects.filter(municipality=old, withdrawn_at=None).update(municipality=new)


WATCHER = MunicipalityWatcher(municipality_merged)
