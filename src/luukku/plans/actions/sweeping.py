"""What happens to plans each morning by itself."""

from datetime import datetime

from django.utils import timezone

from luukku.plans.actions.boxes import forget_addresses
from luukku.plans.actions.reminding import fill_figures, remind
from luukku.plans.actions.rounds import keep_rounds, tell_unasked


def sweep(now: datetime | None = None) -> dict[str, int]:
    """Values that the system knows are filled in, and those who have been silent are asked. As the house."""
    moment = now or timezone.now()
    return {
        "filled": fill_figures(timezone.localdate(moment)), "reminded": remind(moment), "rounds": keep_rounds(moment),
        "unasked": tell_unasked(moment), "forgotten": forget_addresses(moment),
    }  # fmt: skip
