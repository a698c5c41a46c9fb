"""How long things are kept, as the network has said, else as the product came."""

from dataclasses import dataclass

from luukku.core.registries import retention_rules
from luukku.privacy.models import RetentionTime


@dataclass(frozen=True)
class KeptTime:
    key: str
    label: str
    purpose: str
    months: int
    basis: str


def kept_times() -> list[KeptTime]:
    """One line for each kind. One statement."""
    said = {each.key: each for each in RetentionTime.objects.filter(until=None)}
    found = []
    for key, rule in retention_rules.items():
        own = said.get(key)
        months, basis = (own.months, own.basis) if own is not None else (rule.months, rule.basis)
        found.append(KeptTime(key, str(rule.label), str(rule.purpose), months, basis))
    return found


def former_times(most: int = 100) -> list[RetentionTime]:
    """Times that have been changed, the last change first. One statement."""
    return list(RetentionTime.objects.filter(until__isnull=False).select_related("set_by").order_by("-until", "-id")[:most])
