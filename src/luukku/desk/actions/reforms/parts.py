"""What of the desk moves when organisations merge or split, and what stays."""

from typing import Final

from luukku.core.reforms import register_reforms
from luukku.desk.actions.reforms import serving
from luukku.desk.actions.reforms.matters import MATTERS

STAYS: Final = {
    "desk.HandoverCount.from_organisation": "figures of the past",
    "desk.HandoverCount.to_organisation": "figures of the past",
    "desk.Span.organisation": "counted anew each hour from where things happened",
    "desk.PromiseCount.desk": "figures of the past",
    "desk.Breach.desk": "tells at which desk a promise broke",
    "desk.SentContact.organisation": "tells whose system sent the contact; its key is revoked",
    "desk.CustomerMerging.organisation": "tells who said that two customers are one",
}


def register() -> None:
    """Told to core at start."""
    register_reforms({"desk.matters": MATTERS, **serving.PARTS}, STAYS)
